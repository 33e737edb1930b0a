import type { ApiError } from '../api/errors';
import { formatDuration } from '../i18n/format';
import type { Translator } from '../i18n/translate';

/** Codes whose translation says everything; the panel's English text would only repeat it. */
const COMPLETE = new Set([
  'invalid_credentials',
  'too_many_attempts',
  'not_authenticated',
  'forbidden',
  'csrf',
  'network',
  'timeout',
  'internal',
  'not_found',
]);

export interface ErrorDescription {
  summary: string;
  /** The panel's own words, in English, where they say more than the summary. */
  detail: string | null;
  /** What is wrong where, for errors about a document or a form. */
  places: [string, string][];
}

export function describeError(error: ApiError, t: Translator): ErrorDescription {
  const places = Object.entries(error.fields);
  if (error.code === 'too_many_attempts' && error.retryAfterSeconds !== null) {
    const wait = formatDuration(error.retryAfterSeconds * 1000, t);
    return { summary: t('error.too_many_attempts.wait', { wait }), detail: null, places: [] };
  }
  const known = t.find(`error.${error.code}`);
  if (known !== undefined) {
    const said = places.some(([, message]) => error.message.includes(message));
    const detail = COMPLETE.has(error.code) || said || error.message === '' ? null : error.message;
    return { summary: known, detail, places };
  }
  if (error.message !== '') return { summary: error.message, detail: null, places };
  return { summary: t('error.status', { status: error.status }), detail: null, places };
}
