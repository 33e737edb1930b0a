import { newCorrelationId } from './correlation';
import { ApiError, readError } from './errors';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  /** Sent as JSON, unless it is a Blob, which is sent as it is. */
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMillis?: number;
}

export interface ClientOptions {
  fetch?: typeof fetch;
  correlationId?: () => string;
}

const DEFAULT_TIMEOUT_MILLIS = 30_000;

/**
 * Speaks HTTP with the panel: JSON both ways, the CSRF token on everything that changes something, a fresh correlation id
 * on every call, and every failure as an {@link ApiError}.
 */
export class ApiClient {
  private readonly fetch: typeof fetch;
  private readonly correlationId: () => string;
  private csrfToken: string | null = null;
  private readonly sessionGoneListeners = new Set<() => void>();

  constructor(options: ClientOptions = {}) {
    this.fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.correlationId = options.correlationId ?? newCorrelationId;
  }

  useCsrfToken(token: string | null): void {
    this.csrfToken = token;
  }

  /** Tells when any call learns that the session has ended. */
  onSessionGone(listener: () => void): () => void {
    this.sessionGoneListeners.add(listener);
    return () => this.sessionGoneListeners.delete(listener);
  }

  async request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
    try {
      return await this.attempt<T>(method, path, options);
    } catch (thrown) {
      // The panel was restarted, or another tab logged in: the token is stale, the click is not.
      if (thrown instanceof ApiError && thrown.code === 'csrf' && path !== '/api/session') {
        await this.renewToken();
        return this.attempt<T>(method, path, options);
      }
      throw thrown;
    }
  }

  /** The headers of a request that changes something, for those that are not made here. */
  changingHeaders(): Record<string, string> {
    const headers: Record<string, string> = { Accept: 'application/json', 'X-Correlation-Id': this.correlationId() };
    if (this.csrfToken !== null) headers['X-Rookery-Csrf'] = this.csrfToken;
    return headers;
  }

  /** Fetches the session's token anew. */
  async renewToken(): Promise<void> {
    this.csrfToken = (await this.attempt<{ csrfToken: string }>('GET', '/api/session', {})).csrfToken;
  }

  private async attempt<T>(method: Method, path: string, options: RequestOptions): Promise<T> {
    const id = this.correlationId();
    const response = await this.send(method, path, options, id);
    const text = await response.text().catch((cause: unknown) => {
      throw new ApiError(0, 'network', '', { correlationId: id, cause });
    });
    if (!response.ok) {
      const error = readError(response.status, text, response.headers, id);
      if (error.sessionGone) this.sessionGoneListeners.forEach((listener) => listener());
      throw error;
    }
    return this.parse<T>(response, text, id);
  }

  private async send(method: Method, path: string, options: RequestOptions, id: string): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json', 'X-Correlation-Id': id };
    const raw = options.body instanceof Blob;
    if (options.body !== undefined) {
      headers['Content-Type'] = raw ? 'application/octet-stream' : 'application/json';
    }
    if (method !== 'GET' && this.csrfToken !== null) headers['X-Rookery-Csrf'] = this.csrfToken;
    Object.assign(headers, options.headers);
    const timeout = AbortSignal.timeout(options.timeoutMillis ?? DEFAULT_TIMEOUT_MILLIS);
    try {
      return await this.fetch(path + queryOf(options.query), {
        method,
        headers,
        credentials: 'same-origin',
        signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
        ...(options.body === undefined ? {} : { body: raw ? (options.body as Blob) : JSON.stringify(options.body) }),
      });
    } catch (cause) {
      if (options.signal?.aborted) throw cause;
      throw new ApiError(0, timeout.aborted ? 'timeout' : 'network', '', { correlationId: id, cause });
    }
  }

  private parse<T>(response: Response, text: string, id: string): T {
    if (text === '') return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new ApiError(response.status, 'not_json', '', { correlationId: id, cause });
    }
  }
}

export function queryOf(query: RequestOptions['query']): string {
  if (!query) return '';
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
