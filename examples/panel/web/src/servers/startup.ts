import type { ApiError } from '../api/errors';

/** The values that are not what they were. */
export function changedValues(before: Record<string, string>, now: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => before[name] !== value));
}

/** What the panel said about single variables. */
export function problemsOf(error: ApiError | null): Record<string, string> {
  const prefix = 'variables.';
  return Object.fromEntries(
    Object.entries(error?.fields ?? {})
      .filter(([field]) => field.startsWith(prefix))
      .map(([field, text]) => [field.slice(prefix.length), text]),
  );
}

/** What the console says when one of the features of an egg can help. Compared without regard to case. */
const PHRASES: Record<string, readonly string[]> = {
  eula: ['you need to agree to the eula'],
  java_version: [
    'unsupportedclassversionerror',
    'has been compiled by a more recent version of the java runtime',
    'requires running the server with java',
    'unsupported java detected',
    'unsupported major.minor version',
  ],
  steam_disk_space: ['steamcmd needs', 'not enough disk space', "error! app state is 0x202", '0x202 after update job'],
};

/** A feature that the console asks for, and the entry of the console that did. */
export interface Said {
  feature: string;
  id: number;
}

/** The feature that can help with one of these lines, the newest first; those that the egg does not have are left out. */
export function featureFor(lines: readonly { id: number; text: string }[], features: readonly string[]): Said | null {
  for (let index = lines.length - 1; index >= 0; index--) {
    const { id = 0, text = '' } = lines[index] ?? {};
    const lower = text.toLowerCase();
    const feature = features.find((one) => PHRASES[one]?.some((phrase) => lower.includes(phrase)));
    if (feature) return { feature, id };
  }
  return null;
}
