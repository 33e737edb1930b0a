import type { Translator } from '../i18n/translate';
import type { Problems } from './useForm';

const NAME_MAX = 191;

/** What is wrong with a name, or nothing. */
export function nameProblem(name: string, t: Translator): string | undefined {
  if (name.trim() === '') return t('validation.required');
  return name.trim().length > NAME_MAX ? t('validation.tooLong', { max: NAME_MAX }) : undefined;
}

export function nodeProblems(values: { name: string; url: string }, t: Translator): Problems {
  return present({
    name: nameProblem(values.name, t),
    url: isHttpUrl(values.url.trim()) ? undefined : t('validation.url'),
  });
}

/** `25565`, `25565-25570`, and lists of both. */
export function portsProblem(ports: string, t: Translator): string | undefined {
  const parts = ports.split(',').map((part) => part.trim());
  if (parts.some((part) => part === '')) return t('validation.ports');
  for (const part of parts) {
    const match = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(part);
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (!match || from < 1 || to > 65_535 || from > to) return t('validation.portsPart', { part });
  }
  return undefined;
}

export function allocationProblems(values: { ip: string; ports: string }, t: Translator): Problems {
  return present({
    ip: isAddress(values.ip.trim()) ? undefined : t('validation.ip'),
    ports: portsProblem(values.ports, t),
  });
}

/** A whole number within bounds; anything else is said in one sentence. */
export function numberProblem(text: string, min: number, max: number, t: Translator): string | undefined {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
    return t('validation.number', { min, max });
  }
  return undefined;
}

export function present(problems: Record<string, string | undefined>): Problems {
  return Object.fromEntries(
    Object.entries(problems).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function isHttpUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
  } catch {
    return false;
  }
}

function isAddress(text: string): boolean {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return text.split('.').every((part) => Number(part) <= 255);
  return text.includes(':') && /^[0-9a-fA-F:.]+$/.test(text);
}
