import { de } from './de';
import { en } from './en';

export type Language = 'en' | 'de';
export type MessageKey = keyof typeof en;
export type Catalogue = Readonly<Record<MessageKey, string>>;

/** The names between braces in a message. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** A message without names takes no values; one with names needs each of them. */
export type Values<Key extends MessageKey> = [Names<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Record<Names<(typeof en)[Key]>, string | number>];

/** Keys that exist as `<name>.one` and `<name>.other`. */
export type CountedKey = { [Key in MessageKey]: Key extends `${infer Name}.other` ? Name : never }[MessageKey];

export const catalogues: Readonly<Record<Language, Catalogue>> = { en, de };
export const languages: readonly Language[] = ['en', 'de'];

export interface Translator {
  readonly language: Language;
  /** The language as the reader's region writes numbers and times, such as `en-GB`. */
  readonly locale: string;
  <Key extends MessageKey>(key: Key, ...values: Values<Key>): string;
  /** A message that depends on a number; `{count}` is the number, written as the language writes it. */
  count(key: CountedKey, count: number): string;
  /** A message whose key is only known at run time, such as an error's code. */
  find(key: string): string | undefined;
}

export function translator(language: Language, wanted: readonly string[] = []): Translator {
  const catalogue = catalogues[language];
  const plural = new Intl.PluralRules(language);
  const locale = wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
  const numbers = new Intl.NumberFormat(locale);
  const translate = (key: MessageKey, values?: Record<string, string | number>) => fill(catalogue[key], values);
  return Object.assign(translate, {
    language,
    locale,
    count(key: CountedKey, count: number) {
      const form = plural.select(count) === 'one' ? 'one' : 'other';
      return fill(catalogue[`${key}.${form}` as MessageKey], { count: numbers.format(count) });
    },
    find(key: string) {
      return Object.hasOwn(catalogue, key) ? catalogue[key as MessageKey] : undefined;
    },
  }) as unknown as Translator;
}

/** Picks the first language on offer among the wanted ones: `de-AT` is met by `de`. */
export function pickLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const base = tag?.toLowerCase().split('-')[0];
    const match = languages.find((language) => language === base);
    if (match) return match;
  }
  return 'en';
}

function fill(message: string, values: Record<string, string | number> | undefined): string {
  if (!values) return message;
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
