import type { Json, JsonObject } from './document';
import { isObject } from './pointer';

/** Reads JSON that somebody typed; a mistake is said as the browser says it. */
export function readJson(text: string): { value: Json } | { problem: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (mistake) {
    return { problem: mistake instanceof Error ? mistake.message : String(mistake) };
  }
}

/** Reads an object; of something else there is nothing to be said. */
export function readObject(text: string): { value: JsonObject } | { problem: string } {
  const read = readJson(text);
  if ('problem' in read) return read;
  return isObject(read.value) ? { value: read.value } : { problem: '' };
}
