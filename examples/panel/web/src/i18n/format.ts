import type { Translator } from './translate';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `1536` becomes `1.5 KiB`, with the decimal sign of the language. */
export function formatBytes(bytes: number, language: string): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)} ${UNITS[unit]}`;
}

export function formatMebibytes(mebibytes: number, language: string): string {
  return formatBytes(mebibytes * 1024 * 1024, language);
}

/** A share of one core as the engine reports it: `12.345` becomes `12.3 %`. */
export function formatPercent(percent: number, language: string): string {
  const digits = percent >= 100 ? 0 : 1;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(percent / 100);
}

/** The two largest units of a duration: `3 d 4 h`. */
export function formatDuration(millis: number, t: Translator): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return t('duration.daysHours', { days, hours });
  if (hours > 0) return t('duration.hoursMinutes', { hours, minutes });
  if (minutes > 0) return t('duration.minutesSeconds', { minutes, seconds: seconds % 60 });
  return t('duration.seconds', { seconds });
}

export function formatDateTime(iso: string, language: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

export function formatTime(iso: string, language: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(date);
}

/** An address as players type it: IPv6 in brackets. */
export function formatAddress(allocation: { ip: string; port: number }): string {
  return allocation.ip.includes(':') ? `[${allocation.ip}]:${allocation.port}` : `${allocation.ip}:${allocation.port}`;
}
