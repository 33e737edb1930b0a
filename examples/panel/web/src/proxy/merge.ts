import type { Json } from './document';
import { isObject, same } from './pointer';

export interface Merged {
  value: Json | undefined;
  /** Where somebody else and I changed the same, and mine was kept. */
  mine: string[];
  /** Where what somebody else changed was taken. */
  theirs: string[];
}

/** Puts what I changed of a value onto what somebody else made of it meanwhile. Where both changed the same, mine is kept, and that is said. */
export function merge(base: Json | undefined, mine: Json | undefined, theirs: Json | undefined, place = ''): Merged {
  if (same(mine, theirs)) return { value: mine, mine: [], theirs: [] };
  if (same(base, theirs)) return { value: mine, mine: [], theirs: [] };
  if (same(base, mine)) return { value: theirs, mine: [], theirs: [place] };
  if (!isObject(mine) || !isObject(theirs)) return { value: mine, mine: [place], theirs: [] };
  const before = isObject(base) ? base : {};
  const merged: Merged = { value: {}, mine: [], theirs: [] };
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const part = merge(before[name], mine[name], theirs[name], `${place}/${name}`);
    if (part.value !== undefined) (merged.value as { [member: string]: Json })[name] = part.value;
    merged.mine.push(...part.mine);
    merged.theirs.push(...part.theirs);
  }
  return merged;
}
