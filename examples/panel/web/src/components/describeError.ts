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
  'node_name_in_use',
  'server_name_in_use',
]);

export interface ErrorDescription {
  summary: string;
  /** The panel's own words, in English, where they say more than the summary. */
  detail: string | null;
  /** What is wrong where, for errors about a document or a form. */
  places: [string, string][];
}

export function describeError(error: ApiError, t: Translator): ErrorDescription {
  const places = placesOf(error);
  if (error.code === 'too_many_attempts' && error.retryAfterSeconds !== null) {
    const wait = formatDuration(error.retryAfterSeconds * 1000, t);
    return { summary: t('error.too_many_attempts.wait', { wait }), detail: null, places: [] };
  }
  const known = t.find(`error.${error.code}`);
  if (known !== undefined) {
    const said = places.some(([, message]) => message !== '' && error.message.includes(message));
    const detail = COMPLETE.has(error.code) || said || error.message === '' ? null : error.message;
    return { summary: known, detail, places };
  }
  if (error.message !== '') return { summary: error.message, detail: null, places };
  return { summary: t('error.status', { status: error.status }), detail: null, places };
}

/** What to show at each field of a form: the panel's words about it, or what the error's code means. */
export function fieldProblems(error: ApiError, t: Translator): Record<string, string> {
  if (error.code === 'validation') return { ...error.fields };
  const meaning = t.find(`error.${error.code}`) ?? error.message;
  return Object.fromEntries(Object.keys(error.fields).map((field) => [field, meaning]));
}

/** Fields of other errors name what they are about, such as a server's identifier: data, not words. */
function placesOf(error: ApiError): [string, string][] {
  if (error.code === 'validation') return Object.entries(error.fields);
  const place = error.code.startsWith('egg_') ? error.fields['egg'] : undefined;
  return place ? [[place, '']] : [];
}
