import type { ApiError } from '../api/errors';
import type { Finding } from '../api/proxyTypes';

/** What the panel found in a document that it refused. */
export function findingsOf(error: ApiError): readonly Finding[] {
  const findings = error.more['findings'];
  return Array.isArray(findings) ? (findings as Finding[]) : [];
}
