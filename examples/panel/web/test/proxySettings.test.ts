import { describe, expect, it } from 'vitest';
import { translator } from '../src/i18n/translate';
import { differencesOf } from '../src/proxy/differencesOf';
import { spread, subjectsOf } from '../src/proxy/subjects';
import { buildCommand, compressionFor, compressionOf, newPolicy, readObject, settingsProblems, sortPlugins, sourceUrl } from '../src/proxy/plugins';

const t = translator('en');

describe('plugins', () => {
  const plugin = (id: string, installed: boolean, routes: string[] = []) => ({ id, module: id, installed, source: `someone/${id}`, routes });

  it('that are missing and asked for come first', () => {
    const sorted = sortPlugins([plugin('a', true, ['r']), plugin('b', false), plugin('c', false, ['r'])]);
    expect(sorted.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('are found where they are, and built in by one command', () => {
    expect(sourceUrl({ source: 'mholt/caddy-l4' })).toBe('https://github.com/mholt/caddy-l4');
    expect(sourceUrl({ source: 'its stream module, of Debian' })).toBeUndefined();
    expect(sourceUrl({ source: 'javascript:alert(1)' })).toBeUndefined();
    expect(buildCommand([{ source: 'a/b' }, { source: 'c/d' }])).toBe('xcaddy build --with github.com/a/b --with github.com/c/d');
    expect(buildCommand([{ source: 'a/b' }, { source: 'of Debian' }])).toBeUndefined();
    expect(buildCommand([])).toBeUndefined();
  });
});

describe('compression', () => {
  it('is read and written as a choice, with its limit', () => {
    expect(compressionOf(undefined)).toBe('off');
    expect(compressionOf({ encodings: ['zstd', 'gzip'], minimumBytes: 512 })).toBe('both');
    expect(compressionOf({ encodings: ['gzip', 'zstd'] })).toBe('other');
    expect(compressionFor('gzip', { encodings: [], minimumBytes: 2048 })).toEqual({ encodings: ['gzip'], minimumBytes: 2048 });
    expect(compressionFor('both', undefined)).toEqual({ encodings: ['zstd', 'gzip'], minimumBytes: 512 });
    expect(compressionFor('off', { encodings: ['gzip'] })).toBeUndefined();
  });
});

describe('settings', () => {
  it('are looked at before anybody is asked', () => {
    const problems = settingsProblems(
      {
        settings: { httpPort: 0, httpsPort: 'x', tunnelPort: 8080 },
        tlsPolicies: [
          { name: 'one', issuer: { type: 'files', certificate: '', key: '/k' } },
          { name: 'one', issuer: { type: 'on-demand', ask: '' } },
          { name: '', issuer: { type: 'acme', dns: { token: '' } } },
        ],
      },
      t,
    );
    expect(Object.keys(problems).sort()).toEqual([
      '/settings/httpPort',
      '/settings/httpsPort',
      '/tlsPolicies/0/issuer/certificate',
      '/tlsPolicies/1/issuer/ask',
      '/tlsPolicies/1/name',
      '/tlsPolicies/2/issuer/dns/token',
      '/tlsPolicies/2/name',
    ]);
    expect(settingsProblems({ settings: {}, tlsPolicies: [newPolicy([])] }, t)).toEqual({});
  });

  it('give each new policy a name of its own', () => {
    expect(newPolicy([{ name: 'certificates' }, { name: 'certificates-2' }])['name']).toBe('certificates-3');
  });

  it('take a piece of JSON only as an object, and an empty one for nothing', () => {
    expect(readObject('{"a": 1}', t)).toEqual({ value: { a: 1 } });
    expect(readObject('{}', t)).toEqual({ value: undefined });
    expect(readObject('[1]', t)).toEqual({ problem: 'An object in braces is expected.' });
    expect(readObject('{', t)).toHaveProperty('problem');
  });
});

describe('differences of two documents', () => {
  it('follow things by their id, wherever they stand', () => {
    const before = { routes: [{ id: 'a', enabled: true }, { id: 'b', enabled: true }] };
    const after = { routes: [{ id: 'b', enabled: false }, { id: 'a', enabled: true }, { id: 'c', enabled: true }] };
    expect(differencesOf(before, after)).toEqual([
      { place: '/routes/b/enabled', before: true, after: false },
      { place: '/routes/c', after: { id: 'c', enabled: true } },
    ]);
  });

  it('say when only the order differs', () => {
    expect(differencesOf({ routes: [{ id: 'a' }, { id: 'b' }] }, { routes: [{ id: 'b' }, { id: 'a' }] })).toEqual([
      { place: '/routes', before: ['a', 'b'], after: ['b', 'a'] },
    ]);
  });

  it('compare lists without names by their places', () => {
    expect(differencesOf({ list: ['x', 'y'] }, { list: ['x', 'z', 'w'] })).toEqual([
      { place: '/list/1', before: 'y', after: 'z' },
      { place: '/list/2', after: 'w' },
    ]);
  });

  it('are none where only the order of members differs', () => {
    expect(differencesOf({ a: 1, b: { c: null } }, { b: { c: null }, a: 1 })).toEqual([]);
  });

  it('write members with slashes so that they can be told apart', () => {
    expect(differencesOf({}, { 'a/b': { '~': 1 } })).toEqual([{ place: '/a~1b', after: { '~': 1 } }]);
  });
});

describe('differences for people', () => {
  it('are those of one thing together, with their places inside of it', () => {
    const subjects = subjectsOf([
      { place: '/routes/shop/enabled', before: true, after: false },
      { place: '/settings/gracePeriod', before: '15s', after: '17s' },
      { place: '/routes/shop/action/upstreams/0/port', before: 1, after: 2 },
    ]);
    expect(subjects.map(({ kind, name, change, parts }) => [kind, name, change, parts.map(({ words }) => words)])).toEqual([
      ['routes', 'shop', 'changed', ['enabled', 'action › upstreams › 0 › port']],
      ['settings', '', 'changed', ['gracePeriod']],
    ]);
  });

  it('name each thing of a list that came as a whole, and say what came and what went', () => {
    const subjects = subjectsOf([
      { place: '/routes', after: [{ id: 'a' }, { id: 'b' }] },
      { place: '/cloudflare/home', before: { id: 'home' } },
      { place: '/settings', after: { httpPort: 80 } },
    ]);
    expect(subjects.map(({ kind, name, change }) => [kind, name, change])).toEqual([
      ['routes', 'a', 'added'],
      ['routes', 'b', 'added'],
      ['cloudflare', 'home', 'removed'],
      ['settings', '', 'changed'],
    ]);
  });

  it('write short lists in a line, and what has members below each other', () => {
    expect(spread(['a', 'b'])).toBe('a, b');
    expect(spread('')).toBe('""');
    expect(spread({ a: 1 })).toBe('{\n  "a": 1\n}');
  });
});
