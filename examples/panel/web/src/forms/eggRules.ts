import type { Translator } from '../i18n/translate';

/** The part of a variable's rules that a form can use. The panel checks all of them. */
export interface VariableRules {
  required: boolean;
  kind: 'text' | 'number' | 'switch' | 'choice';
  options: readonly string[];
  min: number | null;
  max: number | null;
}

/** Reads rules such as `required|string|max:20` or `required|in:a,b`. What it does not know it leaves to the panel. */
export function readRules(rules: string | readonly string[]): VariableRules {
  const parts = (typeof rules === 'string' ? splitRules(rules) : rules).map((rule) => rule.trim());
  const names = parts.map((rule) => rule.split(':', 1)[0] ?? '');
  const argument = (name: string) => parts.find((rule) => rule.startsWith(`${name}:`))?.slice(name.length + 1);
  const options = argument('in')?.split(',').map((option) => option.trim()) ?? [];
  const between = argument('between')?.split(',').map(Number);
  const numeric = names.some((name) => name === 'numeric' || name === 'integer' || name === 'int');
  return {
    required: names.includes('required') && !names.includes('nullable'),
    kind: options.length > 0 ? 'choice' : names.includes('boolean') ? 'switch' : numeric ? 'number' : 'text',
    options,
    min: finite(between?.[0] ?? argument('min')),
    max: finite(between?.[1] ?? argument('max')),
  };
}

/** What is wrong with a value under the rules, or nothing. */
export function variableProblem(value: string, rules: VariableRules, t: Translator): string | undefined {
  if (value === '') return rules.required ? t('validation.required') : undefined;
  if (rules.kind === 'choice' && !rules.options.includes(value)) {
    return t('validation.choice', { options: rules.options.join(', ') });
  }
  return rules.kind === 'number' ? outOfRange(Number(value), rules, t) : wrongLength(value.length, rules, t);
}

function outOfRange(value: number, { min, max }: VariableRules, t: Translator): string | undefined {
  if (Number.isNaN(value)) return t('validation.notNumber');
  if (min !== null && value < min) return t('validation.min', { min });
  return max !== null && value > max ? t('validation.max', { max }) : undefined;
}

function wrongLength(length: number, { kind, min, max }: VariableRules, t: Translator): string | undefined {
  if (kind !== 'text') return undefined;
  if (min !== null && length < min) return t('validation.tooShort', { min });
  return max !== null && length > max ? t('validation.tooLong', { max }) : undefined;
}

/** Splits at bars, but not inside a regular expression, which may hold some: it is always the last rule. */
function splitRules(rules: string): string[] {
  const regex = rules.search(/(^|\|)(not_)?regex:/);
  return regex < 0 ? rules.split('|') : rules.slice(0, regex).split('|').filter(Boolean);
}

function finite(value: string | number | undefined): number | null {
  const number = Number(value);
  return value === undefined || Number.isNaN(number) ? null : number;
}
