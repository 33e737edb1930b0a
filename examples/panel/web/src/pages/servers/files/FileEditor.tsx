import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useBlocker } from 'react-router';
import { panel, toApiError, type Server } from '../../../api';
import { ANY_VERSION, type FileText } from '../../../api/files';
import { queries } from '../../../api/queries';
import { Button } from '../../../components/Button';
import { ConfirmDialog, Dialog } from '../../../components/Dialog';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Skeleton } from '../../../components/Feedback';
import { Icon } from '../../../components/Icon';
import { useToast } from '../../../components/Toasts';
import { useT } from '../../../i18n/I18nProvider';
import { parentOf } from '../../../servers/paths';
import { allows } from '../../../servers/power';
import { CodeEditor, type CodeEditorHandle } from './CodeEditor';
import { editorPhrases } from './editorPhrases';
import { Crumbs } from './FileBar';

/** A text of a server, to be looked at and changed. */
export function FileEditor({ server, path, line, onClose }: { server: Server; path: string; line: number | null; onClose: () => void }) {
  const t = useT();
  const [read, setRead] = useState(0);
  const client = useQueryClient();
  const query = queries.fileText(server.uuid, path);
  const { data, error, refetch } = useQuery(query);
  const reload = async () => {
    await client.refetchQueries({ queryKey: query.queryKey });
    setRead((times) => times + 1);
  };
  const name = path.split('/').pop() ?? path;
  if (data) {
    const common = { server, path, name, line, loaded: data, onReload: reload, onClose };
    return <LoadedEditor key={read} {...common} />;
  }
  return (
    <>
      <div className="files__bar">
        <Crumbs server={server} directory={parentOf(path)} current={name} />
        <Button small icon="close" onClick={onClose}>
          {t('action.close')}
        </Button>
      </div>
      {error ? (
        <>
          <ErrorNotice error={toApiError(error)} title={t('editor.failed')} onRetry={() => void refetch()} />
          <p>
            <a className="button button--small" href={panel.files.downloadUrl(server.uuid, path)} download>
              <Icon name="down" size={16} />
              <span className="button__text">{t('files.do.download')}</span>
            </a>
          </p>
        </>
      ) : (
        <Skeleton rows={6} />
      )}
    </>
  );
}

function LoadedEditor({
  server,
  path,
  name,
  line,
  loaded,
  onReload,
  onClose,
}: {
  server: Server;
  path: string;
  name: string;
  line: number | null;
  loaded: FileText;
  onReload: () => Promise<void>;
  onClose: () => void;
}) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const editor = useRef<CodeEditorHandle>(null);
  // What is read later does not replace what is being written.
  const [begun] = useState(loaded);
  const version = useRef(begun.version);
  const [dirty, setDirty] = useState(false);
  const readOnly = !allows(server.permissions, 'file.update');
  const save = useMutation({
    mutationFn: async (over: boolean) => {
      const text = editor.current?.text() ?? begun.text;
      const saved = await panel.files.saveText(server.uuid, path, text, over ? ANY_VERSION : version.current);
      return { ...saved, text };
    },
    onSuccess: (saved) => {
      version.current = saved.version;
      editor.current?.keep(saved.text);
      toast(t('editor.saved', { name }));
      void client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) });
    },
  });
  const error = save.error ? toApiError(save.error) : null;
  const conflict = error?.code === 'file_changed';
  const trySave = () => {
    if (!readOnly && !save.isPending) save.mutate(false);
  };
  return (
    <>
      <div className="files__bar">
        <Crumbs server={server} directory={parentOf(path)} current={name} />
        <div className="files__buttons">
          {dirty && <span className="badge badge--busy">{t('editor.unsaved')}</span>}
          {readOnly ? (
            <span className="badge badge--idle">{t('editor.readOnly')}</span>
          ) : (
            <Button small variant="primary" icon="check" busy={save.isPending} title={t('editor.saveKeys')} onClick={trySave}>
              {t('users.save')}
            </Button>
          )}
          <Button small icon="close" onClick={onClose}>
            {t('action.close')}
          </Button>
        </div>
      </div>
      {error && !conflict && <ErrorNotice error={error} title={t('editor.notSaved')} />}
      <div className="editor">
        <CodeEditor
          ref={editor}
          name={name}
          initial={begun.text}
          line={line}
          readOnly={readOnly}
          label={t('editor.text', { name })}
          phrases={editorPhrases(t)}
          onDirty={setDirty}
          onSave={trySave}
        />
      </div>
      <p className="editor__hint muted">{t('editor.leaveHint')}</p>
      {conflict && (
        <Changed
          name={name}
          onOverwrite={() => save.mutate(true)}
          onReload={() => void onReload()}
          onClose={() => save.reset()}
        />
      )}
      <UnsavedGuard dirty={dirty} />
    </>
  );
}

/** Somebody else has saved meanwhile: whose text is to stay? */
function Changed({
  name,
  onOverwrite,
  onReload,
  onClose,
}: {
  name: string;
  onOverwrite: () => void;
  onReload: () => void;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <Dialog title={t('editor.changedTitle', { name })} onClose={onClose}>
      <div className="dialog__body stack">
        <p>{t('editor.changedText')}</p>
      </div>
      <footer className="dialog__footer">
        <Button onClick={onClose}>{t('editor.goOn')}</Button>
        <Button onClick={onReload}>{t('editor.loadTheirs')}</Button>
        <Button variant="danger" onClick={onOverwrite}>
          {t('editor.overwrite')}
        </Button>
      </footer>
    </Dialog>
  );
}

/** Asks before what is not saved is left, within the page and with it. */
function UnsavedGuard({ dirty }: { dirty: boolean }) {
  const t = useT();
  const blocker = useBlocker(dirty);
  useEffect(() => {
    if (!dirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  if (blocker.state !== 'blocked') return null;
  return (
    <ConfirmDialog
      title={t('editor.discardTitle')}
      action={t('editor.discard')}
      onClose={() => blocker.reset()}
      onConfirm={() => {
        blocker.proceed();
        return new Promise(() => undefined);
      }}
    >
      <p>{t('editor.discardText')}</p>
    </ConfirmDialog>
  );
}
