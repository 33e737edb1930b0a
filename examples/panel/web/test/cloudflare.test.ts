import { describe, expect, it } from 'vitest';
import type { BindingStatus, Connector } from '../src/api/cloudflare';
import { translator } from '../src/i18n/translate';
import { bindingProblems, countSigns, formOf, shownBinding, shownConnector, signOf, toneOfHost, underWay, wishOf } from '../src/proxy/cloudflare';
import type { CloudflareBinding } from '../src/proxy/document';

const t = translator('en');
const status = (more: Partial<BindingStatus>): BindingStatus => ({ state: 'DONE', wantedRevision: 1, attempts: 0, drift: [], hosts: [], notes: [], ...more });
const stopped: Connector = { kind: 'process', running: false, ready: false, connections: 0 };
const account = '023e105f4ecef8ad9ca31a8372d0c353';
const binding: CloudflareBinding = { id: 'main', accountId: account, token: 'file:/keys/main', tunnelId: 't-1', tunnelName: 'one', proxyUrl: 'http://caddy:80', dns: 'owned', deleteGrace: '1h' };

describe('state of an account', () => {
  it('is that there is no token, whatever else is known', () => {
    expect(shownBinding({ tokenKnown: false, status: status({}) })).toBe('NO_TOKEN');
    expect(shownBinding({ tokenKnown: true, status: null })).toBe('UNKNOWN');
  });

  it('is not in order when somebody else has changed something', () => {
    expect(shownBinding({ tokenKnown: true, status: status({ drift: ['x'] }) })).toBe('DRIFTED');
    expect(shownBinding({ tokenKnown: true, status: status({ state: 'PAUSED', drift: ['x'] }) })).toBe('PAUSED');
    expect(shownBinding({ tokenKnown: true, status: status({}) })).toBe('DONE');
  });

  it('is asked about soon while something is on its way', () => {
    expect(underWay([{ status: status({}), connector: stopped }])).toBe(false);
    expect(underWay([{ status: status({ state: 'RUNNING' }), connector: stopped }])).toBe(true);
    expect(underWay([{ status: null, connector: { ...stopped, running: true } }])).toBe(true);
  });
});

describe('connector', () => {
  it('is one of five things', () => {
    expect(shownConnector({ ...stopped, running: true, ready: true })).toBe('ready');
    expect(shownConnector({ ...stopped, running: true })).toBe('connecting');
    expect(shownConnector({ ...stopped, exitCode: 0 })).toBe('ended');
    expect(shownConnector(stopped)).toBe('stopped');
    expect(shownConnector({ ...stopped, kind: 'none' })).toBe('elsewhere');
  });
});

describe('plan', () => {
  it('has one sign for every change that the panel knows', () => {
    const signs = ['ADD', 'CREATE', 'UPDATE', 'ADOPT', 'REMOVE', 'DELETE', 'WAIT', 'FOREIGN', 'CONFLICT', 'NO_ZONE', 'KEEP'].map(signOf);
    expect(signs).toEqual(['add', 'add', 'change', 'change', 'remove', 'remove', 'later', 'foreign', 'foreign', 'foreign', 'keep']);
  });

  it('is counted over rules and records', () => {
    const counts = countSigns({
      ingress: [{ host: 'a', service: 's', change: 'ADD' }, { host: 'b', service: 's', change: 'KEEP' }],
      records: [{ host: 'a', type: 'CNAME', target: 't', change: 'CREATE', said: '' }],
    });
    expect(counts).toEqual({ add: 2, change: 0, remove: 0, keep: 1, later: 0, foreign: 0 });
  });

  it('tells names that somebody else has from those to come', () => {
    expect(toneOfHost({ host: 'a', state: 'DONE', said: '' })).toBe('good');
    expect(toneOfHost({ host: 'a', state: 'CONFLICT', said: '' })).toBe('bad');
    expect(toneOfHost({ host: 'a', state: 'CREATE', said: '' })).toBe('busy');
  });
});

describe('form about an account', () => {
  const filled = { ...formOf(), id: 'main', accountId: account, token: 'abcdefghijklmnopqrstuvwxyz0123456789' };

  it('is right when everything is given', () => {
    expect(bindingProblems(filled, [], t)).toEqual({});
  });

  it('says what is missing or wrong at each field', () => {
    const problems = bindingProblems({ ...formOf(), proxyUrl: 'caddy:80/x', deleteGrace: 'soon' }, [], t);
    expect(Object.keys(problems).sort()).toEqual(['accountId', 'deleteGrace', 'id', 'proxyUrl', 'token']);
    expect(bindingProblems(filled, ['main'], t)['id']).toContain('already');
  });

  it('takes references of the form that the document has, and no secret for one', () => {
    expect(bindingProblems({ ...filled, tokenSource: 'env', token: 'CF_TOKEN' }, [], t)).toEqual({});
    expect(bindingProblems({ ...filled, tokenSource: 'env', token: 'no-variable' }, [], t)['token']).toBeDefined();
    expect(bindingProblems({ ...filled, tokenSource: 'file', token: '/keys/../x' }, [], t)['token']).toBeDefined();
    expect(bindingProblems({ ...filled, tokenSource: 'keep', token: '' }, [], t)).toEqual({});
  });

  it('sends a pasted token beside the binding, never as its token', () => {
    const wish = wishOf({ ...filled, token: ' secret-secret-secret ' });
    expect(wish.tokenValue).toBe('secret-secret-secret');
    expect(wish.token).not.toContain('secret-secret');
  });

  it('keeps the token and what it does not show', () => {
    const wish = wishOf(formOf(binding), { ...binding, extra: 1 } as CloudflareBinding);
    expect(wish).toEqual({ ...binding, exclusive: false, extra: 1 });
    expect('tokenValue' in wish).toBe(false);
  });

  it('can leave a tunnel that was chosen', () => {
    const wish = wishOf({ ...formOf(binding), tunnelId: '', tunnelName: '' }, binding);
    expect('tunnelId' in wish || 'tunnelName' in wish).toBe(false);
    expect(wishOf({ ...filled, tokenSource: 'env', token: 'CF_TOKEN' }).token).toBe('env:CF_TOKEN');
  });
});
