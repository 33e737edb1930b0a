/** An answer of the panel that is not a success, or no answer at all (status 0). */
export class ApiError extends Error {
  readonly status: number;
  /** Stable, translated by the catalogue where it is known. */
  readonly code: string;
  /** What is wrong with which field of the request. */
  readonly fields: Readonly<Record<string, string>>;
  /** Finds the request in the logs of panel and node. */
  readonly correlationId: string;
  readonly retryAfterSeconds: number | null;
  /** Whatever else the panel said about it, by its name. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: {
      fields?: Readonly<Record<string, string>>;
      correlationId?: string;
      retryAfterSeconds?: number | null;
      more?: Readonly<Record<string, unknown>>;
      cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fields = details.fields ?? {};
    this.correlationId = details.correlationId ?? '';
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
    this.more = details.more ?? {};
  }

  /** Whether the panel could not be asked at all. */
  get unreachable(): boolean {
    return this.status === 0;
  }

  /** Whether there is no session any more. */
  get sessionGone(): boolean {
    return this.status === 401 && this.code !== 'invalid_credentials';
  }
}

/** Makes an error out of anything that was thrown. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ApiError(0, 'unexpected', message, { cause: thrown });
}

/** Reads the panel's error answer; a proxy in between may answer with anything. */
export function readError(status: number, text: string, headers: Headers, sentId: string): ApiError {
  const retryAfter = Number.parseInt(headers.get('Retry-After') ?? '', 10);
  const correlationId = headers.get('X-Correlation-Id') ?? sentId;
  const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : null;
  try {
    const error = (JSON.parse(text) as { error?: Record<string, unknown> }).error;
    if (error && typeof error['code'] === 'string') {
      return new ApiError(status, error['code'], typeof error['message'] === 'string' ? error['message'] : '', {
        fields: readFields(error['fields']),
        correlationId: typeof error['correlationId'] === 'string' ? error['correlationId'] : correlationId,
        retryAfterSeconds,
        more: error,
      });
    }
  } catch {
    // Not our JSON: said by its status below.
  }
  return new ApiError(status, `http_${status}`, '', { correlationId, retryAfterSeconds });
}

function readFields(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const fields: Record<string, string> = {};
  for (const [name, message] of Object.entries(value)) {
    fields[name] = Array.isArray(message) ? message.join(' ') : String(message);
  }
  return fields;
}
