import { useMemo, useState, type ReactNode } from 'react';
import { panel, toApiError, type Server } from '../../../api';
import type { Directory } from '../../../api/files';
import { Button } from '../../../components/Button';
import { describeError } from '../../../components/describeError';
import { Dialog } from '../../../components/Dialog';
import { useToast } from '../../../components/Toasts';
import { DROPPED_MAX, type DroppedFile } from '../../../files/dropped';
import { uploads } from '../../../files/uploads';
import { useT } from '../../../i18n/I18nProvider';
import { inside } from '../../../servers/paths';

const NAMED = 5;
const ASKED_MAX = 500;

/** Sends files to a directory, and asks before they take the place of what is there. */
export function useUploads(
  server: Server,
  directory: string,
  data: Directory | undefined,
): { add: (files: readonly DroppedFile[]) => void; question: ReactNode } {
  const t = useT();
  const toast = useToast();
  const [asked, setAsked] = useState<{ files: readonly DroppedFile[]; taken: ReadonlySet<string> } | null>(null);
  const listed = useMemo(() => new Set(data?.items.map(({ name }) => name)), [data]);
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
    const names = [...new Set(files.map(top))];
    const whole = data !== undefined && data.listed && data.items.length >= data.total;
    const ask = (taken: ReadonlySet<string>) => {
      if (names.some((name) => taken.has(name))) setAsked({ files, taken });
      else send(files);
    };
    if (whole) ask(listed);
    else
      takenOf(server, directory, names).then(ask, (thrown: unknown) => toast(describeError(toApiError(thrown), t).summary));
  };
  const question = asked && (
    <Replace
      names={[...new Set(asked.files.map(top).filter((name) => asked.taken.has(name)))]}
      onReplace={() => send(asked.files)}
      onSkip={() => send(asked.files.filter((file) => !asked.taken.has(top(file))))}
      onClose={() => setAsked(null)}
    />
  );
  return { add, question };
}

/** Of a directory that is shown in part the node knows what else is in it. */
async function takenOf(server: Server, directory: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  for (let at = 0; at < names.length; at += ASKED_MAX) {
    for (const name of await panel.files.taken(server.uuid, directory, names.slice(at, at + ASKED_MAX))) taken.add(name);
  }
  return taken;
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
