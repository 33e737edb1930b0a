import { queryOf, type ApiClient } from './client';
import { ApiError, readError, toApiError } from './errors';

export interface SendOptions {
  /** Is told how many bytes have left so far. */
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
}

/** Sends a file and tells how far it is, which `fetch` does not. */
export async function sendBlob<T>(
  client: ApiClient,
  path: string,
  query: Record<string, string | number>,
  content: Blob,
  options: SendOptions,
): Promise<T> {
  try {
    return await attempt<T>(client, path, query, content, options);
  } catch (thrown) {
    if (toApiError(thrown).code !== 'csrf') throw thrown;
    await client.renewToken();
    return attempt<T>(client, path, query, content, options);
  }
}

function attempt<T>(
  client: ApiClient,
  path: string,
  query: Record<string, string | number>,
  content: Blob,
  { onProgress, signal }: SendOptions,
): Promise<T> {
  const headers = client.changingHeaders();
  const correlationId = headers['X-Correlation-Id'] ?? '';
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const fail = (code: string) => reject(new ApiError(0, code, '', { correlationId }));
    request.open('PUT', path + queryOf(query));
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onerror = () => fail('network');
    request.onabort = () => fail('aborted');
    request.onload = () => {
      const text = request.responseText;
      if (request.status >= 200 && request.status < 300) {
        resolve((text === '' ? undefined : JSON.parse(text)) as T);
        return;
      }
      const answered = new Headers();
      const retryAfter = request.getResponseHeader('Retry-After');
      if (retryAfter) answered.set('Retry-After', retryAfter);
      reject(readError(request.status, text, answered, correlationId));
    };
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    if (signal.aborted) fail('aborted');
    else request.send(content);
  });
}
