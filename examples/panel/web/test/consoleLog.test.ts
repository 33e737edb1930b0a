import { describe, expect, it } from 'vitest';
import { plainText, styledText } from '../src/console/ansi';
import { plainLine, terminalLine } from '../src/console/entryText';
import { ConsoleLog } from '../src/console/log';
import { translator } from '../src/i18n/translate';

const now = (flush: () => void) => flush();
const lines = (log: ConsoleLog) => log.entries.map((entry) => plainLine(entry, translator('en')));
const output = (number: number | null, line = `line ${number}`) => ({ type: 'output', line, number }) as const;

describe('console log', () => {
  it('keeps lines in order and knows the last number', () => {
    const log = new ConsoleLog(100, now);
    [1, 2, 3].forEach((number) => log.accept(output(number)));
    expect(lines(log)).toEqual(['line 1', 'line 2', 'line 3']);
    expect(log.resume()).toBe(3);
  });

  it('drops lines that a resumed connection repeats', () => {
    const log = new ConsoleLog(100, now);
    [1, 2, 2, 1, 3].forEach((number) => log.accept(output(number)));
    expect(lines(log)).toEqual(['line 1', 'line 2', 'line 3']);
  });

  it('shows a gap once and resumes after it', () => {
    const log = new ConsoleLog(100, now);
    log.accept(output(4));
    log.accept({ type: 'gap', from: 5, to: 9 });
    log.accept({ type: 'gap', from: 5, to: 9 });
    expect(lines(log)).toEqual(['line 4', '— 5 lines are missing here —']);
    expect(log.lastNumber).toBe(9);
  });

  it('joins gaps that follow each other and cuts what was seen', () => {
    const log = new ConsoleLog(100, now);
    log.accept(output(4));
    log.accept({ type: 'gap', from: 3, to: 6 });
    log.accept({ type: 'gap', from: 7, to: 7 });
    expect(lines(log)).toEqual(['line 4', '— 3 lines are missing here —']);
  });

  it('knows what came since the server last began to start', () => {
    const log = new ConsoleLog(100, now);
    log.accept(output(1));
    expect(log.sinceStart).toHaveLength(1);
    log.accept({ type: 'status', state: 'starting' });
    log.accept(output(2));
    log.accept({ type: 'status', state: 'offline' });
    expect(log.sinceStart.map(({ id }) => id)).toEqual([log.newestId]);
  });

  it('starts over when lines without numbers are sent again', () => {
    const log = new ConsoleLog(100, now);
    log.accept(output(null, 'old'));
    expect(log.resume()).toBeNull();
    log.accept(output(null, 'old'));
    expect(lines(log)).toEqual(['old']);
    expect(log.generation).toBe(1);
  });

  it('keeps the daemon’s and the installation’s own lines', () => {
    const log = new ConsoleLog(100, now);
    log.accept({ type: 'install', phase: 'started' });
    log.accept({ type: 'install-output', line: 'Unpacking' });
    log.accept({ type: 'daemon', text: 'Starting' });
    log.accept({ type: 'error', text: 'No space' });
    expect(lines(log)).toEqual(['— Installation started —', 'Unpacking', '[node] Starting', '[error] No space']);
  });

  it('is bounded, and forgets the oldest', () => {
    const log = new ConsoleLog(10, now);
    for (let number = 1; number <= 1000; number++) log.accept(output(number));
    expect(log.entries.length).toBeLessThanOrEqual(12);
    expect(lines(log).at(-1)).toBe('line 1000');
  });

  it('keeps its place after it was cleared', () => {
    const log = new ConsoleLog(10, now);
    log.accept(output(7));
    log.clear();
    expect(lines(log)).toEqual([]);
    expect(log.resume()).toBe(7);
  });

  it('tells its listeners once for many lines', async () => {
    const log = new ConsoleLog();
    let told = 0;
    log.subscribe(() => told++);
    for (let number = 1; number <= 50; number++) log.accept(output(number));
    await Promise.resolve();
    expect(told).toBe(1);
  });

  it('ignores frames of a later version', () => {
    const log = new ConsoleLog(10, now);
    log.accept({ type: 'weather', sunny: true } as never);
    expect(lines(log)).toEqual([]);
  });
});

describe('lines of strangers', () => {
  it('keep their colours in the terminal', () => {
    expect(styledText('\u001b[1;32mok\u001b[0m')).toBe('\u001b[1;32mok\u001b[0m');
  });

  it('cannot move the cursor, clear the screen, set the title or reach the clipboard', () => {
    expect(styledText('a\u001b[2J\u001b[H\u001b]0;title\u0007\u001b]52;c;aGk=\u0007\u001bcb\r\u0007')).toBe('acb');
  });

  it('lose every escape sequence as text', () => {
    expect(plainText('\u001b[33mWARN\u001b[0m\u001b]0;x\u001b\\ tab\there\r')).toBe('WARN tab\there');
  });

  it('end with their colours switched off', () => {
    const entry = { id: 1, kind: 'output', text: '\u001b[31mred', number: 1 } as const;
    expect(terminalLine(entry, translator('en')).endsWith('\u001b[0m')).toBe(true);
  });
});
