const DURATION = /^\d{1,15}(ns|ms|s|m|h)$/;

/** A number out of a field; what is none stays a text, so that the panel says what is wrong with it. */
export function numberOf(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : trimmed;
}

/** A time as it is shown: `300s` is written by the panel, `5m` is what people read. */
export function shownDuration(text: string): string {
  const match = /^(\d{1,12})s$/.exec(text);
  const seconds = Number(match?.[1]);
  if (!match || seconds === 0) return text;
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : text;
}

export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/** Names out of what somebody typed or pasted: one per line, or with commas or blanks between. */
export function tokensOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((token) => token !== '');
}


/** An id out of a name: what an id may not have becomes a hyphen. */
export function idOf(name: string, taken: (id: string) => boolean = () => false): string {
  const base =
    name
      .toLowerCase()
      .replace(/^\*\./, 'any-')
      .replace(/[^a-z0-9_]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 56)
      .replace(/-+$/, '') || 'route';
  for (let number = 2, id = base; ; number++) {
    if (!taken(id)) return id;
    id = `${base}-${number}`;
  }
}
