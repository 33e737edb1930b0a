import { describe, expect, it } from 'vitest';
import { ApiError } from '../src/api/errors';
import { passwordProblem, toggled, usernameProblem } from '../src/forms/people';
import { translator } from '../src/i18n/translate';
import { inside, parentOf } from '../src/servers/paths';
import { changedValues, featureFor, problemsOf } from '../src/servers/startup';

const t = translator('en');

describe('names and passwords', () => {
  it('are refused as the panel refuses them', () => {
    for (const name of ['ab', '-abc', 'abc-', 'a b c', 'ä12', 'x'.repeat(65)]) expect(usernameProblem(name, t), name).toBeDefined();
    for (const name of ['abc', 'A.b-c_1', 'x'.repeat(64)]) expect(usernameProblem(name, t), name).toBeUndefined();
    expect(passwordProblem('123456789', t)).toContain('10');
    expect(passwordProblem('1234567890', t)).toBeUndefined();
    expect(passwordProblem('x'.repeat(257), t)).toBeDefined();
  });
});

describe('chosen permissions', () => {
  const all = ['file.read', 'file.update', 'control.start'];

  it('come and go one by one, in the order of the groups', () => {
    expect(toggled(['control.start'], 'file.read', true, all)).toEqual(['file.read', 'control.start']);
    expect(toggled(all, 'file.update', false, all)).toEqual(['file.read', 'control.start']);
  });
});

describe('paths', () => {
  it('go down and up again, but not above the root', () => {
    expect(inside('/', 'world')).toBe('/world');
    expect(inside('/world', 'level.dat')).toBe('/world/level.dat');
    expect(parentOf('/world/region')).toBe('/world');
    expect(parentOf('/world')).toBe('/');
    expect(parentOf('/')).toBe('/');
  });
});

describe('variables', () => {
  it('are sent only where they were changed', () => {
    expect(changedValues({ A: '1', B: '2' }, { A: '1', B: '3' })).toEqual({ B: '3' });
  });

  it('get the words that the panel has for them', () => {
    const error = new ApiError(422, 'validation', '', { fields: { 'variables.A': 'a whole number', image: 'x' } });
    expect(problemsOf(error)).toEqual({ A: 'a whole number' });
    expect(problemsOf(null)).toEqual({});
  });
});

describe('features', () => {
  const eula = '[Server thread/WARN]: You need to agree to the EULA in order to run the server. Go to eula.txt for more info.';
  const java = 'Error: java.lang.UnsupportedClassVersionError: net/minecraft/Main has been compiled by a more recent version';

  const said = (texts: string[], features: string[]) => featureFor(texts.map((text, id) => ({ id, text })), features);

  it('are found in what the console says', () => {
    expect(said(['hello', eula, 'bye'], ['eula', 'java_version'])).toEqual({ feature: 'eula', id: 1 });
    expect(said([java], ['eula', 'java_version'])?.feature).toBe('java_version');
    expect(said(['Error! App state is 0x202 after update job.'], ['steam_disk_space'])?.feature).toBe('steam_disk_space');
  });

  it('are those of the egg, and the last one that was said', () => {
    expect(said([eula], ['pid_limit'])).toBeNull();
    expect(said([eula, java], ['eula', 'java_version'])?.feature).toBe('java_version');
    expect(said(['Done (3.2s)!'], ['eula'])).toBeNull();
  });
});
