import { describe, expect, it } from 'vitest';
import type { DomainStage, DomainStageName, DomainStageState } from '../src/api/domains';
import { translator } from '../src/i18n/translate';
import { adviceKey, askAgainAfter, chosenName, domainState, hangingAt, nameProblem, problemsAtFields, steps, suffixOf, whereTo } from '../src/servers/domains';

const t = translator('en');
const stage = (name: DomainStageName, state: DomainStageState): DomainStage => ({ stage: name, state, said: '' });
const stages = (...states: DomainStageState[]): DomainStage[] =>
  (['saved', 'engine', 'cloud', 'reached'] as const).map((name, index) => stage(name, states[index] ?? 'PENDING'));

describe('stages of a domain', () => {
  it('come in their order, without those that are switched off', () => {
    const mixed = [stage('reached', 'PENDING'), stage('cloud', 'OFF'), stage('saved', 'DONE'), stage('engine', 'WAITING')];
    expect(steps({ stages: mixed }).map((step) => step.stage)).toEqual(['saved', 'engine', 'reached']);
  });

  it('hang at what failed, before anything that only waits', () => {
    expect(hangingAt({ stages: stages('DONE', 'WAITING', 'OFF', 'FAILED') })?.stage).toBe('reached');
    expect(hangingAt({ stages: stages('DONE', 'WAITING', 'OFF', 'PENDING') })?.stage).toBe('engine');
    expect(hangingAt({ stages: stages('DONE', 'DONE', 'OFF', 'DONE') })).toBeUndefined();
  });

  it('have one for a certificate between the proxy and the outside', () => {
    const waiting = [...stages('DONE', 'DONE', 'OFF', 'WAITING'), stage('certificate', 'FAILED')];
    expect(steps({ stages: waiting }).map((step) => step.stage)).toEqual(['saved', 'engine', 'certificate', 'reached']);
    expect(hangingAt({ stages: waiting })?.stage).toBe('certificate');
    expect(t.find(adviceKey(stage('certificate', 'FAILED')) ?? '')).toContain('port 80');
  });

  it('have one for the connector of a tunnel between Cloudflare and the outside', () => {
    const down = [...stages('DONE', 'DONE', 'DONE', 'DONE'), stage('tunnel', 'FAILED')];
    expect(steps({ stages: down }).map((step) => step.stage)).toEqual(['saved', 'engine', 'cloud', 'tunnel', 'reached']);
    expect(domainState({ enabled: true, stages: down })).toBe('broken');
    expect(t.find(adviceKey(stage('tunnel', 'FAILED')) ?? '')).toContain('connector');
  });

  it('make one word', () => {
    expect(domainState({ enabled: true, stages: stages('DONE', 'DONE', 'OFF', 'DONE') })).toBe('live');
    expect(domainState({ enabled: true, stages: stages('DONE', 'WAITING', 'OFF', 'PENDING') })).toBe('onItsWay');
    expect(domainState({ enabled: true, stages: stages('DONE', 'FAILED', 'OFF', 'PENDING') })).toBe('broken');
    expect(domainState({ enabled: false, stages: stages('DONE', 'OFF', 'OFF', 'OFF') })).toBe('off');
  });

  it('are asked about soon only while something changes by itself, and seldom if a name has to be asked for it', () => {
    const failed = { enabled: true, stages: stages('DONE', 'DONE', 'OFF', 'FAILED') };
    const unreached = { enabled: true, stages: stages('DONE', 'DONE', 'OFF', 'WAITING') };
    const applying = { enabled: true, stages: stages('DONE', 'WAITING', 'OFF', 'PENDING') };
    expect(askAgainAfter([failed, applying])).toBeLessThan(askAgainAfter([failed, unreached]));
    expect(askAgainAfter([unreached])).toBeLessThan(askAgainAfter([failed]));
  });

  it('have advice for each that can hang, in the catalogue', () => {
    for (const name of ['saved', 'engine', 'certificate', 'cloud', 'tunnel', 'reached'] as const) {
      for (const state of ['FAILED', 'WAITING'] as const) {
        expect(t.find(adviceKey({ stage: name, state }) ?? ''), `${name} ${state}`).toBeDefined();
      }
    }
    expect(adviceKey({ stage: 'reached', state: 'PENDING' })).toBeUndefined();
  });
});

describe('where a domain leads', () => {
  const at = (ip: string, port: number) => ({ ip, port, primary: false });

  it('is told by the number of the port', () => {
    expect(whereTo(at('10.20.0.2', 8100), [at('10.20.0.2', 8100), at('10.20.0.2', 8200)], t)).toBe('to port 8100');
    expect(whereTo({ port: 8100 }, [at('10.20.0.2', 8200)], t)).toBe('to port 8100');
  });

  it('is told by the address too where the number says nothing', () => {
    const ports = [at('10.20.0.2', 8100), at('fd00::2', 8100)];
    expect(whereTo(at('10.20.0.2', 8100), ports, t)).toBe('to 10.20.0.2:8100');
    expect(whereTo(at('fd00::2', 8100), ports, t)).toBe('to [fd00::2]:8100');
  });
});

describe('name of a new domain', () => {
  it('is the label before the offered suffix', () => {
    expect(suffixOf('*.play.example.net')).toBe('.play.example.net');
    expect(chosenName({ suffix: '.play.example.net', name: ' Map ' })).toBe('map.play.example.net');
    expect(chosenName({ suffix: '.play.example.net', name: ' ' })).toBe('');
    expect(chosenName({ suffix: '', name: 'Map.Example.net.' })).toBe('map.example.net');
  });

  it.each(['map', 'möwe', 'a1', 'x-2'])('may be %s', (name) => {
    expect(nameProblem({ suffix: '.play.example.net', name }, t)).toBeUndefined();
  });

  it.each([
    ['', 'This is needed.'],
    ['two.labels', 'One label'],
    ['-x', 'Letters'],
    ['a_b', 'Letters'],
    ['a b', 'Only the name'],
    ['https://map', 'Only the name'],
    ['x'.repeat(64), 'At most'],
    ['*', 'Letters'],
  ])('may not be “%s” below an offered one', (name, said) => {
    expect(nameProblem({ suffix: '.play.example.net', name }, t)).toContain(said);
  });

  it('is whole where there is no suffix, and may be a wildcard', () => {
    expect(nameProblem({ suffix: '', name: 'map' }, t)).toContain('whole name');
    expect(nameProblem({ suffix: '', name: 'map.example.net' }, t)).toBeUndefined();
    expect(nameProblem({ suffix: '', name: '*.example.net' }, t)).toBeUndefined();
    expect(nameProblem({ suffix: '', name: 'map.*.net' }, t)).toContain('Letters');
  });
});

describe('findings about a new domain', () => {
  const finding = (pointer: string, message: string, severity: 'ERROR' | 'WARNING' = 'ERROR') => ({ code: 'X', severity, pointer, message });

  it('are said at the field that led to them', () => {
    const { fields, others } = problemsAtFields([
      finding('/routes/7/domains/0', 'taken'),
      finding('/routes/7/action/upstreams/0/port', 'no port'),
      finding('/routes/7/exposure', 'no tunnel'),
      finding('/settings/httpPort', 'something else'),
      finding('/routes/7/domains/0', 'only a hint', 'WARNING'),
    ], t);
    expect(fields).toEqual({ name: 'taken', port: 'no port', exposure: 'no tunnel' });
    expect(others).toEqual(['something else']);
  });

  it('are said in words for people where there are some, once for each field', () => {
    const { fields, others } = problemsAtFields(
      [
        { ...finding('/routes/0/binding', "binding ''"), code: 'CLOUDFLARE_BINDING' },
        { ...finding('/settings/tunnelPort', 'a route by a tunnel'), code: 'TUNNEL_LISTENER' },
      ],
      t,
    );
    expect(fields['exposure']).toContain('Cloudflare account');
    expect(others).toEqual([]);
  });
});
