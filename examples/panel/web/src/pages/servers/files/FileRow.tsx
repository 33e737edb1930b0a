import type { MouseEvent } from 'react';
import type { Server } from '../../../api';
import type { FileEntry } from '../../../api/files';
import { Icon } from '../../../components/Icon';
import { canLookInto, isArchive, modeLetters } from '../../../files/entries';
import type { Modifiers } from '../../../files/selection';
import { formatBytes, formatDateTime } from '../../../i18n/format';
import { useT } from '../../../i18n/I18nProvider';
import { allows } from '../../../servers/power';

interface Props {
  id: string;
  server: Server;
  directory: string;
  entry: FileEntry;
  row: number;
  top: number;
  chosen: boolean;
  active: boolean;
  /** Whether archives can be looked into. */
  archives: boolean;
  onClick: (modifiers: Modifiers) => void;
  onToggle: () => void;
  onOpen: () => void;
}

/** One file. Its box and its name are for the mouse: the keyboard has the keys of the grid around it. */
export function FileRow({ id, server, entry, row, top, chosen, active, archives, onClick, onToggle, onOpen }: Props) {
  const t = useT();
  const mayOpen = entry.directory || (archives && canLookInto(entry)) || allows(server.permissions, 'file.read-content');
  const click = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('button, input')) return;
    onClick({ shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey });
  };
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={chosen}
      className={`files__row${chosen ? ' files__row--chosen' : ''}${active ? ' files__row--active' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      data-file={entry.name}
      onClick={click}
      onDoubleClick={onOpen}
    >
      <div role="gridcell" className="files__cell files__cell--check">
        <input
          type="checkbox"
          className="checkbox"
          tabIndex={-1}
          aria-label={t('files.choose', { name: entry.name })}
          checked={chosen}
          onChange={onToggle}
        />
      </div>
      <div role="gridcell" className="files__cell files__cell--name" title={entry.name}>
        <Icon name={entry.directory ? 'folder' : isArchive(entry) ? 'archive' : 'document'} />
        {mayOpen ? (
          <button type="button" className="files__open" tabIndex={-1} onClick={onOpen} onDoubleClick={(event) => event.stopPropagation()}>
            {entry.name}
          </button>
        ) : (
          <span className="files__open">{entry.name}</span>
        )}
        {entry.symlink && <span className="tag">{t('files.link')}</span>}
      </div>
      <div role="gridcell" className="files__cell files__cell--size">
        {entry.directory ? '–' : formatBytes(entry.sizeBytes, t.locale)}
      </div>
      <div role="gridcell" className="files__cell files__cell--modified">
        {formatDateTime(entry.modifiedAt, t.locale)}
      </div>
      <div role="gridcell" className="files__cell files__cell--mode">
        <code title={entry.modeBits}>{modeLetters(entry.modeBits)}</code>
      </div>
    </div>
  );
}
