import type { Json, JsonObject } from './document';

/** The members of a JSON pointer: `/action/upstreams/0` are three. */
export function membersOf(pointer: string): string[] {
  return pointer === '' ? [] : pointer.slice(1).split('/').map((member) => member.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at a pointer, or nothing. */
export function getAt(value: Json | undefined, pointer: string): Json | undefined {
  return membersOf(pointer).reduce<Json | undefined>((found, member) => memberOf(found, member), value);
}

/** The same value with something else at a pointer; nothing takes away what is there. Whatever is not on the way is the same object. */
export function setAt(value: Json | undefined, pointer: string, next: Json | undefined): Json {
  const changed = put(value, membersOf(pointer), next);
  return changed ?? {};
}

function put(value: Json | undefined, [member, ...rest]: string[], next: Json | undefined): Json | undefined {
  if (member === undefined) return next;
  const inner = put(memberOf(value, member), rest, next);
  if (Array.isArray(value)) {
    return inner === undefined ? value.filter((_, index) => String(index) !== member) : replaced(value, Number(member), inner);
  }
  const { [member]: _gone, ...others } = isObject(value) ? value : {};
  return inner === undefined ? others : { ...(isObject(value) ? value : {}), [member]: inner };
}

function replaced(list: Json[], index: number, item: Json): Json[] {
  const copy = [...list];
  copy[index] = item;
  return copy;
}

function memberOf(value: Json | undefined, member: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(member)];
  return isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values say the same, in whatever order their members are. */
export function same(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => same(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => Object.hasOwn(right, name) && same(left[name], right[name]));
}
