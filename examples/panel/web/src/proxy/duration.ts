import type { Translator } from '../i18n/translate';

/** Times as the document writes them: `250ms`, `30s`, `5m`, `24h`. */
const DURATION = /^\d{1,15}(ns|ms|s|m|h)$/;

export function durationProblem(text: string, t: Translator): string | undefined {
  return DURATION.test(text.trim()) ? undefined : t('validation.duration');
}
