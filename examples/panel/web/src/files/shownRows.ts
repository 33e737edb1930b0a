/** The part of a long list that is drawn: what is seen, and some rows around it. */
export interface ShownRows {
  from: number;
  to: number;
}

const AROUND = 12;

export function shownRows(count: number, rowHeight: number, scrolled: number, height: number): ShownRows {
  const first = Math.floor(Math.max(0, scrolled) / rowHeight);
  const from = Math.max(0, Math.min(count, first - AROUND));
  const to = Math.min(count, first + Math.ceil(height / rowHeight) + AROUND);
  return { from, to: Math.max(from, to) };
}

/** How far a list has to be scrolled for a row to be seen whole below a head of the list. */
export function scrolledTo(row: number, rowHeight: number, head: number, scrolled: number, height: number): number {
  const top = row * rowHeight;
  if (top < scrolled) return top;
  const bottom = top + rowHeight + head - height;
  return bottom > scrolled ? bottom : scrolled;
}
