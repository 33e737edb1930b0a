import type { ApiError } from '../api/errors';
import type { Finding, Severity } from '../api/proxyTypes';
import type { JsonObject } from './document';
import { getAt, same } from './pointer';

const ORDER: Record<Severity, number> = { ERROR: 0, WARNING: 1, NOTE: 2 };
const ROUTE = /^\/(?:routes|l4Routes)\/[^/]+/;
const REFUSED = /^(?:[\w ]*: )?at '(\/[^']*)': (.+)$/s;

/** Errors first, in the order in which the panel found them. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((left, right) => ORDER[left.severity] - ORDER[right.severity]);
}

/** The findings about one route, with pointers that begin at the route, and all others. */
export function split(findings: readonly Finding[], id: string): { own: Finding[]; others: Finding[] } {
  // What could not be read at all has no id yet; it can only be the one route that was sent.
  const isOwn = ({ route, pointer }: Finding) => route === id || (!route && ROUTE.test(pointer));
  const own = findings.filter(isOwn);
  return {
    own: own.map((finding) => ({ ...finding, pointer: finding.pointer.replace(ROUTE, '') })),
    others: findings.filter((finding) => !isOwn(finding)),
  };
}

/** What was found by a refused request: findings, or the one place that could not be read. */
export function findingsOf(error: ApiError): Finding[] {
  const list = error.more['findings'];
  if (Array.isArray(list)) return list as Finding[];
  const place = REFUSED.exec(error.message);
  return place ? [{ code: error.code, severity: 'ERROR', pointer: place[1] ?? '', message: place[2] ?? '' }] : [];
}

/**
 * What is to be said at a field: the first finding about it or about something in it, as long as what was looked at is what the field
 * still has.
 */
export function problemAt(findings: readonly Finding[], checked: JsonObject, now: JsonObject, at: string): string | undefined {
  const found = sortFindings(findings).find(
    ({ pointer }) => (pointer === at || pointer.startsWith(`${at}/`)) && same(getAt(checked, at), getAt(now, at)),
  );
  return found?.message;
}
