import { describe, expect, it } from 'vitest';
import { ApiClient } from '../src/api/client';
import { newCorrelationId } from '../src/api/correlation';
import { ApiError, toApiError } from '../src/api/errors';
import { PanelApi } from '../src/api/panel';
import { describeError, fieldProblems } from '../src/components/describeError';
import { translator } from '../src/i18n/translate';

interface Call {
  url: string;
  init: RequestInit;
}

/** A client whose requests are recorded and answered in turn. */
function client(...answers: (Response | Error)[]) {
  const calls: Call[] = [];
  const api = new ApiClient({
    correlationId: () => `id-${calls.length + 1}`,
    fetch: (input, init) => {
      calls.push({ url: String(input), init: init ?? {} });
      const answer = answers.shift() ?? new Response(null, { status: 204 });
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  return { api, calls, header: (index: number, name: string) => new Headers(calls[index]?.init.headers).get(name) };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const failure = (promise: Promise<unknown>) => promise.then(() => expect.fail('no error'), (error: unknown) => error as ApiError);

describe('API client', () => {
  it('sends a fresh correlation id with every call', async () => {
    const test = client(json(200, { items: [] }), json(200, { items: [] }));
    const panel = new PanelApi(test.api);
    await panel.servers();
    await panel.servers();
    expect([test.header(0, 'X-Correlation-Id'), test.header(1, 'X-Correlation-Id')]).toEqual(['id-1', 'id-2']);
  });

  it('sends the CSRF token with what changes something, and only then', async () => {
    const test = client(json(200, { items: [] }));
    test.api.useCsrfToken('secret');
    const panel = new PanelApi(test.api);
    await panel.servers();
    await panel.power('u', 'start');
    await panel.deleteServer('u');
    expect([0, 1, 2].map((index) => test.header(index, 'X-Rookery-Csrf'))).toEqual([null, 'secret', 'secret']);
    expect(test.calls[1]?.init.body).toBe('{"action":"start"}');
  });

  it('fetches a new token and tries again when the old one is stale', async () => {
    const stale = json(403, { error: { code: 'csrf', message: 'stale' } });
    const test = client(stale, json(200, { csrfToken: 'new' }), new Response(null, { status: 202 }));
    test.api.useCsrfToken('old');
    await new PanelApi(test.api).power('u', 'stop');
    expect(test.calls.map((call) => call.url)).toEqual(['/api/servers/u/power', '/api/session', '/api/servers/u/power']);
    expect(test.header(2, 'X-Rookery-Csrf')).toBe('new');
  });

  it('sends an egg as it is, with its name', async () => {
    const test = client(json(201, { id: 1 }));
    const file = new File(['{}'], 'my egg.json');
    await new PanelApi(test.api).importEgg(file);
    expect(test.calls[0]?.url).toBe('/api/admin/eggs?fileName=my+egg.json');
    expect(test.calls[0]?.init.body).toBe(file);
  });

  it('reads the panel’s errors with fields and reference', async () => {
    const body = { error: { code: 'allocation_in_use', message: 'In use.', fields: { allocationId: 'In use.' }, correlationId: 'c1' } };
    const error = await failure(client(json(409, body)).api.request('POST', '/api/admin/servers'));
    expect(error).toMatchObject({ status: 409, code: 'allocation_in_use', correlationId: 'c1', fields: { allocationId: 'In use.' } });
  });

  it('keeps the reference of an answer that is not the panel’s', async () => {
    const error = await failure(client(new Response('<html>', { status: 502 })).api.request('GET', '/api/servers'));
    expect(error).toMatchObject({ status: 502, code: 'http_502', correlationId: 'id-1' });
  });

  it('says when the panel cannot be reached', async () => {
    const error = await failure(client(new TypeError('failed to fetch')).api.request('GET', '/api/servers'));
    expect(error).toMatchObject({ status: 0, code: 'network', unreachable: true, correlationId: 'id-1' });
  });

  it('does not take a page of HTML for an answer', async () => {
    const error = await failure(client(new Response('<html>')).api.request('GET', '/api/servers'));
    expect(error.code).toBe('not_json');
  });

  it('tells when the session has ended, but not when a password was wrong', async () => {
    const test = client(
      json(401, { error: { code: 'invalid_credentials', message: '' } }),
      json(401, { error: { code: 'not_authenticated', message: '' } }),
    );
    let told = 0;
    test.api.onSessionGone(() => told++);
    await failure(test.api.request('POST', '/api/session'));
    expect(told).toBe(0);
    await failure(test.api.request('GET', '/api/servers'));
    expect(told).toBe(1);
  });
});

describe('error descriptions', () => {
  const t = translator('en');

  it('translate known codes and keep what only the panel knows', () => {
    const described = describeError(new ApiError(503, 'node_unavailable', 'connect timed out'), t);
    expect(described.summary).toContain('cannot be reached');
    expect(described.detail).toBe('connect timed out');
  });

  it('fall back to the panel’s words, then to the status', () => {
    expect(describeError(new ApiError(409, 'brand_new', 'It is so.'), t).summary).toBe('It is so.');
    expect(describeError(new ApiError(502, 'http_502', ''), t).summary).toContain('502');
  });

  it('say how long to wait', () => {
    const error = new ApiError(429, 'too_many_attempts', '', { retryAfterSeconds: 95 });
    expect(describeError(error, t).summary).toContain('1 min 35 s');
  });

  it('say a mistake in a form once, at its field', () => {
    const error = new ApiError(422, 'validation', 'name: missing', { fields: { name: 'missing' } });
    expect(describeError(error, t)).toMatchObject({ detail: null, places: [['name', 'missing']] });
    expect(fieldProblems(error, t)).toEqual({ name: 'missing' });
  });

  it('say where in an egg a mistake is', () => {
    const error = new ApiError(422, 'egg_wrong_type', 'a number (expected: a text)', { fields: { egg: 'variables[2].name' } });
    expect(describeError(error, t)).toMatchObject({ detail: 'a number (expected: a text)', places: [['variables[2].name', '']] });
  });

  it('explain a field by the code where its value is only data', () => {
    const error = new ApiError(409, 'allocation_in_use', 'allocation 5 is in use', { fields: { allocationId: '5' } });
    expect(fieldProblems(error, t)['allocationId']).toContain('Choose another one');
    expect(describeError(error, t).places).toEqual([]);
  });

  it('work for anything thrown', () => {
    expect(toApiError('odd').code).toBe('unexpected');
  });
});

describe('correlation ids', () => {
  it('are random, and fit for a header', () => {
    expect(newCorrelationId()).toMatch(/^[0-9a-f]{16}$/);
    expect(newCorrelationId()).not.toBe(newCorrelationId());
  });
});
