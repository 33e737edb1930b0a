import { inside } from '../servers/paths';

/** What the page of a server's files shows. */
export interface Place {
  directory: string;
  view: 'list' | 'trash';
  /** The name of the file that is edited. */
  edit: string | null;
  /** On which line the editor begins. */
  line: number | null;
  /** What is looked for in the directory and below. */
  find: string | null;
  /** Whether that is a part of a name, or text in files. */
  by: 'name' | 'content';
  matchCase: boolean;
  /** The name of the archive that is looked into. */
  archive: string | null;
  /** Where in the archive. */
  inside: string;
  /** The file of the archive that is shown. */
  entry: string | null;
}

/** What is open in a directory. */
interface More {
  edit?: string;
  line?: string;
  find?: string;
  by?: 'content';
  case?: '1';
  trash?: string;
  archive?: string;
  in?: string;
  entry?: string;
}

/** Reads an address such as `/servers/<uuid>/files/world/region?edit=level.txt`. */
export function readPlace(pathname: string, search: URLSearchParams): Place {
  const below = /^\/servers\/[^/]+\/files(?:\/(.*))?$/.exec(pathname)?.[1] ?? '';
  return {
    directory: `/${below.split('/').filter(Boolean).map(decoded).join('/')}`,
    view: search.has('trash') ? 'trash' : 'list',
    edit: search.get('edit'),
    line: lineOf(search.get('line')),
    find: search.get('find'),
    by: search.get('by') === 'content' ? 'content' : 'name',
    matchCase: search.has('case'),
    archive: search.get('archive'),
    inside: search.get('in') ?? '/',
    entry: search.get('entry'),
  };
}

/** The address of a directory, of a file in it, of what is in an archive, or of a search. */
export function placePath(uuid: string, directory: string, more: More = {}): string {
  const below = directory.split('/').filter(Boolean).map(encodeURIComponent).join('/');
  const query = new URLSearchParams({ ...more }).toString();
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

function lineOf(text: string | null): number | null {
  const line = Number(text);
  return text !== null && Number.isInteger(line) && line > 0 ? line : null;
}
