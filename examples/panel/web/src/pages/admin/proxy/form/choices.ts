import type { Translator } from '../../../../i18n/translate';

/** Choices whose words are in the catalogue under their own names. */
export function choicesOf(prefix: string, values: readonly string[], t: Translator): { value: string; label: string }[] {
  return values.map((value) => ({ value, label: t.find(`${prefix}.${value}`) ?? value }));
}

/** Choices that need no translation. */
export function plainChoices(values: readonly (string | number)[]): { value: string; label: string }[] {
  return values.map((value) => ({ value: String(value), label: String(value) }));
}

export const EXPOSURES = ['public', 'plain-http', 'tunnel', 'lan', 'tunnel-tcp', 'direct-dns'] as const;
export const ACTIONS = ['proxy', 'redirect', 'respond', 'files', 'reject'] as const;
export const SCHEMES = ['http', 'https', 'h2c', 'unix'] as const;
export const PATH_KINDS = ['prefix', 'exact', 'regex'] as const;
export const POLICIES = [
  'random', 'round-robin', 'weighted', 'least-connections', 'first', 'ip-hash', 'client-ip-hash', 'uri-hash', 'header', 'cookie', 'query',
  'random-choose',
] as const;
export const L4_POLICIES = ['round-robin', 'random', 'least-connections', 'first', 'ip-hash'] as const;
