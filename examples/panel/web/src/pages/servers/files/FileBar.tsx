import { useRef, useState } from 'react';
import { Link } from 'react-router';
import type { Server } from '../../../api';
import type { Directory } from '../../../api/files';
import { Button, ButtonLink } from '../../../components/Button';
import { Icon } from '../../../components/Icon';
import type { DroppedFile } from '../../../files/dropped';
import { crumbs, placePath } from '../../../files/places';
import { useT } from '../../../i18n/I18nProvider';
import { allows } from '../../../servers/power';
import { FindField } from './FindField';
import { NewDirectory, NewFile } from './NameDialogs';

/** Where one is, and what can be done there. */
export function FileBar({
  server,
  directory,
  data,
  filter,
  onFilter,
  onFiles,
}: {
  server: Server;
  directory: string;
  data: Directory | undefined;
  filter: string;
  onFilter: (text: string) => void;
  onFiles: (files: readonly DroppedFile[]) => void;
}) {
  const t = useT();
  const [open, setOpen] = useState<'file' | 'directory' | null>(null);
  const may = (permission: string) => allows(server.permissions, permission);
  const close = () => setOpen(null);
  return (
    <>
      <div className="files__bar">
        <Crumbs server={server} directory={directory} />
        <div className="files__buttons">
          {may('file.create') && (
            <>
              <Button small icon="folder" onClick={() => setOpen('directory')}>
                {t('files.newDirectory')}
              </Button>
              <Button small icon="document" onClick={() => setOpen('file')}>
                {t('files.newFile')}
              </Button>
              <UploadButton onFiles={onFiles} />
            </>
          )}
          {may('file.delete') && (
            <ButtonLink small variant="quiet" icon="trash" to={placePath(server.uuid, directory, { trash: '' })}>
              {t('files.trash')}
            </ButtonLink>
          )}
        </div>
      </div>
      {data?.listed && (
        <FindField server={server} directory={directory} offers={data.offers} filter={filter} onFilter={onFilter} />
      )}
      {open === 'directory' && <NewDirectory server={server} directory={directory} onClose={close} />}
      {open === 'file' && <NewFile server={server} directory={directory} onClose={close} />}
    </>
  );
}

export function Crumbs({ server, directory, current }: { server: Server; directory: string; current?: string }) {
  const t = useT();
  const steps = crumbs(directory);
  return (
    <nav className="files__crumbs" aria-label={t('files.path')}>
      <ol>
        {steps.map(({ name, path }, index) => {
          const here = current === undefined && index === steps.length - 1;
          return (
            <li key={path}>
              {index > 0 && <Icon name="chevronRight" size={14} />}
              <Link to={placePath(server.uuid, path)} aria-current={here ? 'page' : undefined}>
                {name === '' ? t('files.root') : name}
              </Link>
            </li>
          );
        })}
        {current !== undefined && (
          <li>
            <Icon name="chevronRight" size={14} />
            <span aria-current="page">{current}</span>
          </li>
        )}
      </ol>
    </nav>
  );
}

function UploadButton({ onFiles }: { onFiles: (files: readonly DroppedFile[]) => void }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        data-testid="files-upload"
        onChange={(event) => {
          onFiles(Array.from(event.target.files ?? [], (file) => ({ path: file.name, file })));
          event.target.value = '';
        }}
      />
      <Button small variant="primary" icon="upload" onClick={() => input.current?.click()}>
        {t('files.upload')}
      </Button>
    </>
  );
}
