import { useMemo, useState, type ReactNode } from 'react';
import type { Server } from '../../../api';
import type { Directory } from '../../../api/files';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { useToast } from '../../../components/Toasts';
import { DROPPED_MAX, type DroppedFile } from '../../../files/dropped';
import { uploads } from '../../../files/uploads';
import { useT } from '../../../i18n/I18nProvider';
import { inside } from '../../../servers/paths';

const NAMED = 5;

/** Sends files to a directory, and asks before they take the place of what is there. */
export function useUploads(
  server: Server,
  directory: string,
  data: Directory | undefined,
): { add: (files: readonly DroppedFile[]) => void; question: ReactNode } {
  const t = useT();
  const toast = useToast();
  const [asked, setAsked] = useState<readonly DroppedFile[] | null>(null);
  const present = useMemo(() => new Set(data?.items.map(({ name }) => name)), [data]);
  const top = ({ path }: DroppedFile) => path.split('/')[0] ?? path;
  const send = (files: readonly DroppedFile[]) => {
    const pieces = data?.offers.uploads ?? false;
    files.forEach(({ path, file }) => uploads.add(server.uuid, directory, inside(directory, path), file, pieces));
    setAsked(null);
  };
  const add = (files: readonly DroppedFile[]) => {
    if (files.length === 0) return;
    if (files.length > DROPPED_MAX) {
      toast(t.count('files.tooMany', DROPPED_MAX));
      return;
    }
    if (files.some((file) => present.has(top(file)))) setAsked(files);
    else send(files);
  };
  const question = asked && (
    <Replace
      names={[...new Set(asked.map(top).filter((name) => present.has(name)))]}
      onReplace={() => send(asked)}
      onSkip={() => send(asked.filter((file) => !present.has(top(file))))}
      onClose={() => setAsked(null)}
    />
  );
  return { add, question };
}

function Replace({
  names,
  onReplace,
  onSkip,
  onClose,
}: {
  names: readonly string[];
  onReplace: () => void;
  onSkip: () => void;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <Dialog title={t('files.replaceTitle')} onClose={onClose}>
      <div className="dialog__body stack">
        <p>{t.count('files.replaceText', names.length)}</p>
        <ul className="files__names">
          {names.slice(0, NAMED).map((name) => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
          {names.length > NAMED && <li>{t.count('files.more', names.length - NAMED)}</li>}
        </ul>
      </div>
      <footer className="dialog__footer">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button onClick={onSkip}>{t('files.skip')}</Button>
        <Button variant="danger" onClick={onReplace}>
          {t('files.replace')}
        </Button>
      </footer>
    </Dialog>
  );
}
