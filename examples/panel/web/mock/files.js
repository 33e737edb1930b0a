// The mock panel's files: a tree in memory that can be edited, moved, packed and taken back. Archives hold their files by name only.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { ApiFailure } from './model.js';

const OFFERS = { archives: true, search: true, jobs: true, uploads: true, contentSearch: true, archiveEntries: true };
const ARCHIVE_PAGE = 50;
/** Long enough to be ended by somebody. */
const SLOW_SEARCH = 'take your time';
const SLOW_SEARCH_MILLIS = 60_000;
const MANY = 50_000;

const hoursAgo = (hours) => new Date(Date.now() - hours * 3600e3).toISOString();

function file(text, more = {}) {
  return { directory: false, text, mode: '644', modifiedAt: hoursAgo(3), symlink: false, ...more };
}

function mods() {
  const many = Array.from({ length: 120 }, (_, index) => [`mods/part-${String(index).padStart(3, '0')}.jar`, file('x', { sizeBytes: 40_000 + index })]);
  return [
    ['mods', { directory: true, mode: '755', modifiedAt: hoursAgo(40) }],
    ...many,
    ['mods/config/lights.toml', file('# How bright they are\n[lights]\nlevel = 7\n')],
    ['read-me.txt', file('Mods for the meadow.\n')],
  ];
}

/** By path without a slash in front. */
function filesOf(server) {
  server.files ??= new Map([
    ['world', { directory: true, mode: '755', modifiedAt: hoursAgo(30) }],
    ['world/level.txt', file('seed = 42\n')],
    ['many', { directory: true, mode: '755', modifiedAt: hoursAgo(90) }],
    ['server.properties', file('# How the server is set up\nmotd=Welcome to the meadow\nmax-players=12\nonline-mode=true\n')],
    ['config.json', file('{\n  "greeting": "Hello",\n  "limit": 12,\n  "open": true\n}\n')],
    ['start.sh', file('#!/bin/sh\n# Starts the game.\nexec ./server --players "$MAX_PLAYERS"\n', { mode: '755' })],
    ['current', file('x', { symlink: true })],
    ['mods.tar.gz', file('archive', { packed: mods(), refused: 1 })],
    ['a file with a rather long name for a small screen.log', file('x'.repeat(5000), { sizeBytes: 48_300_211 })],
  ]);
  return server.files;
}

const plain = (path) => path.split('/').filter((name) => name !== '' && name !== '.').join('/');
const inside = (directory, name) => plain(`${directory}/${name}`);
const below = (files, path) => [...files.keys()].filter((other) => path === '' || other === path || other.startsWith(`${path}/`));

function require(files, path) {
  const found = files.get(plain(path));
  if (!found) throw new ApiFailure(404, 'not_found', `there is no file '${path}'`);
  return found;
}

function view(name, entry) {
  const sizeBytes = entry.sizeBytes ?? entry.text?.length ?? 0;
  const mime = entry.directory ? 'inode/directory' : entry.packed ? 'application/gzip' : 'text/plain; charset=utf-8';
  const { directory, symlink = false, mode, modifiedAt } = entry;
  return { name, directory, symlink, sizeBytes, modeBits: mode, mime, modifiedAt };
}

function list(files, directory) {
  const path = plain(directory);
  if (path !== '') require(files, path);
  if (path === 'many') return Array.from({ length: MANY }, (_, index) => view(`chunk-${index}.dat`, file('', { sizeBytes: index })));
  return [...files]
    .filter(([other]) => !other.startsWith('.trash') && other.split('/').slice(0, -1).join('/') === path && other !== '')
    .map(([other, entry]) => view(other.split('/').pop(), entry));
}

function put(files, path, entry) {
  const names = path.split('/');
  for (let depth = 1; depth < names.length; depth++) {
    const parent = names.slice(0, depth).join('/');
    if (!files.has(parent)) files.set(parent, { directory: true, mode: '755', modifiedAt: hoursAgo(0) });
  }
  files.set(path, entry);
}

function move(files, from, to) {
  if (files.has(to)) throw new ApiFailure(409, 'conflict', `there is a file '${to}' already (expected: a name that is free)`);
  for (const path of below(files, from)) {
    const entry = files.get(path);
    files.delete(path);
    put(files, to + path.slice(from.length), entry);
  }
}

const versionOf = (text) => `"${createHash('sha256').update(text).digest('hex')}"`;

function trashed(server) {
  server.trash ??= [
    { id: `old-${randomUUID()}`, path: '/world/region/r.0.0.mca', deletedAt: hoursAgo(50), directory: false, sizeBytes: 8_388_608, entries: [] },
  ];
  return server.trash;
}

function toTrash(server, directory, names) {
  const files = filesOf(server);
  return names.map((name) => {
    const path = inside(directory, name);
    if (name.length > 200) throw new ApiFailure(422, 'validation', `files: '${name}' has too long a path for the trash`);
    const { directory: isDirectory, text } = require(files, path);
    const entries = below(files, path).map((other) => [other, files.get(other)]);
    entries.forEach(([other]) => files.delete(other));
    const item = { id: `${Date.now()}-${randomBytes(4).toString('hex')}`, path: `/${path}`, deletedAt: hoursAgo(0), directory: isDirectory, sizeBytes: text?.length ?? 0, entries };
    trashed(server).unshift(item);
    return item.id;
  });
}

function restore(server, ids) {
  const restored = [];
  const refused = [];
  for (const item of trashed(server).filter(({ id }) => ids.includes(id))) {
    if (filesOf(server).has(plain(item.path))) {
      refused.push(item.path);
      continue;
    }
    item.entries.forEach(([path, entry]) => put(filesOf(server), path, entry));
    server.trash = trashed(server).filter((other) => other !== item);
    restored.push(item.path);
  }
  return { restored, refused };
}

/** A job that takes some steps, and does its work at the last one. */
function work(server, kind, path, finish) {
  const job = { id: randomUUID(), kind, path, state: 'running', doneBytes: 0, totalBytes: 40_000_000, begunAt: hoursAgo(0), endedAt: null, problem: null };
  server.jobs = [job, ...(server.jobs ?? [])];
  const step = () => {
    if (job.state !== 'running') return;
    job.doneBytes += 10_000_000;
    if (job.doneBytes < job.totalBytes) return void server.later(600, step);
    finish();
    Object.assign(job, { state: 'done', endedAt: hoursAgo(0) });
  };
  server.later(600, step);
  return job;
}

function compress(server, { directory, files: names, name, format }) {
  const files = filesOf(server);
  names.forEach((one) => require(files, inside(directory, one)));
  const path = inside(directory, `${name || `archive-${randomBytes(3).toString('hex')}`}.${format}`);
  const packed = names.flatMap((one) => below(files, inside(directory, one)).map((other) => [other.slice(plain(directory).length).replace(/^\//, ''), { ...files.get(other) }]));
  return work(server, 'compress', `/${path}`, () => put(files, path, file('archive', { packed, modifiedAt: hoursAgo(0) })));
}

function decompress(server, { directory, file: name }) {
  const files = filesOf(server);
  const { packed } = require(files, inside(directory, name));
  if (!packed) throw new ApiFailure(422, 'validation', 'The archive provided is in a format that is not understood.');
  return work(server, 'decompress', directory, () => {
    for (const one of packed) {
      if (Array.isArray(one)) put(files, inside(directory, one[0]), one[1]);
    }
  });
}

/** What is in one directory of an archive, in parts. */
function listArchive(archive, directory, after) {
  const found = new Map();
  for (const [path, entry] of packedIn(archive)) {
    const rest = directory === '' ? path : path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : '';
    const [name, ...below] = rest.split('/');
    if (name === '') continue;
    const kind = below.length > 0 || entry.directory ? 'directory' : 'file';
    const sizeBytes = kind === 'file' ? (entry.sizeBytes ?? entry.text.length) : null;
    const implied = below.length > 0;
    if (implied && found.has(name)) continue;
    found.set(name, { name, kind, readable: kind === 'file', sizeBytes, modeBits: entry.mode, modifiedAt: implied ? null : entry.modifiedAt, target: null });
  }
  const all = [...found.values()].sort((one, other) => one.kind.localeCompare(other.kind) || (one.name < other.name ? -1 : 1));
  const to = after + ARCHIVE_PAGE;
  return { items: all.slice(after, to), next: to < all.length ? String(to) : null, complete: true, refused: archive.refused ?? 0 };
}

function packedIn(archive) {
  if (!archive.packed) throw new ApiFailure(422, 'validation', 'archive: its format is not known (expected: tar, zip or 7z)');
  return archive.packed;
}

function packedFile(files, url) {
  const [, entry] = packedIn(require(files, query(url, 'path'))).find(([path]) => path === query(url, 'entry')) ?? [];
  if (!entry) throw new ApiFailure(404, 'not_found', `there is no '${query(url, 'entry')}' in the archive`);
  return entry;
}

async function searchContent(server, { id, directory, text, matchCase }) {
  const plainText = (line) => (matchCase ? line : line.toLowerCase());
  server.searches ??= new Set();
  server.searches.add(id);
  for (let waited = 0; text === SLOW_SEARCH && waited < SLOW_SEARCH_MILLIS && server.searches.has(id); waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!server.searches.delete(id)) throw new ApiFailure(409, 'search_ended', 'The search was ended.');
  const files = filesOf(server);
  const items = below(files, plain(directory)).flatMap((path) =>
    (files.get(path).text ?? '').split('\n').flatMap((line, index) =>
      plainText(line).includes(plainText(text)) && !path.startsWith('.trash') ? [{ path, line: index + 1, text: line.slice(0, 400) }] : [],
    ),
  );
  return { items: items.slice(0, 1000), complete: items.length <= 1000 };
}

function upload(server, id) {
  const found = server.uploads?.get(id);
  if (!found) throw new ApiFailure(404, 'not_found', `there is no upload ${id}`);
  return found;
}

const PATH = '^/api/servers/([^/]+)/files';
const at = (rest) => new RegExp(`${PATH}${rest}$`);
const query = (url, name) => plain(url.searchParams.get(name) ?? '/');

export const FILE_ROUTES = [
  ['GET', at(''), ({ panel, id, url }) => {
    const items = list(filesOf(panel.server(id)), query(url, 'directory'));
    const shown = url.searchParams.get('part') === 'beginning' ? items.slice(0, 1000) : items;
    return [200, { listed: true, offers: OFFERS, total: items.length, items: shown }];
  }],
  ['GET', at('/search'), ({ panel, id, url }) => {
    const files = filesOf(panel.server(id));
    const wanted = url.searchParams.get('pattern').toLowerCase();
    const directory = query(url, 'directory');
    const found = below(files, directory).filter((path) => path.split('/').pop().toLowerCase().includes(wanted));
    return [200, { items: found.map((path) => view(path, files.get(path))) }];
  }],
  ['POST', at('/search/content'), async ({ panel, id, json }) => [200, await searchContent(panel.server(id), json())]],
  ['DELETE', at('/search/content/([^/]+)'), ({ panel, id, second }) => {
    panel.server(id).searches?.delete(second);
    return [204];
  }],
  ['GET', at('/archive'), ({ panel, id, url }) => {
    const archive = require(filesOf(panel.server(id)), query(url, 'path'));
    return [200, listArchive(archive, query(url, 'directory'), Number(url.searchParams.get('after') ?? 0))];
  }],
  ['GET', at('/archive/text'), ({ panel, id, url }) => [200, { text: packedFile(filesOf(panel.server(id)), url).text }]],
  ['GET', at('/archive/content'), ({ panel, id, url, response }) => {
    const { text } = packedFile(filesOf(panel.server(id)), url);
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' });
    response.end(text);
    return [0];
  }],
  ['GET', at('/content'), ({ panel, id, url, response }) => {
    const { text } = require(filesOf(panel.server(id)), query(url, 'path'));
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' });
    response.end(text);
    return [0];
  }],
  ['PUT', at('/content'), ({ panel, id, url, text, request }) => {
    const files = filesOf(panel.server(id));
    const path = query(url, 'path');
    if (request.headers['if-none-match'] && files.has(path)) throw new ApiFailure(412, 'file_exists', 'There is one.');
    if (path.endsWith('too-large.bin')) throw new ApiFailure(507, 'disk_full', 'There is not enough disk space available.');
    put(files, path, file(text, { modifiedAt: hoursAgo(0) }));
    return [204];
  }],
  ['GET', at('/text'), ({ panel, id, url }) => {
    const { text } = require(filesOf(panel.server(id)), query(url, 'path'));
    return [200, { text, version: versionOf(text) }];
  }],
  ['PUT', at('/text'), ({ panel, id, url, text, request }) => {
    const files = filesOf(panel.server(id));
    const path = query(url, 'path');
    const known = request.headers['if-match'];
    if (known !== '*' && known !== versionOf(require(files, path).text)) throw new ApiFailure(412, 'file_changed', 'The file has changed.');
    put(files, path, { ...(files.get(path) ?? file('')), text, sizeBytes: undefined, modifiedAt: hoursAgo(0) });
    return [200, { version: versionOf(text) }];
  }],
  ['POST', at('/directory'), ({ panel, id, json }) => {
    put(filesOf(panel.server(id)), plain(json().path), { directory: true, mode: '755', modifiedAt: hoursAgo(0) });
    return [204];
  }],
  ['POST', at('/rename'), ({ panel, id, json }) => {
    const { directory, files: moves } = json();
    const files = filesOf(panel.server(id));
    for (const { from, to } of moves) move(files, inside(directory, from), inside(directory, to));
    return [204];
  }],
  ['POST', at('/copy'), ({ panel, id, json }) => {
    const files = filesOf(panel.server(id));
    const path = plain(json().path);
    const target = json().to ? plain(json().to) : path.replace(/(\.[^./]*)?$/, ' copy$1');
    if (files.has(target)) throw new ApiFailure(409, 'file_exists', 'There is one.');
    put(files, target, { ...require(files, path) });
    return [204];
  }],
  ['POST', at('/chmod'), ({ panel, id, json }) => {
    const { directory, files: changes } = json();
    for (const { file: name, mode } of changes) require(filesOf(panel.server(id)), inside(directory, name)).mode = mode;
    return [204];
  }],
  ['POST', at('/delete'), ({ panel, id, json }) => {
    const files = filesOf(panel.server(id));
    for (const name of json().files) below(files, inside(json().directory, name)).forEach((path) => files.delete(path));
    return [204];
  }],
  ['GET', at('/trash'), ({ panel, id }) => [200, { items: trashed(panel.server(id)).map(({ entries: _e, ...item }) => item) }]],
  ['POST', at('/trash'), ({ panel, id, json }) => [200, { ids: toTrash(panel.server(id), json().directory, json().files) }]],
  ['POST', at('/trash/restore'), ({ panel, id, json }) => [200, restore(panel.server(id), json().ids)]],
  ['POST', at('/trash/delete'), ({ panel, id, json }) => {
    const server = panel.server(id);
    server.trash = trashed(server).filter((item) => !json().ids.includes(item.id));
    return [204];
  }],
  ['DELETE', at('/trash'), ({ panel, id }) => {
    panel.server(id).trash = [];
    return [204];
  }],
  ['POST', at('/compress'), ({ panel, id, json }) => [202, compress(panel.server(id), json())]],
  ['POST', at('/decompress'), ({ panel, id, json }) => [202, decompress(panel.server(id), json())]],
  ['GET', at('/jobs'), ({ panel, id }) => [200, { items: panel.server(id).jobs ?? [] }]],
  ['DELETE', at('/jobs/([^/]+)'), ({ panel, id, second }) => {
    const job = panel.server(id).jobs?.find((one) => one.id === second);
    if (job?.state === 'running') Object.assign(job, { state: 'cancelled', endedAt: hoursAgo(0) });
    return [204];
  }],
  ['POST', at('/taken'), ({ panel, id, json }) => {
    const { directory, files } = json();
    const taken = new Set(list(filesOf(panel.server(id)), directory).map(({ name }) => name));
    return [200, { items: files.filter((name) => taken.has(name)) }];
  }],
  ['POST', at('/uploads'), ({ panel, id, json }) => {
    const server = panel.server(id);
    const { path, sizeBytes } = json();
    if (path.endsWith('too-large.bin')) throw new ApiFailure(507, 'disk_full', 'There is not enough disk space available.');
    const begun = { id: randomUUID(), path, sizeBytes, offsetBytes: 0, text: '' };
    server.uploads = (server.uploads ?? new Map()).set(begun.id, begun);
    return [201, begun];
  }],
  ['GET', at('/uploads/([^/]+)'), ({ panel, id, second }) => [200, upload(panel.server(id), second)]],
  ['PUT', at('/uploads/([^/]+)'), ({ panel, id, second, text, url }) => {
    const server = panel.server(id);
    const found = upload(server, second);
    if (Number(url.searchParams.get('offset')) !== found.offsetBytes) throw new ApiFailure(409, 'conflict', 'The piece belongs elsewhere.');
    found.text += text;
    found.offsetBytes += Buffer.byteLength(text);
    if (found.offsetBytes >= found.sizeBytes) put(filesOf(server), plain(found.path), file(found.text, { modifiedAt: hoursAgo(0) }));
    return [200, found];
  }],
  ['DELETE', at('/uploads/([^/]+)'), ({ panel, id, second }) => {
    panel.server(id).uploads?.delete(second);
    return [204];
  }],
];
