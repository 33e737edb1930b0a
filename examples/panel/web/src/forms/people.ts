import type { Translator } from '../i18n/translate';

const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,62}[A-Za-z0-9]$/;
const PASSWORD_MIN = 10;
const PASSWORD_MAX = 256;

/** What is wrong with a user name, or nothing. */
export function usernameProblem(name: string, t: Translator): string | undefined {
  if (name.trim() === '') return t('validation.required');
  return USERNAME.test(name.trim()) ? undefined : t('validation.username');
}

/** What is wrong with a new password, or nothing. */
export function passwordProblem(password: string, t: Translator): string | undefined {
  if (password.length < PASSWORD_MIN) return t('validation.tooShort', { min: PASSWORD_MIN });
  return password.length > PASSWORD_MAX ? t('validation.tooLong', { max: PASSWORD_MAX }) : undefined;
}

/** A list with a name in it or not: as a new list, in the order of `all`. */
export function toggled(chosen: readonly string[], name: string, on: boolean, all: readonly string[]): string[] {
  return all.filter((candidate) => (candidate === name ? on : chosen.includes(candidate)));
}
