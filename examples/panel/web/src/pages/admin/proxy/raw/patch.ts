import type { Json, RawEngine, RawPoint } from '../../../../proxy/document';
import { readJson } from '../../../../proxy/readJson';

/** A piece as somebody reads it: nginx's is a text, Caddy's is JSON. */
export function patchText(patch: Json): string {
  return typeof patch === 'string' ? patch : JSON.stringify(patch, null, 2);
}

export function readPatch(engine: RawEngine, text: string): { value: Json } | { problem: string } {
  return engine === 'nginx' ? { value: text } : readJson(text);
}

/** Where a piece of an engine can go. */
export function pointsOf(engine: RawEngine): readonly RawPoint[] {
  return engine === 'nginx' ? ['route', 'server', 'http'] : ['route-before', 'route', 'route-after', 'server', 'http', 'document'];
}

export function needsRoute(point: RawPoint): boolean {
  return point.startsWith('route');
}
