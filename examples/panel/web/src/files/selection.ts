/** Which rows of a list are chosen, and on which one the keyboard is. Rows are known by their names, so that a list may be sorted anew. */
export interface Selection {
  chosen: ReadonlySet<string>;
  /** Where the keyboard is; none at first. */
  cursor: string | null;
  /** Where a range began. */
  anchor: string | null;
}

export interface Modifiers {
  shift: boolean;
  ctrl: boolean;
}

export const NOTHING_CHOSEN: Selection = { chosen: new Set(), cursor: null, anchor: null };

/** What a click on a row makes of a selection. */
export function clicked(selection: Selection, names: readonly string[], name: string, { shift, ctrl }: Modifiers): Selection {
  if (shift) return ranged(selection, names, name);
  if (ctrl) return toggled(selection, name);
  return { chosen: new Set([name]), cursor: name, anchor: name };
}

/** Chooses a row as well, or not any more. */
export function toggled(selection: Selection, name: string): Selection {
  const chosen = new Set(selection.chosen);
  if (!chosen.delete(name)) chosen.add(name);
  return { chosen, cursor: name, anchor: name };
}

/** Chooses all, or none if all are chosen. */
export function toggledAll(selection: Selection, names: readonly string[]): Selection {
  const all = names.length > 0 && names.every((name) => selection.chosen.has(name));
  return { ...selection, chosen: new Set(all ? [] : names) };
}

/** What a key makes of a selection; null if it means nothing here. `page` is how many rows are seen at once. */
export function keyed(
  selection: Selection,
  names: readonly string[],
  key: string,
  modifiers: Modifiers,
  page: number,
): Selection | null {
  if (key === ' ') return selection.cursor === null ? null : toggled(selection, selection.cursor);
  if (modifiers.ctrl && key.toLowerCase() === 'a') return { ...selection, chosen: new Set(names) };
  if (key === 'Escape') return selection.chosen.size === 0 ? null : { ...selection, chosen: new Set() };
  const target = moved(selection, names, key, page);
  if (target === undefined) return null;
  if (modifiers.shift) return ranged(selection, names, target);
  return { ...selection, cursor: target, anchor: target };
}

/** A selection without what is not there any more. */
export function present(selection: Selection, names: ReadonlySet<string>): Selection {
  const chosen = new Set([...selection.chosen].filter((name) => names.has(name)));
  const cursor = selection.cursor !== null && names.has(selection.cursor) ? selection.cursor : null;
  return chosen.size === selection.chosen.size && cursor === selection.cursor ? selection : { ...selection, chosen, cursor };
}

function moved({ cursor }: Selection, names: readonly string[], key: string, page: number): string | undefined {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -names.length,
    End: names.length,
  };
  const step = steps[key];
  if (step === undefined || names.length === 0) return undefined;
  const at = cursor === null ? -1 : names.indexOf(cursor);
  if (at < 0) return key === 'End' ? names.at(-1) : names[0];
  return names[Math.min(names.length - 1, Math.max(0, at + step))];
}

function ranged(selection: Selection, names: readonly string[], name: string): Selection {
  const anchor = selection.anchor ?? selection.cursor ?? name;
  const [from, to] = [names.indexOf(anchor), names.indexOf(name)].sort((one, other) => one - other);
  return { chosen: new Set(names.slice(Math.max(0, from ?? 0), (to ?? 0) + 1)), cursor: name, anchor };
}
