const FIRST_MILLIS = 500;
const MAX_MILLIS = 20_000;

/** The wait before the next attempt: doubles up to a bound; half of it is random, so that many pages do not come at once. */
export function backoffMillis(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(MAX_MILLIS, FIRST_MILLIS * 2 ** Math.min(attempt, 16));
  return Math.round(full / 2 + (full / 2) * random());
}
