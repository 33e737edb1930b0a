/** The commands typed so far and where the arrow keys are in them. Immutable. */
export interface CommandHistory {
  readonly commands: readonly string[];
  /** Index into commands; one past the end is the line being typed. */
  readonly position: number;
  /** What was typed before the arrow keys were used. */
  readonly draft: string;
}

export const HISTORY_LIMIT = 100;

export const emptyHistory: CommandHistory = { commands: [], position: 0, draft: '' };

/** Remembers a sent command; the same one twice in a row is kept once. */
export function remember(history: CommandHistory, command: string): CommandHistory {
  const commands =
    history.commands.at(-1) === command ? history.commands : [...history.commands, command].slice(-HISTORY_LIMIT);
  return { commands, position: commands.length, draft: '' };
}

/** Steps to the older (-1) or newer (+1) command. Returns the line to show, or null if there is none further. */
export function step(
  history: CommandHistory,
  direction: -1 | 1,
  typed: string,
): { history: CommandHistory; line: string } | null {
  const position = history.position + direction;
  if (position < 0 || position > history.commands.length) return null;
  const draft = history.position === history.commands.length ? typed : history.draft;
  const line = position === history.commands.length ? draft : (history.commands[position] ?? '');
  return { history: { ...history, position, draft }, line };
}

/** Reads a stored list of commands; anything else is an empty one. */
export function readHistory(stored: string | null): CommandHistory {
  try {
    const commands = JSON.parse(stored ?? '[]') as unknown;
    if (!Array.isArray(commands)) return emptyHistory;
    const lines = commands.filter((line): line is string => typeof line === 'string').slice(-HISTORY_LIMIT);
    return { commands: lines, position: lines.length, draft: '' };
  } catch {
    return emptyHistory;
  }
}
