import type { ConsoleFrame } from '../api/types';

/** One line of a server's console as this page shows it. */
export type ConsoleEntry =
  | { id: number; kind: 'output'; text: string; number: number | null }
  | { id: number; kind: 'gap'; from: number; to: number }
  | { id: number; kind: 'install' | 'daemon' | 'error'; text: string }
  | { id: number; kind: 'install-phase'; phase: 'started' | 'completed' };

type WithoutId<Entry> = Entry extends unknown ? Omit<Entry, 'id'> : never;

export const CONSOLE_LIMIT = 5_000;

/**
 * The lines of one console, oldest first, bounded. Drops lines it has seen already (a resumed connection may repeat some) and
 * tells its listeners at most once per turn of the event loop.
 */
export class ConsoleLog {
  private readonly limit: number;
  private readonly defer: (flush: () => void) => void;
  private readonly listeners = new Set<() => void>();
  private lines: ConsoleEntry[] = [];
  private nextId = 1;
  private last: number | null = null;
  private flushing = false;
  /** Grows whenever the log is emptied, so that a terminal knows to start over. */
  private generationNumber = 0;
  private startedAt = 0;

  constructor(limit = CONSOLE_LIMIT, defer: (flush: () => void) => void = (flush) => queueMicrotask(flush)) {
    this.limit = limit;
    this.defer = defer;
  }

  get entries(): readonly ConsoleEntry[] {
    return this.lines;
  }

  get generation(): number {
    return this.generationNumber;
  }

  /** The entries since the server last began to start; all of them, if that was before this page was opened. */
  get sinceStart(): readonly ConsoleEntry[] {
    return this.lines.filter((entry) => entry.id >= this.startedAt);
  }

  /** The id of the newest entry; 0 before the first. */
  get newestId(): number {
    return this.nextId - 1;
  }

  /** The number to resume after, or null if no line had a number. */
  get lastNumber(): number | null {
    return this.last;
  }

  accept(frame: ConsoleFrame): void {
    switch (frame.type) {
      case 'output':
        return this.output(frame.line, frame.number ?? null);
      case 'gap':
        return this.gap(frame.from, frame.to);
      case 'install-output':
        return this.add({ kind: 'install', text: frame.line });
      case 'install':
        return this.add({ kind: 'install-phase', phase: frame.phase });
      case 'daemon':
        return this.add({ kind: 'daemon', text: frame.text });
      case 'error':
        return this.add({ kind: 'error', text: frame.text });
      case 'status':
        if (frame.state === 'starting') this.startedAt = this.nextId;
        return undefined;
      default:
        return undefined;
    }
  }

  /** Empties the view. Lines that come later are still resumed from the right number. */
  clear(): void {
    this.lines = [];
    this.generationNumber++;
    this.changed();
  }

  /**
   * Prepares for a new connection. A node that numbers its lines is resumed; one that does not sends its history again, so what
   * is shown would be there twice.
   */
  resume(): number | null {
    if (this.last === null && this.lines.length > 0) this.clear();
    return this.last;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private output(text: string, number: number | null): void {
    if (number !== null) {
      if (this.last !== null && number <= this.last) return;
      this.last = number;
    }
    this.add({ kind: 'output', text, number });
  }

  private gap(from: number, to: number): void {
    const first = this.last === null ? from : Math.max(from, this.last + 1);
    if (to < first) return;
    this.last = to;
    const previous = this.lines.at(-1);
    if (previous?.kind === 'gap' && previous.to + 1 === first) {
      this.lines.pop();
      this.add({ kind: 'gap', from: previous.from, to });
      return;
    }
    this.add({ kind: 'gap', from: first, to });
  }

  private add(entry: WithoutId<ConsoleEntry>): void {
    this.lines.push({ ...entry, id: this.nextId++ } as ConsoleEntry);
    // Trimmed in bulk: shifting an array of thousands for each line would be felt.
    if (this.lines.length > this.limit * 1.2) this.lines = this.lines.slice(-this.limit);
    this.changed();
  }

  private changed(): void {
    if (this.flushing) return;
    this.flushing = true;
    this.defer(() => {
      this.flushing = false;
      // A new array, so that whoever compares by identity sees the change.
      this.lines = this.lines.slice();
      this.listeners.forEach((listener) => listener());
    });
  }
}
