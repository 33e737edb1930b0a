import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Server, Usage } from '../src/api/types';
import { sparklinePath } from '../src/components/sparklinePath';
import { shownState, toneOf } from '../src/components/shownState';
import { emptyHistory, HISTORY_LIMIT, readHistory, remember, step } from '../src/console/commandHistory';
import { networkRate, pushUsage } from '../src/console/usageHistory';
import { readRules, variableProblem } from '../src/forms/eggRules';
import { allocationProblems, nodeProblems, numberProblem, portsProblem } from '../src/forms/validation';
import { formatAddress, formatBytes, formatDateTime, formatDuration, formatPercent } from '../src/i18n/format';
import { translator } from '../src/i18n/translate';
import { applyEvent, applyToList } from '../src/live/serverEvents';
import { emptyServer, newServerProblems, toNewServer } from '../src/pages/admin/newServer';
import { allows, powerPossible } from '../src/servers/power';
import { safeReturnTo } from '../src/session/returnTo';

const t = translator('en');
const usage = (change: Partial<Usage> = {}): Usage => ({
  memoryBytes: 1,
  memoryLimitBytes: 2,
  cpuPercent: 3,
  diskBytes: 4,
  rxBytes: 0,
  txBytes: 0,
  uptimeMillis: 0,
  ...change,
});
const server = (change: Partial<Server> = {}) =>
  ({ uuid: 'a', status: 'ready', state: 'offline', node: { id: 1, name: 'n', reachable: true }, usage: null, ...change }) as Server;

describe('formats', () => {
  it('write sizes with three digits in the reader’s way', () => {
    expect([0, 1023, 1536, 734_003_200, 2 ** 50].map((bytes) => formatBytes(bytes, 'en'))).toEqual([
      '0 B',
      '1,023 B',
      '1.5 KiB',
      '700 MiB',
      '1 PiB',
    ]);
    expect(formatBytes(1536, 'de')).toBe('1,5 KiB');
  });

  it('write shares, durations, addresses', () => {
    expect(formatPercent(12.345, 'en')).toBe('12.3%');
    expect(formatPercent(212.6, 'en')).toBe('213%');
    expect([5_000, 65_000, 3_700_000, 93_784_000].map((millis) => formatDuration(millis, t))).toEqual([
      '5 s',
      '1 min 5 s',
      '1 h 1 min',
      '1 d 2 h',
    ]);
    expect(formatAddress({ ip: '2001:db8::1', port: 25565 })).toBe('[2001:db8::1]:25565');
    expect(formatDateTime('not a date', 'en')).toBe('not a date');
  });
});

describe('command history', () => {
  it('walks back and forth and gives the draft back', () => {
    let history = remember(remember(emptyHistory, 'one'), 'two');
    const walk = (direction: -1 | 1, typed: string) => {
      const next = step(history, direction, typed);
      if (next) history = next.history;
      return next?.line;
    };
    expect([walk(-1, 'dra'), walk(-1, 'two'), walk(-1, 'one')]).toEqual(['two', 'one', undefined]);
    expect([walk(1, 'one'), walk(1, 'two'), walk(1, 'dra')]).toEqual(['two', 'dra', undefined]);
  });

  it('keeps a repeated command once, and a bounded number', () => {
    expect(remember(remember(emptyHistory, 'x'), 'x').commands).toEqual(['x']);
    let history = emptyHistory;
    for (let index = 0; index < HISTORY_LIMIT + 20; index++) history = remember(history, `c${index}`);
    expect(history.commands.length).toBe(HISTORY_LIMIT);
  });

  it('reads only what it wrote', () => {
    expect(readHistory('["a", 3, "b"]').commands).toEqual(['a', 'b']);
    expect(readHistory('{').commands).toEqual([]);
    expect(readHistory('{"a":1}').commands).toEqual([]);
  });
});

describe('usage', () => {
  it('keeps the newest samples', () => {
    let history: Usage[] = [];
    for (let index = 0; index < 10; index++) history = pushUsage(history, usage({ cpuPercent: index }), 4);
    expect(history.map((sample) => sample.cpuPercent)).toEqual([6, 7, 8, 9]);
  });

  it('derives rates, and none from a counter that went back', () => {
    expect(networkRate([usage(), usage({ rxBytes: 500, uptimeMillis: 500 })], 'rxBytes')).toBe(1000);
    expect(networkRate([usage({ rxBytes: 500 }), usage({ uptimeMillis: 500 })], 'rxBytes')).toBe(0);
    expect(networkRate([], 'txBytes')).toBe(0);
  });

  it('draws within its frame', () => {
    expect(sparklinePath([], 1, 10, 100, 20).line).toBe('');
    const { line } = sparklinePath([0, 50, 500], 100, 3, 100, 20);
    expect(line).toBe('M0 19L50 10L100 1');
  });
});

describe('live servers', () => {
  const event = { uuid: 'a', state: 'running', status: 'ready', usage: null } as const;

  it('take an event, and keep their identity where nothing changed', () => {
    const servers = [server(), server({ uuid: 'b' })];
    const next = applyToList(servers, event);
    expect(next[0]?.state).toBe('running');
    expect(next[1]).toBe(servers[1]);
    expect(applyToList(next, event)).toBe(next);
  });

  it('ignore events about others', () => {
    const other = server({ uuid: 'b' });
    expect(applyEvent(other, event)).toBe(other);
  });

  it('show what the panel does before what the container does', () => {
    expect(shownState(server({ status: 'installing', state: 'running' }))).toBe('installing');
    expect(shownState(server({ node: { id: 1, name: 'n', reachable: false } }))).toBe('unreachable');
    expect(toneOf('install_failed')).toBe('bad');
  });
});

describe('power', () => {
  it('offers what makes sense', () => {
    const possible = (state: Server['state']) =>
      (['start', 'restart', 'stop', 'kill'] as const).filter((action) => powerPossible(server({ state }), action));
    expect(possible('offline')).toEqual(['start']);
    expect(possible('running')).toEqual(['restart', 'stop', 'kill']);
    expect(possible('stopping')).toEqual(['kill']);
    expect(powerPossible(server({ status: 'installing' }), 'start')).toBe(false);
  });

  it('follows the permissions of the protocol', () => {
    expect(allows(['*'], 'control.start')).toBe(true);
    expect(allows(['*'], 'admin.websocket.install')).toBe(false);
    expect(allows(['control.console'], 'control.stop')).toBe(false);
  });
});

describe('forms', () => {
  it('check addresses and ports', () => {
    expect(nodeProblems({ name: ' ', url: 'node:8080' }, t)).toEqual({ name: expect.any(String), url: expect.any(String) });
    expect(nodeProblems({ name: 'a', url: 'https://node.example.com:8080' }, t)).toEqual({});
    expect(portsProblem('25565-25570, 30000', t)).toBeUndefined();
    for (const ports of ['', '0', '70000', '20-10', '1,,2', 'x']) expect(portsProblem(ports, t), ports).toBeDefined();
    expect(allocationProblems({ ip: '300.0.0.1', ports: '1' }, t)).toHaveProperty('ip');
    expect(allocationProblems({ ip: '2001:db8::1', ports: '1' }, t)).toEqual({});
  });

  it('check whole numbers', () => {
    expect(numberProblem('12', 0, 20, t)).toBeUndefined();
    for (const text of ['', '1.5', '-1', '21', 'x']) expect(numberProblem(text, 0, 20, t), text).toBeDefined();
  });

  it('read the rules of a variable, as text or as a list', () => {
    expect(readRules('required|string|max:20')).toMatchObject({ required: true, kind: 'text', max: 20 });
    expect(readRules(['required', 'in:a,b'])).toMatchObject({ kind: 'choice', options: ['a', 'b'] });
    expect(readRules('nullable|integer|between:1,10')).toMatchObject({ required: false, kind: 'number', min: 1, max: 10 });
    expect(readRules('required|regex:/^(a|b)$/')).toMatchObject({ required: true, kind: 'text' });
    expect(readRules('boolean').kind).toBe('switch');
  });

  it('say what is wrong with a variable', () => {
    const problem = (value: string, rules: string) => variableProblem(value, readRules(rules), t);
    expect(problem('', 'required')).toBeDefined();
    expect(problem('', 'nullable|max:2')).toBeUndefined();
    expect(problem('abc', 'max:2')).toBe('At most 2 characters.');
    expect(problem('11', 'integer|max:10')).toBe('At most 10.');
    expect(problem('x', 'in:a,b')).toBe('Choose one of: a, b.');
  });
});

describe('new server', () => {
  const egg = {
    id: 7,
    images: { One: 'img:1' },
    startupCommands: { Default: 'run' },
    variables: [{ name: 'World', description: '', envVariable: 'WORLD', defaultValue: '', userViewable: true, userEditable: true, rules: 'required' }],
  } as never;
  const filled = { ...emptyServer('7'), name: ' Meadow ', nodeId: '1', allocationId: '3', image: 'img:1', startup: 'run' };

  it('names what is missing by the panel’s names of the fields', () => {
    expect(Object.keys(newServerProblems({ ...filled, name: '', memory: 'much' }, egg, t))).toEqual([
      'name',
      'limits.memoryMebibytes',
      'variables.WORLD',
    ]);
  });

  it('sends an untouched start command only if it is not the egg’s first', () => {
    const values = { ...filled, variables: { WORLD: 'w' } };
    const sent = toNewServer(values, egg, [{ id: 3, ip: '127.0.0.1', port: 1, server: null }]);
    expect(sent).toMatchObject({ name: 'Meadow', nodeId: 1, eggId: 7, allocationId: 3, variables: { WORLD: 'w' } });
    expect(sent).not.toHaveProperty('startup');
    expect(sent).not.toHaveProperty('description');
    expect(toNewServer({ ...values, startup: 'other' }, egg, []).startup).toBe('other');
  });
});

describe('return after the log-in', () => {
  it('stays within the panel', () => {
    expect(safeReturnTo('/servers/1?x=2')).toBe('/servers/1?x=2');
    for (const next of [null, '', 'https://evil.example', '//evil.example', '/\\evil.example', '/login', '/login?next=/']) {
      expect(safeReturnTo(next), String(next)).toBe('/');
    }
  });
});

describe('theme', () => {
  it('has the same dark values by choice and by preference', () => {
    const css = readFileSync(join(import.meta.dirname, '../src/theme/tokens.css'), 'utf8');
    const values = (selector: string) =>
      /\{([^}]*)\}/.exec(css.slice(css.indexOf(selector) + selector.length - 1))?.[1]?.match(/--[\w-]+:[^;]+/g);
    const chosen = values(":root[data-theme='dark'] {");
    expect(chosen?.length).toBeGreaterThan(20);
    expect(values(':root:not([data-theme]) {')).toEqual(chosen);
  });
});
