import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../i18n/I18nProvider';
import { plainLine } from './entryText';
import type { ConsoleEntry } from './log';

/** How many lines the text view renders. The terminal holds all of them. */
const SHOWN = 1_000;

/** The console as plain text: selectable, searchable in the browser, read out by a screen reader as lines arrive. */
export function TextLog({ entries }: { entries: readonly ConsoleEntry[] }) {
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    if (frame.current && atEnd.current) frame.current.scrollTop = frame.current.scrollHeight;
  }, [entries]);
  return (
    <div
      ref={frame}
      className="text-log"
      role="log"
      aria-live="polite"
      aria-label={t('console.textLog')}
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
      }}
    >
      {entries.slice(-SHOWN).map((entry) => (
        <div key={entry.id} className={`text-log__line text-log__line--${entry.kind}`}>
          {plainLine(entry, t) || '\u00a0'}
        </div>
      ))}
    </div>
  );
}

const ANNOUNCED = 5;
const ANNOUNCE_MILLIS = 1_500;

/**
 * Reads new lines out while the terminal is shown, which a screen reader cannot follow. A flood is cut: the newest few lines, at
 * most once in a while.
 */
export function Announcer({ entries }: { entries: readonly ConsoleEntry[] }) {
  const t = useT();
  const [said, setSaid] = useState<readonly ConsoleEntry[]>([]);
  // Lines that were there when the page opened are history, not news.
  const lastId = useRef<number | null>(null);
  const newest = useRef(entries);
  newest.current = entries;
  useEffect(() => {
    const timer = setInterval(() => {
      const last = newest.current.at(-1)?.id ?? 0;
      const before = lastId.current ?? last;
      lastId.current = last;
      if (last > before) setSaid(newest.current.filter((entry) => entry.id > before).slice(-ANNOUNCED));
    }, ANNOUNCE_MILLIS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-label={t('console.announcements')}>
      {said.map((entry) => (
        <p key={entry.id}>{plainLine(entry, t)}</p>
      ))}
    </div>
  );
}
