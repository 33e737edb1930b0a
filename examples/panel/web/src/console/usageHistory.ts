import type { Usage } from '../api/types';

/** Two minutes at one sample a second. */
export const USAGE_SAMPLES = 120;

/** Adds the newest sample and forgets the oldest beyond the bound. */
export function pushUsage(history: readonly Usage[], usage: Usage, limit = USAGE_SAMPLES): Usage[] {
  const kept = history.length >= limit ? history.slice(history.length - limit + 1) : history.slice();
  kept.push(usage);
  return kept;
}

/** Bytes per second between the last two samples; a counter that went back belongs to a restarted server. */
export function networkRate(
  history: readonly Usage[],
  direction: 'rxBytes' | 'txBytes',
): number {
  const newest = history.at(-1);
  const before = history.at(-2);
  if (!newest || !before) return 0;
  const millis = newest.uptimeMillis - before.uptimeMillis;
  const bytes = newest[direction] - before[direction];
  return millis > 0 && bytes > 0 ? (bytes * 1000) / millis : 0;
}
