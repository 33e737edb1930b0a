import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../src/api/client';
import { FilesApi, type ArchiveEntry, type FileEntry } from '../src/api/files';
import { canLookInto, filtered, hasBit, isArchive, isMode, isText, isTextEntry, modeLetters, sorted, withBit } from '../src/files/entries';
import { languageOf, lineSeparatorOf } from '../src/files/languages';
import { byFile, pieces } from '../src/files/matches';
import { crumbs, placePath, readPath, readPlace } from '../src/files/places';
import { clicked, keyed, NOTHING_CHOSEN, present, toggledAll, type Selection } from '../src/files/selection';
import { scrolledTo, shownRows } from '../src/files/shownRows';

const PLAIN = { shift: false, ctrl: false };
const SHIFT = { shift: true, ctrl: false };
const CTRL = { shift: false, ctrl: true };

function entry(name: string, more: Partial<FileEntry> = {}): FileEntry {
  const modifiedAt = '2026-11-22T02:00:00Z';
  return { name, directory: false, symlink: false, sizeBytes: 10, modeBits: '644', mime: 'application/octet-stream', modifiedAt, ...more };
}

const NOWHERE = {
  directory: '/',
  view: 'list',
  edit: null,
  line: null,
  find: null,
  by: 'name',
  matchCase: false,
  archive: null,
  inside: '/',
  entry: null,
};

describe('addresses of files', () => {
  it('name a directory and what is open in it', () => {
    const path = placePath('u', '/world/a b%2F#', { edit: 'x?.txt' });
    const url = new URL(path, 'http://panel');
    expect(readPlace(url.pathname, url.searchParams)).toEqual({ ...NOWHERE, directory: '/world/a b%2F#', edit: 'x?.txt' });
    expect(placePath('u', '/')).toBe('/servers/u/files');
    expect(readPlace('/servers/u/files', new URLSearchParams('trash=')).view).toBe('trash');
  });

  it('name a line, a place in an archive, and a search for text', () => {
    const place = (directory: string, more: Parameters<typeof placePath>[2]) => {
      const url = new URL(placePath('u', directory, more), 'http://panel');
      return readPlace(url.pathname, url.searchParams);
    };
    expect(place('/', { edit: 'a', line: '12' })).toMatchObject({ edit: 'a', line: 12 });
    expect(place('/', { edit: 'a', line: '-1' }).line).toBeNull();
    expect(place('/', { edit: 'a', line: 'x' }).line).toBeNull();
    expect(place('/d', { archive: 'a&b.zip', in: '/x y/z', entry: '/x y/z/t.txt' })).toMatchObject({
      directory: '/d',
      archive: 'a&b.zip',
      inside: '/x y/z',
      entry: '/x y/z/t.txt',
    });
    expect(place('/d', { find: 'a=b', by: 'content', case: '1' })).toMatchObject({ find: 'a=b', by: 'content', matchCase: true });
  });

  it('lead from the root to a directory', () => {
    expect(crumbs('/a/b').map(({ path }) => path)).toEqual(['/', '/a', '/a/b']);
  });

  it('are read as people type them', () => {
    expect(readPath('../x/./y', '/a/b')).toBe('/a/x/y');
    expect(readPath('/x//y/', '/a')).toBe('/x/y');
    expect(readPath('../..', '/a')).toBeNull();
  });
});

describe('a list of files', () => {
  const entries = [entry('b10'), entry('b9', { sizeBytes: 99 }), entry('A', { sizeBytes: 1 }), entry('z', { directory: true })];
  const names = (sort: Parameters<typeof sorted>[1]) => sorted(entries, sort).map(({ name }) => name);

  it('has directories first and numbers in order', () => {
    expect(names({ key: 'name', descending: false })).toEqual(['z', 'A', 'b9', 'b10']);
    expect(names({ key: 'size', descending: true })).toEqual(['z', 'b9', 'b10', 'A']);
  });

  it('is narrowed by name', () => {
    expect(filtered(entries, ' B1').map(({ name }) => name)).toEqual(['b10']);
    expect(filtered(entries, '')).toBe(entries);
  });

  it('knows texts and archives', () => {
    expect(isText(entry('server.properties'))).toBe(true);
    expect(isText(entry('eula', { mime: 'text/plain; charset=utf-8' }))).toBe(true);
    expect(isText(entry('huge.log', { sizeBytes: 5 << 20 }))).toBe(false);
    expect(isText(entry('world.dat'))).toBe(false);
    expect(isArchive(entry('mods.tar.gz'))).toBe(true);
    expect(isArchive(entry('mods.zip', { directory: true }))).toBe(false);
  });

  it('is drawn in part, however long it is', () => {
    expect(shownRows(50_000, 44, 44_000, 600)).toEqual({ from: 988, to: 1026 });
    expect(shownRows(3, 44, 0, 600)).toEqual({ from: 0, to: 3 });
    expect(shownRows(0, 44, 0, 600)).toEqual({ from: 0, to: 0 });
    expect(scrolledTo(0, 44, 40, 500, 600)).toBe(0);
    expect(scrolledTo(20, 44, 40, 0, 600)).toBe(21 * 44 + 40 - 600);
    expect(scrolledTo(5, 44, 40, 100, 600)).toBe(100);
  });
});

describe('permissions', () => {
  it('are read and set by their bits', () => {
    expect(modeLetters('754')).toBe('rwxr-xr--');
    expect(hasBit('754', 5)).toBe(true);
    expect(withBit('754', 8, true)).toBe('755');
    expect(withBit('044', 0, true)).toBe('444');
    expect([isMode('644'), isMode('64'), isMode('648')]).toEqual([true, false, false]);
  });
});

describe('a selection', () => {
  const names = ['a', 'b', 'c', 'd'];
  const chosen = ({ chosen: some }: Selection) => [...some].sort().join('');

  it('follows the mouse', () => {
    const one = clicked(NOTHING_CHOSEN, names, 'b', PLAIN);
    expect(chosen(clicked(one, names, 'd', SHIFT))).toBe('bcd');
    expect(chosen(clicked(one, names, 'd', CTRL))).toBe('bd');
    expect(chosen(clicked(one, names, 'c', PLAIN))).toBe('c');
  });

  it('follows the keyboard', () => {
    const first = keyed(NOTHING_CHOSEN, names, 'ArrowDown', PLAIN, 2);
    expect(first?.cursor).toBe('a');
    const range = keyed(keyed(first ?? NOTHING_CHOSEN, names, 'ArrowDown', SHIFT, 2) ?? NOTHING_CHOSEN, names, 'PageDown', SHIFT, 2);
    expect(range && chosen(range)).toBe('abcd');
    expect(keyed(first ?? NOTHING_CHOSEN, names, 'End', PLAIN, 2)?.cursor).toBe('d');
    const space = keyed(first ?? NOTHING_CHOSEN, names, ' ', PLAIN, 2);
    expect(space && chosen(space)).toBe('a');
    expect(chosen(keyed(NOTHING_CHOSEN, names, 'a', CTRL, 2) ?? NOTHING_CHOSEN)).toBe('abcd');
    expect(keyed(NOTHING_CHOSEN, names, 'x', PLAIN, 2)).toBeNull();
  });

  it('takes all or none, and forgets what is gone', () => {
    const all = toggledAll(NOTHING_CHOSEN, names);
    expect(chosen(all)).toBe('abcd');
    expect(chosen(toggledAll(all, names))).toBe('');
    expect(chosen(present(all, new Set(['a', 'x'])))).toBe('a');
    expect(present(all, new Set(names))).toBe(all);
  });
});

describe('texts', () => {
  it('are coloured by their names', () => {
    expect([languageOf('server.properties'), languageOf('A.YML'), languageOf('world.dat')]).toEqual(['properties', 'yaml', null]);
  });

  it('keep the ends of their lines', () => {
    expect(lineSeparatorOf('a\r\nb\r\n')).toBe('\r\n');
    expect(lineSeparatorOf('a\r\nb\n')).toBe('\n');
    expect(lineSeparatorOf('a')).toBe('\n');
  });
});

describe('lines that were found', () => {
  const match = (path: string, line: number) => ({ path, line, text: '' });

  it('stand by their files, in the order in which they came', () => {
    const found = byFile([match('b', 1), match('a', 1), match('b', 9)]);
    expect(found.map(({ path, matches }) => [path, matches.map(({ line }) => line)])).toEqual([
      ['b', [1, 9]],
      ['a', [1]],
    ]);
  });

  it('show the text that was looked for wherever it stands', () => {
    expect(pieces('Needle in a needle', 'needle', false)).toEqual(['', 'Needle', ' in a ', 'needle', '']);
    expect(pieces('Needle in a needle', 'needle', true)).toEqual(['Needle in a ', 'needle', '']);
    expect(pieces('(.*)', '.*', true)).toEqual(['(', '.*', ')']);
    // Of other letters the case matters, and a letter that becomes two in capitals shifts nothing.
    expect(pieces('\u0130stanbul Ä a', 'a', false)).toEqual(['\u0130st', 'a', 'nbul Ä ', 'a', '']);
    expect(pieces('abc', '', false)).toEqual(['abc']);
  });
});

describe('archives', () => {
  it('are looked into if the node may know them', () => {
    expect(canLookInto(entry('a.tar.zst'))).toBe(true);
    expect(canLookInto(entry('a.rar'))).toBe(false);
    expect(canLookInto(entry('a.zip', { directory: true }))).toBe(false);
  });

  it('show texts that are not too large', () => {
    const packed: ArchiveEntry = { name: 'a.txt', kind: 'file', readable: true, sizeBytes: 5, modeBits: '644', modifiedAt: null, target: null };
    expect(isTextEntry(packed)).toBe(true);
    expect(isTextEntry({ ...packed, sizeBytes: null })).toBe(true);
    expect(isTextEntry({ ...packed, name: 'a.bin' })).toBe(false);
    expect(isTextEntry({ ...packed, kind: 'link', readable: false })).toBe(false);
    expect(isTextEntry({ ...packed, sizeBytes: 5 * 1024 * 1024 })).toBe(false);
  });
});

describe('a search for text', () => {
  it('is ended in the panel when nobody waits for it any more', async () => {
    const calls: string[] = [];
    const client = {
      request: (method: string, path: string, { body, signal }: { body?: { id: string }; signal?: AbortSignal } = {}) => {
        calls.push(`${method} ${path.replace(/[^/]+$/, (last) => (last === 'content' ? last : '{id}'))}`);
        if (body) calls.push(typeof body.id);
        return method === 'DELETE' ? Promise.resolve() : new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));
      },
    };
    const abort = new AbortController();
    const search = new FilesApi(client as unknown as ApiClient).searchContent('u', { directory: '/', text: 'x', matchCase: false }, abort.signal);
    abort.abort();
    await expect(search).rejects.toThrow('aborted');
    expect(calls).toEqual(['POST /api/servers/u/files/search/content', 'string', 'DELETE /api/servers/u/files/search/content/{id}']);
  });
});
