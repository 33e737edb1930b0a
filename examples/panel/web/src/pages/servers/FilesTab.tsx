import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { panel, toApiError, type Server } from '../../api';
import type { FileEntry } from '../../api/hosting';
import { queries } from '../../api/queries';
import { Button, IconButton } from '../../components/Button';
import { ConfirmDialog } from '../../components/Dialog';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Skeleton } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { Card } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { formatBytes, formatDateTime } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import { inside, parentOf } from '../../servers/paths';
import { allows } from '../../servers/power';
import { FileName } from './FileNameDialog';
import { useServerContext } from './ServerPage';

type Open = { name: 'directory' } | { name: 'rename' | 'delete'; file: FileEntry } | null;

/** The files of this server. They come and go through the panel. */
export function FilesTab() {
  const t = useT();
  const { server } = useServerContext();
  const [search, setSearch] = useSearchParams();
  const directory = search.get('in') ?? '/';
  const [open, setOpen] = useState<Open>(null);
  const { data, error, refetch } = useQuery(queries.files(server.uuid, directory));
  const go = (to: string) => setSearch(to === '/' ? {} : { in: to });
  const close = () => setOpen(null);
  return (
    <Card>
      <Bar server={server} directory={directory} onUp={() => go(parentOf(directory))} onCreate={() => setOpen({ name: 'directory' })} />
      {error && <ErrorNotice error={toApiError(error)} title={t('files.failed')} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={5} />}
      {data && !data.listed && <p className="muted">{t('files.notListed')}</p>}
      {data?.listed && data.items.length === 0 && <p className="muted">{t('files.none')}</p>}
      {data && data.items.length > 0 && <FileTable server={server} directory={directory} files={data.items} onGo={go} onOpen={setOpen} />}
      {open?.name === 'directory' && <FileName server={server} directory={directory} onClose={close} />}
      {open?.name === 'rename' && <FileName server={server} directory={directory} file={open.file} onClose={close} />}
      {open?.name === 'delete' && <DeleteFile server={server} directory={directory} file={open.file} onClose={close} />}
    </Card>
  );
}

function Bar({ server, directory, onUp, onCreate }: { server: Server; directory: string; onUp: () => void; onCreate: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const upload = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) await panel.hosting.upload(server.uuid, inside(directory, file.name), file);
      return files.length;
    },
    onSuccess: (count) => toast(t.count('files.uploaded', count)),
    onSettled: () => client.invalidateQueries({ queryKey: queries.files(server.uuid, directory).queryKey }),
  });
  return (
    <>
      <div className="files__bar">
        <IconButton icon="up" label={t('files.up')} disabled={directory === '/'} onClick={onUp} />
        <code className="files__path">{directory}</code>
        {allows(server.permissions, 'file.create') && (
          <>
            <Button icon="plus" onClick={onCreate}>
              {t('files.newDirectory')}
            </Button>
            <input
              ref={input}
              type="file"
              multiple
              className="visually-hidden"
              tabIndex={-1}
              aria-hidden="true"
              data-testid="files-upload"
              onChange={(event) => {
                const files = Array.from(event.target.files ?? []);
                if (files.length > 0) upload.mutate(files);
                event.target.value = '';
              }}
            />
            <Button variant="primary" icon="upload" busy={upload.isPending} onClick={() => input.current?.click()}>
              {t('files.upload')}
            </Button>
          </>
        )}
      </div>
      {upload.error && <ErrorNotice error={toApiError(upload.error)} title={t('files.notUploaded')} />}
    </>
  );
}

function FileTable({
  server,
  directory,
  files,
  onGo,
  onOpen,
}: {
  server: Server;
  directory: string;
  files: readonly FileEntry[];
  onGo: (directory: string) => void;
  onOpen: (open: Open) => void;
}) {
  const t = useT();
  const may = (permission: string) => allows(server.permissions, permission);
  return (
    <div className="table-frame">
      <table className="table files__table">
        <thead>
          <tr>
            <th scope="col">{t('users.name')}</th>
            <th scope="col">{t('files.size')}</th>
            <th scope="col">{t('files.modified')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('allocations.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.name} data-file={file.name}>
              <td>
                <span className="files__name">
                  <Icon name={file.directory ? 'folder' : 'document'} />
                  {file.directory ? (
                    <button type="button" className="link-button" onClick={() => onGo(inside(directory, file.name))}>
                      {file.name}
                    </button>
                  ) : may('file.read-content') ? (
                    <a href={panel.hosting.downloadUrl(server.uuid, inside(directory, file.name))} download={file.name}>
                      {file.name}
                    </a>
                  ) : (
                    <span>{file.name}</span>
                  )}
                </span>
              </td>
              <td>{file.directory ? '–' : formatBytes(file.sizeBytes, t.locale)}</td>
              <td>{formatDateTime(file.modifiedAt, t.locale)}</td>
              <td className="table__actions">
                {may('file.update') && (
                  <IconButton icon="edit" label={t('files.rename', { name: file.name })} onClick={() => onOpen({ name: 'rename', file })} />
                )}
                {may('file.delete') && (
                  <IconButton icon="trash" label={t('files.delete', { name: file.name })} onClick={() => onOpen({ name: 'delete', file })} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DeleteFile({ server, directory, file, onClose }: { server: Server; directory: string; file: FileEntry; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  return (
    <ConfirmDialog
      title={t('files.deleteTitle', { name: file.name })}
      action={t('users.deleteAction')}
      onClose={onClose}
      onConfirm={async () => {
        await panel.hosting.deleteFiles(server.uuid, directory, [file.name]);
        toast(t('files.deleted', { name: file.name }));
        await client.invalidateQueries({ queryKey: queries.files(server.uuid, directory).queryKey });
      }}
    >
      <p>{file.directory ? t('files.deleteDirectory') : t('files.deleteText')}</p>
    </ConfirmDialog>
  );
}
