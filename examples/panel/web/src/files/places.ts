import { inside } from '../servers/paths';

/** What the page of a server's files shows. */
export interface Place {
  directory: string;
  view: 'list' | 'trash';
  /** The name of the file that is edited. */
  edit: string | null;
  /** What is looked for in the directory and below. */
  find: string | null;
}

/** Reads an address such as `/servers/<uuid>/files/world/region?edit=level.txt`. */
export function readPlace(pathname: string, search: URLSearchParams): Place {
  const below = /^\/servers\/[^/]+\/files(?:\/(.*))?$/.exec(pathname)?.[1] ?? '';
  return {
    directory: `/${below.split('/').filter(Boolean).map(decoded).join('/')}`,
    view: search.has('trash') ? 'trash' : 'list',
    edit: search.get('edit'),
    find: search.get('find'),
  };
}

/** The address of a directory, of a file in it, or of a search. */
export function placePath(uuid: string, directory: string, more: { edit?: string; find?: string; trash?: string } = {}): string {
  const below = directory.split('/').filter(Boolean).map(encodeURIComponent).join('/');
  const query = new URLSearchParams(more).toString();
  return `/servers/${uuid}/files${below ? `/${below}` : ''}${query ? `?${query}` : ''}`;
}

/** The directories from the root to a path, each with its name; the root has none. */
export function crumbs(directory: string): { name: string; path: string }[] {
  const found = [{ name: '', path: '/' }];
  for (const name of directory.split('/').filter(Boolean)) found.push({ name, path: inside(found.at(-1)?.path ?? '/', name) });
  return found;
}

/** What is wrong with a path that somebody typed: empty, or beyond the root. Returns it without what means nothing. */
export function readPath(text: string, from: string): string | null {
  const names = text.startsWith('/') ? [] : from.split('/').filter(Boolean);
  for (const name of text.trim().split('/')) {
    if (name === '..') {
      if (names.pop() === undefined) return null;
    } else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
