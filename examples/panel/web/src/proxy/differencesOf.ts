import type { Difference } from '../api/proxyTypes';
import type { Json } from './document';
import { isObject, same } from './pointer';

/**
 * What differs between two documents, place by place. Things of a list that have an id or a name are the same thing wherever they
 * stand; others are compared by their place.
 */
export function differencesOf(before: Json | undefined, after: Json | undefined, place = ''): Difference[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after)) return members(before, after, place);
  if (Array.isArray(before) && Array.isArray(after)) return items(before, after, place);
  return [{ place, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

function members(before: Record<string, Json>, after: Record<string, Json>, place: string): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => differencesOf(valueOf(before, name), valueOf(after, name), `${place}/${escaped(name)}`));
}

function items(before: readonly Json[], after: readonly Json[], place: string): Difference[] {
  const [left, right] = [named(before), named(after)];
  if (left === null || right === null) return members(byPlace(before), byPlace(after), place);
  const found = [...new Set([...left.keys(), ...right.keys()])].flatMap((name) =>
    differencesOf(left.get(name), right.get(name), `${place}/${escaped(name)}`),
  );
  // Only their order differs, which may mean something.
  return found.length > 0 ? found : [{ place, before: [...left.keys()], after: [...right.keys()] }];
}

/** The things of a list by their names; nothing if one has none, or two have the same. */
function named(list: readonly Json[]): Map<string, Json> | null {
  const map = new Map<string, Json>();
  for (const item of list) {
    const name = isObject(item) ? (item['id'] ?? item['name']) : undefined;
    if (typeof name !== 'string' || map.has(name)) return null;
    map.set(name, item);
  }
  return map;
}

function byPlace(list: readonly Json[]): Record<string, Json> {
  return Object.fromEntries(list.map((item, index) => [String(index), item]));
}

function valueOf(object: Record<string, Json>, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
