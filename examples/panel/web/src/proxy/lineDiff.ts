/** A line of a text that is compared with another one. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Its number before and after; null where it is not. */
  before: number | null;
  after: number | null;
}

/** Lines that belong together, or how many equal ones were left out between such. */
export type DiffPart = { kind: 'lines'; lines: DiffLine[] } | { kind: 'gap'; count: number };

/** Beyond this many changes the shortest way is not looked for any more: all that differs is removed and added. */
const MOST_CHANGES = 1_000;

/** The lines of both texts in one list, by a shortest way from the one to the other (Myers). */
export function diffLines(before: string, after: string): DiffLine[] {
  const left = before === '' ? [] : before.split('\n');
  const right = after === '' ? [] : after.split('\n');
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  const ops = [
    ...Array.from({ length: start }, () => 'same' as const),
    ...shortest(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...Array.from({ length: end }, () => 'same' as const),
  ];
  return numbered(ops, left, right);
}

function numbered(ops: readonly DiffLine['kind'][], left: readonly string[], right: readonly string[]): DiffLine[] {
  let before = 0;
  let after = 0;
  return ops.map((kind) => {
    const text = (kind === 'added' ? right[after] : left[before]) ?? '';
    if (kind !== 'added') before++;
    if (kind !== 'removed') after++;
    return { kind, text, before: kind === 'added' ? null : before, after: kind === 'removed' ? null : after };
  });
}

function shortest(left: readonly string[], right: readonly string[]): DiffLine['kind'][] {
  const trace = search(left, right);
  if (!trace) return [...left.map(() => 'removed' as const), ...right.map(() => 'added' as const)];
  const ops: DiffLine['kind'][] = [];
  let x = left.length;
  let y = right.length;
  for (let d = trace.length - 1; d > 0; d--) {
    const reached = trace[d - 1] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
    const fromX = reached.get(down ? k + 1 : k - 1) ?? 0;
    const fromY = fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      ops.push('same');
      x--;
      y--;
    }
    if (down) {
      ops.push('added');
      y--;
    } else {
      ops.push('removed');
      x--;
    }
  }
  while (x > 0 && y > 0) {
    ops.push('same');
    x--;
    y--;
  }
  return ops.reverse();
}

/** How far each diagonal is reached with so many changes; null if there are too many. */
function search(left: readonly string[], right: readonly string[]): Map<number, number>[] | null {
  const trace: Map<number, number>[] = [];
  const most = Math.min(left.length + right.length, MOST_CHANGES);
  for (let d = 0; d <= most; d++) {
    const before = trace[d - 1] ?? new Map<number, number>([[1, 0]]);
    const reached = new Map<number, number>();
    trace.push(reached);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (before.get(k - 1) ?? -1) < (before.get(k + 1) ?? -1));
      let x = down ? (before.get(k + 1) ?? 0) : (before.get(k - 1) ?? 0) + 1;
      while (x < left.length && x - k < right.length && left[x] === right[x - k]) x++;
      reached.set(k, x);
      if (x >= left.length && x - k >= right.length) return trace;
    }
  }
  return null;
}

/** Leaves out equal lines that are further than some lines from any change. */
export function folded(lines: readonly DiffLine[], around = 3): DiffPart[] {
  const near = lines.map(() => false);
  lines.forEach(({ kind }, index) => {
    if (kind !== 'same') near.fill(true, Math.max(0, index - around), index + around + 1);
  });
  const parts: DiffPart[] = [];
  lines.forEach((line, index) => {
    const last = parts.at(-1);
    if (!near[index]) {
      if (last?.kind === 'gap') last.count++;
      else parts.push({ kind: 'gap', count: 1 });
    } else if (last?.kind === 'lines') last.lines.push(line);
    else parts.push({ kind: 'lines', lines: [line] });
  });
  return parts;
}

/** By how many blanks all lines that are shown are moved in: deep inside of a document nobody has to see that. */
export function commonIndent(parts: readonly DiffPart[]): number {
  const lines = parts.flatMap((part) => (part.kind === 'lines' ? part.lines : [])).filter(({ text }) => text.trim() !== '');
  return lines.length === 0 ? 0 : Math.min(...lines.map(({ text }) => text.length - text.trimStart().length));
}
