import { ApiError } from '../api';

/** Throws why a change was undone: to whoever asked for it, an answer that it was rolled back is no success. */
export function requireKept({ outcome, said }: { outcome: string; said: string }): void {
  if (outcome === 'ROLLED_BACK') throw new ApiError(409, 'proxy_rolled_back', said);
}
