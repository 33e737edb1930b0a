import { describe, expect, it } from 'vitest';
import { ApiClient } from '../src/api/client';
import { ApiError } from '../src/api/errors';
import { ProxyApi } from '../src/api/proxy';
import { seenWith, type Finding, type Stage } from '../src/api/proxyTypes';
import { translator } from '../src/i18n/translate';
import { addressOf, listenText, matchesSearch, pageOf, targetOf, urlOf } from '../src/proxy/describe';
import type { HttpRoute, JsonObject } from '../src/proxy/document';
import { findingsOf, problemAt, split } from '../src/proxy/findings';
import { commonIndent, diffLines, folded } from '../src/proxy/lineDiff';
import { merge } from '../src/proxy/merge';
import { getAt, same, setAt } from '../src/proxy/pointer';
import { requireKept } from '../src/proxy/requireKept';
import { readObject } from '../src/proxy/readJson';
import { l4Problems, routeProblems } from '../src/proxy/routeProblems';
import { engineHasSaved, outcomeTone, proofLines, stageTone, stageWord } from '../src/proxy/stages';
import { idOf, isDuration, numberOf, shownDuration, tokensOf } from '../src/proxy/values';

const t = translator('en');

describe('the answer to a change', () => {
  const revision = (number: number) => ({ number, etag: `"${number}"`, author: 'anna', reason: '', at: '2026-11-23T00:00:00Z' });

  it('is a failure if it was rolled back, with the reason', () => {
    expect(() => requireKept({ outcome: 'ROLLED_BACK', said: 'nobody answers' })).toThrow('nobody answers');
    for (const outcome of ['APPLIED', 'WAITING', 'UNKNOWN', 'UNTOUCHED']) expect(() => requireKept({ outcome, said: 'x' })).not.toThrow();
  });

  it('names the revision that one has seen with it: that of the change, or the one that undid it', () => {
    expect(seenWith({ revision: revision(7) })).toEqual(revision(7));
    expect(seenWith({ revision: revision(7), undone: revision(8) })).toEqual(revision(8));
  });
});

describe('a place in the document', () => {
  const route = { id: 'a', action: { upstreams: [{ host: 'x' }, { host: 'y' }] } };

  it('is found by its pointer', () => {
    expect(getAt(route, '/action/upstreams/1/host')).toBe('y');
    expect(getAt(route, '/action/nothing/0')).toBeUndefined();
    expect(getAt({ 'a/b': { 'c~d': 1 } }, '/a~1b/c~0d')).toBe(1);
    expect(getAt({}, '/constructor')).toBeUndefined();
  });

  it('is changed without changing anything else', () => {
    const changed = setAt(route, '/action/upstreams/0/port', 80) as typeof route;
    expect(changed).toEqual({ id: 'a', action: { upstreams: [{ host: 'x', port: 80 }, { host: 'y' }] } });
    expect(changed.action.upstreams[1]).toBe(route.action.upstreams[1]);
    expect(route.action.upstreams[0]).toEqual({ host: 'x' });
  });

  it('is made with all that is above it, and taken away again', () => {
    expect(setAt({}, '/rewrite/stripPrefix', '/a')).toEqual({ rewrite: { stripPrefix: '/a' } });
    expect(setAt({ rewrite: { stripPrefix: '/a', method: 'GET' } }, '/rewrite/stripPrefix', undefined)).toEqual({ rewrite: { method: 'GET' } });
    expect(setAt({ list: [1, 2, 3] }, '/list/1', undefined)).toEqual({ list: [1, 3] });
  });

  it('says the same in whatever order', () => {
    expect(same({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
    expect(same({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(same([1, 2], [2, 1])).toBe(false);
  });
});

describe('what two people changed', () => {
  const base = { enabled: true, domains: ['a.example.net'], action: { type: 'proxy', upstreams: [{ host: 'x' }] } };

  it('is put together where it is not the same', () => {
    const mine = { ...base, domains: ['b.example.net'] };
    const theirs = { ...base, enabled: false };
    expect(merge(base, mine, theirs)).toEqual({ value: { ...base, domains: ['b.example.net'], enabled: false }, mine: [], theirs: ['/enabled'] });
  });

  it('keeps mine where both changed the same, and says so', () => {
    const mine = { ...base, action: { ...base.action, upstreams: [{ host: 'mine' }] } };
    const theirs = { ...base, action: { ...base.action, upstreams: [{ host: 'theirs' }] } };
    expect(merge(base, mine, theirs)).toEqual({ value: mine, mine: ['/action/upstreams'], theirs: [] });
  });

  it('takes away what one of both took away', () => {
    const { domains: _gone, ...without } = base;
    expect(merge(base, without, base).value).toEqual(without);
    expect(merge(base, base, without).value).toEqual(without);
  });

  it('is nothing where only something else was changed', () => {
    const mine = { ...base, enabled: false };
    expect(merge(base, mine, base)).toEqual({ value: mine, mine: [], theirs: [] });
  });
});

describe('findings', () => {
  const found = (pointer: string, severity: Finding['severity'] = 'ERROR', route = 'a'): Finding => ({ code: 'X', severity, route, pointer, message: `${severity} ${pointer}` });

  it('are told apart by their route, with pointers that begin at it', () => {
    const { own, others } = split([found('/routes/7/domains/0'), found('/routes/3/id', 'ERROR', 'b'), found('/l4Routes/0/listen')], 'a');
    expect(own.map(({ pointer }) => pointer)).toEqual(['/domains/0', '/listen']);
    expect(others).toHaveLength(1);
    const unread: Finding = { code: 'validation', severity: 'ERROR', pointer: '/routes/0/action/to', message: 'x' };
    expect(split([unread], 'a').own[0]?.pointer).toBe('/action/to');
  });

  it('are shown at the field they are about, errors before warnings', () => {
    const route: JsonObject = { domains: ['x', 'y'] };
    const findings = [found('/domains/1', 'WARNING'), found('/domains/0')];
    expect(problemAt(findings, route, route, '/domains')).toBe('ERROR /domains/0');
    expect(problemAt(findings, route, route, '/domains/1')).toBe('WARNING /domains/1');
    expect(problemAt(findings, route, route, '/domain')).toBeUndefined();
  });

  it('are forgotten once the field says something else', () => {
    expect(problemAt([found('/domains')], { domains: ['x'] }, { domains: ['y'] }, '/domains')).toBeUndefined();
  });

  it('are read out of a refusal, or out of the place that could not be read', () => {
    expect(findingsOf(new ApiError(422, 'routes_refused', '', { more: { findings: [found('/routes/0/id')] } }))).toHaveLength(1);
    expect(findingsOf(new ApiError(422, 'validation', "at '/action/to': a number (expected: a text)"))).toEqual([
      { code: 'validation', severity: 'ERROR', pointer: '/action/to', message: 'a number (expected: a text)' },
    ]);
    expect(findingsOf(new ApiError(0, 'network', ''))).toEqual([]);
  });
});

describe('the difference of two texts', () => {
  const shown = (before: string, after: string) => diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

  it('is a shortest way from the one to the other', () => {
    expect(shown('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
    expect(shown('a\nb\nc\na\nb\nb\na', 'c\nb\na\nb\na\nc').filter((line) => !line.startsWith(' '))).toHaveLength(5);
    expect(shown('', 'a')).toEqual(['+a']);
    expect(shown('a\nb', 'a\nb')).toEqual([' a', ' b']);
  });

  it('gives back both texts', () => {
    let seed = 7;
    const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
    for (let round = 0; round < 200; round++) {
      const text = () => Array.from({ length: 1 + Math.floor(random() * 12) }, () => 'abc'[Math.floor(random() * 3)]).join('\n');
      const [before, after] = [text(), text()];
      const lines = diffLines(before, after);
      expect(lines.filter(({ kind }) => kind !== 'added').map((line) => line.text).join('\n')).toBe(before);
      expect(lines.filter(({ kind }) => kind !== 'removed').map((line) => line.text).join('\n')).toBe(after);
    }
  });

  it('numbers the lines of both', () => {
    expect(diffLines('a\nb', 'x\nb').map(({ before, after }) => [before, after])).toEqual([[1, null], [null, 1], [2, 2]]);
  });

  it('says that everything differs where too much does', () => {
    const many = (word: string) => Array.from({ length: 1_500 }, (_, index) => `${word}${index}`).join('\n');
    expect(diffLines(many('a'), many('b'))).toHaveLength(3_000);
  });

  it('leaves out what is far from any change', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n');
    const parts = folded(diffLines(before, before.replace('line 10', 'other')), 2);
    expect(parts.map((part) => (part.kind === 'gap' ? part.count : part.lines.length))).toEqual([8, 6, 7]);
  });

  it('knows how far all lines are moved in', () => {
    expect(commonIndent(folded(diffLines('    a\n\n      b', '    a\n\n      c')))).toBe(4);
    expect(commonIndent([])).toBe(0);
  });
});

describe('values of fields', () => {
  it('become numbers only where they are some', () => {
    expect([numberOf('80'), numberOf(' 7 '), numberOf(''), numberOf('80a'), numberOf('1.5')]).toEqual([80, 7, undefined, '80a', '1.5']);
  });

  it('show times as people read them', () => {
    expect(['300s', '7200s', '90s', '0s', '250ms'].map(shownDuration)).toEqual(['5m', '2h', '90s', '0s', '250ms']);
    expect(['30s', '1.5s', '30', 's'].map(isDuration)).toEqual([true, false, false, false]);
  });

  it('become several names when pasted', () => {
    expect(tokensOf(' a.example.net, b.example.net\nc.example.net;')).toEqual(['a.example.net', 'b.example.net', 'c.example.net']);
  });

  it('make an id that is free', () => {
    expect(idOf('*.Shop.example.net')).toBe('any-shop-example-net');
    expect(idOf('ä')).toBe('route');
    expect(idOf('a', (id) => id === 'a' || id === 'a-2')).toBe('a-3');
    expect(idOf('x'.repeat(80))).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });

  it('are objects or are refused', () => {
    expect(readObject('{"a":1}')).toEqual({ value: { a: 1 } });
    expect(readObject('[1]')).toEqual({ problem: '' });
    expect(readObject('{')).toHaveProperty('problem');
  });
});

describe('a route that is typed', () => {
  const good: JsonObject = { id: 'a', enabled: true, domains: ['a.example.net'], action: { type: 'proxy', upstreams: [{ host: 'x', port: 80 }] } };

  it('has nothing wrong with it when all is there', () => {
    expect(routeProblems(good, t)).toEqual({});
  });

  it('is told what is missing, at the field', () => {
    expect(Object.keys(routeProblems({ id: '?', action: { type: 'redirect', to: '' } }, t)).sort()).toEqual(['/action/to', '/domains', '/id']);
    expect(Object.keys(routeProblems({ ...good, action: { type: 'proxy', upstreams: [{ host: '' }] } }, t))).toEqual(['/action/upstreams/0/host']);
    expect(routeProblems({ ...good, domains: [], catchAll: true }, t)).toEqual({});
  });

  it('is told of what is no number and no time, wherever it is', () => {
    const wrong = setAt(setAt(good, '/action/upstreams/0/port', '80a'), '/action/activeHealth', { interval: 'often' }) as JsonObject;
    expect(Object.keys(routeProblems(wrong, t)).sort()).toEqual(['/action/activeHealth/interval', '/action/upstreams/0/port']);
    expect(routeProblems({ ...good, match: { headers: { status: 'x', port: 'y' } } }, t)).toEqual({});
  });

  it('needs ports where connections come in and go', () => {
    expect(Object.keys(l4Problems({ id: 'a', listen: [{ protocol: 'tcp' }], upstreams: [{ host: 'x' }] }, t)).sort()).toEqual(['/listen/0/port', '/upstreams/0/port']);
  });
});

describe('a list of routes', () => {
  const route: HttpRoute = { id: 'a', enabled: true, domains: ['*.example.net', 'app.example.net'], paths: [{ kind: 'prefix', value: '/map' }], action: { type: 'proxy', upstreams: [{ host: '10.0.0.1', port: 80 }, { host: 'y' }] } };

  it('says where each leads', () => {
    expect(targetOf(route.action, t)).toBe('http://10.0.0.1:80 +1');
    expect(targetOf({ type: 'reject' }, t)).toBe('closes the connection');
    expect(addressOf({ scheme: 'https', host: '2001:db8::1', port: 8443 })).toBe('https://[2001:db8::1]:8443');
    expect(listenText({ protocol: 'udp', host: '', port: 30000, ports: 3 })).toBe('udp :30000-30002');
  });

  it('knows the address under which a browser finds it, if one does', () => {
    expect(urlOf(route)).toBe('https://app.example.net/map');
    expect(urlOf({ ...route, exposure: 'plain-http' })).toBe('http://app.example.net/map');
    expect(urlOf({ ...route, exposure: 'direct-dns' })).toBeNull();
    expect(urlOf({ ...route, enabled: false })).toBeNull();
  });

  it('is searched by all words, and shown page by page', () => {
    expect(matchesSearch(['app.example.net', undefined, 'Shop'], 'shop APP')).toBe(true);
    expect(matchesSearch(['app.example.net'], 'app wiki')).toBe(false);
    const all = Array.from({ length: 10_000 }, (_, index) => index);
    expect(pageOf(all, 200, 50)).toMatchObject({ page: 200, pages: 200, items: { 0: 9_950, length: 50 } });
    expect(pageOf(all, 999, 50).page).toBe(200);
    expect(pageOf([], 3, 50)).toEqual({ items: [], page: 1, pages: 1 });
  });
});

describe('how far the proxy is', () => {
  const stage = (more: Partial<Stage>): Stage => ({ name: 'caddy', revision: 7, tried: 7, outcome: 'DONE', said: '', at: '', ...more });

  it('is good only of the revision that is saved', () => {
    expect(stageTone(stage({}), 7)).toBe('good');
    expect(stageTone(stage({}), 8)).toBe('busy');
    expect(stageTone(stage({ outcome: 'ROLLED_BACK' }), 8)).toBe('bad');
    expect(stageTone(stage({ revision: 0, tried: 0, outcome: 'WAITING' }), 1)).toBe('idle');
  });

  it('is known to run after a change was undone, but not if nobody knows', () => {
    const state = (more: Partial<Stage>) => ({ saved: { number: 7, etag: '', author: '', reason: '', at: '' }, engine: stage(more), applied: false });
    expect(engineHasSaved(state({ outcome: 'ROLLED_BACK' }))).toBe(true);
    expect(engineHasSaved(state({ outcome: 'WAITING', revision: 6 }))).toBe(false);
    expect(engineHasSaved(state({ outcome: 'UNKNOWN' }))).toBe(false);
  });

  it('is proven line by line', () => {
    expect(proofLines('PASSED 20 connections\nPENDING a.example.net: status 502\nsomething else')).toEqual([
      { outcome: 'PASSED', what: '20 connections' },
      { outcome: 'PENDING', what: 'a.example.net: status 502' },
      { outcome: '', what: 'something else' },
    ]);
  });

  it('names the revision that is there for certain', () => {
    expect(stageWord(stage({ outcome: 'WAITING' }), 8, t)).toContain('7');
    expect(stageWord(stage({ outcome: 'UNKNOWN' }), 8, t)).not.toContain('7');
    expect((['APPLIED', 'WAITING', 'ROLLED_BACK'] as const).map(outcomeTone)).toEqual(['success', 'warning', 'danger']);
  });
});

describe('the calls', () => {
  it('say which revision was seen, and ask without doing it', async () => {
    const seen: [string, RequestInit][] = [];
    const fake = (url: RequestInfo | URL, init?: RequestInit) => {
      seen.push([String(url), init ?? {}]);
      return Promise.resolve(new Response('{}'));
    };
    const proxy = new ProxyApi(new ApiClient({ fetch: fake as typeof fetch }));
    const route: HttpRoute = { id: 'a b', enabled: true, action: { type: 'reject' } };
    await proxy.routes.planSave(route, 'e7');
    await proxy.routes.enable('a b', false, 'e7');
    expect(seen.map(([url, { method }]) => `${method} ${url}`)).toEqual(['PUT /api/routes/a%20b?dryRun=true', 'PATCH /api/routes/a%20b']);
    expect(seen.map(([, { headers }]) => (headers as Record<string, string>)['If-Match'])).toEqual(['"e7"', '"e7"']);
  });
});
