import { FitAddon } from '@xterm/addon-fit';
import { Terminal as XTerm } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useT } from '../i18n/I18nProvider';
import { terminalLine } from './entryText';
import { CONSOLE_LIMIT, type ConsoleEntry, type ConsoleLog } from './log';

/** The console as a terminal. It only shows: what is typed goes through the command field below it. */
export function Terminal({ log, entries }: { log: ConsoleLog; entries: readonly ConsoleEntry[] }) {
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const terminal = useRef<XTerm | null>(null);
  const written = useRef({ generation: -1, id: 0 });

  useEffect(() => {
    const host = frame.current;
    if (!host) return undefined;
    const xterm = new XTerm(options());
    const fit = new FitAddon();
    xterm.loadAddon(fit);
    xterm.open(host);
    // Tab has to leave the terminal, and nothing is typed into it.
    xterm.attachCustomKeyEventHandler(() => false);
    if (xterm.textarea) {
      xterm.textarea.tabIndex = -1;
      xterm.textarea.setAttribute('aria-hidden', 'true');
    }
    const resize = new ResizeObserver(() => fit.fit());
    resize.observe(host);
    fit.fit();
    terminal.current = xterm;
    written.current = { generation: -1, id: 0 };
    return () => {
      resize.disconnect();
      xterm.dispose();
      terminal.current = null;
    };
  }, []);

  useEffect(() => {
    const xterm = terminal.current;
    if (!xterm) return;
    if (written.current.generation !== log.generation) {
      xterm.reset();
      written.current = { generation: log.generation, id: 0 };
    }
    const from = written.current.id;
    const fresh = entries.filter((entry) => entry.id > from);
    if (fresh.length === 0) return;
    written.current.id = fresh.at(-1)?.id ?? from;
    xterm.write(fresh.map((entry) => `${terminalLine(entry, t)}\r\n`).join(''));
  }, [entries, log, t]);

  const scroll = (event: KeyboardEvent) => {
    const xterm = terminal.current;
    if (!xterm || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'PageUp') xterm.scrollPages(-1);
    else if (event.key === 'PageDown') xterm.scrollPages(1);
    else if (event.key === 'ArrowUp') xterm.scrollLines(-1);
    else if (event.key === 'ArrowDown') xterm.scrollLines(1);
    else if (event.key === 'Home') xterm.scrollToTop();
    else if (event.key === 'End') xterm.scrollToBottom();
    else return;
    event.preventDefault();
  };

  return (
    <div
      className="console-terminal"
      role="group"
      aria-label={t('console.terminal')}
      tabIndex={0}
      onKeyDown={scroll}
      onCopy={(event) => {
        const selected = terminal.current?.getSelection();
        if (!selected) return;
        event.clipboardData.setData('text/plain', selected);
        event.preventDefault();
      }}
    >
      <div className="console-terminal__host" ref={frame} />
    </div>
  );
}

function options() {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    disableStdin: true,
    cursorInactiveStyle: 'none' as const,
    cursorBlink: false,
    scrollback: CONSOLE_LIMIT,
    fontFamily: color('--font-mono'),
    fontSize: 13,
    lineHeight: 1.35,
    minimumContrastRatio: 4.5,
    theme: {
      background: color('--console-background'),
      foreground: color('--console-text'),
      cursor: color('--console-background'),
      selectionBackground: color('--console-selection'),
      black: '#3b4652',
      red: '#f2777a',
      green: '#7fd190',
      yellow: '#e8c268',
      blue: '#79b0f2',
      magenta: '#cf9df0',
      cyan: '#6fd0cf',
      white: '#d7dee6',
      brightBlack: '#8794a3',
      brightRed: '#ff9a9c',
      brightGreen: '#9ee6ad',
      brightYellow: '#f7d98c',
      brightBlue: '#9cc7fb',
      brightMagenta: '#e0bdf8',
      brightCyan: '#95e4e2',
      brightWhite: '#f4f7fa',
    },
  };
}
