import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { de } from '../src/i18n/de';
import { en } from '../src/i18n/en';
import { pickLanguage, translator } from '../src/i18n/translate';

const SOURCE = join(import.meta.dirname, '../src');
const names = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  it('use the same names in each message', () => {
    for (const [key, message] of Object.entries(en)) {
      expect([key, names(de[key as keyof typeof en])]).toEqual([key, names(message)]);
    }
  });

  it('leave no message empty', () => {
    for (const catalogue of [en, de]) {
      for (const [key, message] of Object.entries(catalogue)) expect(message.trim(), key).not.toBe('');
    }
  });

  it('have both forms of each message that counts', () => {
    for (const key of Object.keys(en).filter((name) => name.endsWith('.other'))) {
      expect(Object.keys(en)).toContain(key.replace(/\.other$/, '.one'));
    }
  });

  it('hold no message that nothing uses', () => {
    const source = sourceFiles().map((file) => readFileSync(file, 'utf8')).join('\n');
    const composed = /^(error|state|theme|power|permission|feature|eggPart|eggEffect|eggSeverity|exposure|exposureText|actionType|actionText|pathKind|hostHeader|balancing|authKind|rateKey|protocol|l4Tls|severity|engineKind|proof|rawPoint|certificateState|domain[A-Z]\w*|cf[A-Z]\w*|plugin|subject|subjectChange|pluginText|tlsIssuer\w*)\./;
    const unused = Object.keys(en)
      .map((key) => key.replace(/\.(one|other)$/, ''))
      .filter((key) => !composed.test(key) && !source.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });
});

describe('translator', () => {
  it('puts values in', () => {
    expect(translator('en')('confirm.type', { text: 'Meadow' })).toBe('Type Meadow to confirm');
  });

  it('chooses the form by the number and writes it as the region does', () => {
    expect(translator('en').count('servers.count', 1)).toBe('1 server');
    expect(translator('de', ['de-DE']).count('servers.count', 1234)).toBe('1.234 Server');
  });

  it('finds messages of codes, and only of known ones', () => {
    expect(translator('en').find('error.forbidden')).toContain('not allowed');
    expect(translator('en').find('error.toString')).toBeUndefined();
    expect(translator('en').find('constructor')).toBeUndefined();
  });

  it('picks the first language on offer', () => {
    expect(pickLanguage([null, 'fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(pickLanguage(['fr'])).toBe('en');
  });
});

function sourceFiles(): string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/i18n\/(en|de)[.\w]*\.ts$/.test(file))
    .map((file) => join(SOURCE, file));
}
