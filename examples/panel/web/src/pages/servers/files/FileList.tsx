import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { panel, type Server } from '../../../api';
import type { FileEntry, FileOffers } from '../../../api/files';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { download } from '../../../files/download';
import { canLookInto, filtered, isText, sorted, type Sorting } from '../../../files/entries';
import { placePath } from '../../../files/places';
import { NOTHING_CHOSEN, present, type Selection } from '../../../files/selection';
import { useT } from '../../../i18n/I18nProvider';
import { inside, parentOf } from '../../../servers/paths';
import { allows } from '../../../servers/power';
import { FileDialogs, type OpenDialog } from './FileDialogs';
import { FileTable } from './FileTable';
import { SelectionBar } from './SelectionBar';
import { useMoveToTrash } from './useMoveToTrash';

const BY_NAME: Sorting = { key: 'name', descending: false };

/** Files with what can be done with them, by mouse, by touch and by keyboard. */
export function FileList({
  server,
  directory,
  entries,
  offers,
  filter,
}: {
  server: Server;
  directory: string;
  entries: readonly FileEntry[];
  offers: FileOffers;
  filter: string;
}) {
  const t = useT();
  const navigate = useNavigate();
  const [sorting, setSorting] = useState(BY_NAME);
  const [kept, setKept] = useState<Selection>(NOTHING_CHOSEN);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const shown = useMemo(() => sorted(filtered(entries, filter), sorting), [entries, filter, sorting]);
  const selection = useMemo(() => present(kept, new Set(shown.map(({ name }) => name))), [kept, shown]);
  const chosen = useMemo(() => shown.filter(({ name }) => selection.chosen.has(name)), [shown, selection]);
  const trash = useMoveToTrash(server, directory, (files) => setDialog({ name: 'delete', files }));
  const may = (permission: string) => allows(server.permissions, permission);

  const lookInto = ({ name }: FileEntry) => {
    const path = inside(directory, name);
    void navigate(placePath(server.uuid, parentOf(path), { archive: path.split('/').pop() ?? '' }));
  };
  const open = (entry: FileEntry) => {
    const path = inside(directory, entry.name);
    if (entry.directory) void navigate(placePath(server.uuid, path));
    else if (offers.archiveEntries && canLookInto(entry)) lookInto(entry);
    else if (!may('file.read-content')) return;
    else if (isText(entry)) void navigate(placePath(server.uuid, parentOf(path), { edit: path.split('/').pop() ?? '' }));
    else download(panel.files.downloadUrl(server.uuid, path));
  };
  /** What the keys mean that do something with files: with those that are chosen, or with the one where the keyboard is. */
  const act = (key: string, shift: boolean): boolean => {
    const here = shown.find(({ name }) => name === selection.cursor);
    const files = chosen.length > 0 ? chosen : here ? [here] : [];
    const [first] = files;
    if (!first) return false;
    if (key === 'Enter' && here) open(here);
    else if (key === 'F2' && may('file.update')) setDialog({ name: 'rename', files: [here ?? first] });
    else if (key === 'Delete' && may('file.delete')) {
      if (shift) setDialog({ name: 'delete', files });
      else trash.move(files);
    } else return false;
    return true;
  };
  return (
    <>
      <SelectionBar
        server={server}
        directory={directory}
        chosen={chosen}
        offers={offers}
        onOpen={open}
        onLookInto={lookInto}
        onDialog={(name) => setDialog({ name, files: chosen })}
        onDelete={() => trash.move(chosen)}
        onClear={() => setKept(NOTHING_CHOSEN)}
      />
      {trash.error && <ErrorNotice error={trash.error} title={t('files.notDeleted')} />}
      {shown.length === 0 ? (
        <p className="files__none muted">{t('files.noMatch')}</p>
      ) : (
        <FileTable
          server={server}
          directory={directory}
          entries={shown}
          sorting={sorting}
          onSort={setSorting}
          selection={selection}
          onSelect={setKept}
          archives={offers.archiveEntries}
          onOpen={open}
          onKey={act}
        />
      )}
      {dialog && <FileDialogs server={server} directory={directory} open={dialog} offers={offers} onClose={() => setDialog(null)} />}
    </>
  );
}
