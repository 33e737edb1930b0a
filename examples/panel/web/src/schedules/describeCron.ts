import type { Translator } from '../i18n/translate';

const MOST_TIMES = 6;
/** A Sunday in June and the first of January: dates whose names are those of weekdays and months. */
const A_SUNDAY = Date.UTC(2026, 5, 7);
const DAY_MILLIS = 86_400_000;

/** What a cron expression says, in words; nothing where words would be longer than the expression. */
export function describeCron(cron: string, t: Translator): string | undefined {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const parts = [timeOf(minute, hour, t), daysOf(day, weekday, t), monthsOf(month, t)];
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.filter((part) => part !== '').join(', ');
}

function timeOf(minute: string, hour: string, t: Translator): string | undefined {
  const everyMinutes = stepOf(minute);
  if (hour === '*' && minute === '*') return t('cron.everyMinute');
  if (hour === '*' && everyMinutes) return t.count('cron.everyMinutes', everyMinutes);
  const minutes = numbersOf(minute, 0, 59);
  if (!minutes) return undefined;
  const past = listOf(minutes.map(String), t);
  const everyHours = stepOf(hour);
  if (hour === '*') return t('cron.everyHour', { minute: past });
  if (everyHours) return t('cron.everyHours', { hours: everyHours, minute: past });
  const hours = numbersOf(hour, 0, 23);
  if (!hours || hours.length * minutes.length > MOST_TIMES) return undefined;
  const times = hours.flatMap((h) => minutes.map((m) => clock(h, m, t)));
  return t('cron.at', { times: listOf(times, t) });
}

function daysOf(day: string, weekday: string, t: Translator): string | undefined {
  const onWeekdays = weekday === '*' ? '' : weekdaysOf(weekday, t);
  const days = day === '*' ? [] : numbersOf(day, 1, 31);
  if (onWeekdays === undefined || !days) return undefined;
  const onDays = days.length > 0 ? t('cron.onDays', { days: listOf(days.map(String), t) }) : '';
  if (onDays !== '' && onWeekdays !== '') return t('cron.either', { days: onDays, weekdays: onWeekdays });
  return onDays + onWeekdays || t('cron.everyDay');
}

function weekdaysOf(field: string, t: Translator): string | undefined {
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  const format = new Intl.DateTimeFormat(t.locale, { weekday: 'long', timeZone: 'UTC' });
  return named(field, names, 0, 7, (value) => format.format(A_SUNDAY + (value % 7) * DAY_MILLIS), t);
}

function monthsOf(field: string, t: Translator): string | undefined {
  if (field === '*') return '';
  const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  const format = new Intl.DateTimeFormat(t.locale, { month: 'long', timeZone: 'UTC' });
  const months = named(field, names, 1, 12, (value) => format.format(Date.UTC(2026, value - 1, 1)), t);
  return months === undefined ? undefined : t('cron.inMonths', { months });
}

/** Values and ranges by their names: `mon-fri,0` is “Monday to Friday and Sunday”. */
function named(
  field: string,
  names: readonly string[],
  min: number,
  max: number,
  nameOf: (value: number) => string,
  t: Translator,
): string | undefined {
  const texts: string[] = [];
  for (const part of field.toLowerCase().split(',')) {
    const ends = part.split('-').map((text) => valueOf(text, names, min));
    if (ends.length > 2 || ends.some((end) => end === undefined || end < min || end > max)) return undefined;
    const [from = min, to] = ends;
    texts.push(to === undefined ? nameOf(from) : t('cron.range', { from: nameOf(from), to: nameOf(to) }));
  }
  return listOf(texts, t);
}

function valueOf(text: string, names: readonly string[], min: number): number | undefined {
  const named = names.indexOf(text);
  if (named >= 0) return named + min;
  return /^\d{1,2}$/.test(text) ? Number(text) : undefined;
}

/** The values of a list of numbers; nothing for anything else, or beyond what the field may have. */
function numbersOf(field: string, min: number, max: number): number[] | undefined {
  if (!/^\d{1,2}(,\d{1,2})*$/.test(field)) return undefined;
  const numbers = field.split(',').map(Number);
  return numbers.every((number) => number >= min && number <= max) ? numbers : undefined;
}

function stepOf(field: string): number | undefined {
  const step = Number(/^\*\/(\d{1,2})$/.exec(field)?.[1]);
  return step > 0 ? step : undefined;
}

function clock(hour: number, minute: number, t: Translator): string {
  const format = new Intl.DateTimeFormat(t.locale, { timeStyle: 'short', timeZone: 'UTC' });
  return format.format(Date.UTC(2026, 0, 1, hour, minute));
}

function listOf(texts: readonly string[], t: Translator): string {
  return new Intl.ListFormat(t.locale, { type: 'conjunction' }).format(texts);
}
