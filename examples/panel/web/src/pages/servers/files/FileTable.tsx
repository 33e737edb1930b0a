import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Server } from '../../../api';
import type { FileEntry } from '../../../api/files';
import type { SortKey, Sorting } from '../../../files/entries';
import { clicked, keyed, toggled, toggledAll, type Modifiers, type Selection } from '../../../files/selection';
import { scrolledTo, shownRows } from '../../../files/shownRows';
import { useT } from '../../../i18n/I18nProvider';
import { FileRow } from './FileRow';

/** As high as a row in the style sheet. */
const ROW_HEIGHT = 44;
const HEAD_HEIGHT = 40;
/** Until the first layout tells. */
const LIKELY_HEIGHT = 600;

interface Props {
  server: Server;
  directory: string;
  entries: readonly FileEntry[];
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** Whether archives can be looked into. */
  archives: boolean;
  onOpen: (entry: FileEntry) => void;
  /** Is asked about keys that do something with files; says whether it did. */
  onKey: (key: string, shift: boolean) => boolean;
}

/**
 * A grid of any number of files, of which only those that are seen are drawn. The focus stays on the grid, and which row is meant is
 * said by `aria-activedescendant`: rows come and go.
 */
export function FileTable(props: Props) {
  const t = useT();
  const { entries, selection, onSelect, onOpen, onKey } = props;
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ scrolled: 0, height: LIKELY_HEIGHT });
  // Once, before the first paint; later the scroll events tell.
  useLayoutEffect(() => look(), []);
  const names = entries.map(({ name }) => name);
  const { from, to } = shownRows(entries.length, ROW_HEIGHT, seen.scrolled, seen.height);
  const cursor = selection.cursor === null ? -1 : names.indexOf(selection.cursor);

  function look() {
    const { scrollTop, clientHeight } = grid.current ?? { scrollTop: 0, clientHeight: LIKELY_HEIGHT };
    setSeen((before) =>
      before.scrolled === scrollTop && before.height === clientHeight ? before : { scrolled: scrollTop, height: clientHeight },
    );
  }

  const press = (event: KeyboardEvent) => {
    const modifiers: Modifiers = { shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey };
    // The buttons of the head have keys of their own.
    if (event.target !== grid.current) return;
    if (onKey(event.key, event.shiftKey)) {
      event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor(seen.height / ROW_HEIGHT) - 1);
    const next = keyed(selection, names, event.key, modifiers, page);
    if (!next) return;
    event.preventDefault();
    onSelect(next);
    if (next.cursor !== null && grid.current) {
      grid.current.scrollTop = scrolledTo(names.indexOf(next.cursor), ROW_HEIGHT, HEAD_HEIGHT, grid.current.scrollTop, seen.height);
      look();
    }
  };
  return (
    <div
      ref={grid}
      className="files__grid"
      role="grid"
      tabIndex={0}
      aria-label={t('files.list')}
      aria-multiselectable="true"
      aria-rowcount={entries.length + 1}
      aria-colcount={5}
      aria-activedescendant={cursor >= from && cursor < to ? `${id}-${cursor}` : undefined}
      onKeyDown={press}
      onScroll={look}
    >
      <Head {...props} names={names} />
      <div role="rowgroup" className="files__rows" style={{ height: entries.length * ROW_HEIGHT }}>
        {entries.slice(from, to).map((entry, index) => (
          <FileRow
            key={entry.name}
            id={`${id}-${from + index}`}
            server={props.server}
            directory={props.directory}
            entry={entry}
            row={from + index}
            top={(from + index) * ROW_HEIGHT}
            chosen={selection.chosen.has(entry.name)}
            active={from + index === cursor}
            archives={props.archives}
            onClick={(modifiers) => onSelect(clicked(selection, names, entry.name, modifiers))}
            onToggle={() => onSelect(toggled(selection, entry.name))}
            onOpen={() => onOpen(entry)}
          />
        ))}
      </div>
    </div>
  );
}

function Head({ sorting, onSort, selection, onSelect, names }: Props & { names: readonly string[] }) {
  const t = useT();
  const all = names.length > 0 && selection.chosen.size === names.length;
  const column = (key: SortKey, label: string) => {
    const sorted = sorting.key === key;
    return (
      <div
        role="columnheader"
        className={`files__cell files__cell--${key}`}
        aria-sort={sorted ? (sorting.descending ? 'descending' : 'ascending') : undefined}
      >
        <button type="button" className="files__sort" onClick={() => onSort({ key, descending: sorted && !sorting.descending })}>
          {label}
          <span aria-hidden="true">{sorted ? (sorting.descending ? ' ↓' : ' ↑') : ''}</span>
        </button>
      </div>
    );
  };
  return (
    <div role="rowgroup" className="files__head">
      <div role="row" aria-rowindex={1} className="files__row">
        <div role="columnheader" className="files__cell files__cell--check">
          <input
            type="checkbox"
            className="checkbox"
            aria-label={t('files.chooseAll')}
            checked={all}
            onChange={() => onSelect(toggledAll(selection, names))}
          />
        </div>
        {column('name', t('users.name'))}
        {column('size', t('files.size'))}
        {column('modified', t('files.modified'))}
        <div role="columnheader" className="files__cell files__cell--mode">
          {t('files.mode')}
        </div>
      </div>
    </div>
  );
}
