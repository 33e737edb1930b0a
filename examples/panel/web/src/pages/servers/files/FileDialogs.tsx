import { useQueryClient } from '@tanstack/react-query';
import { panel, type Server } from '../../../api';
import type { FileEntry, FileOffers } from '../../../api/files';
import { queries } from '../../../api/queries';
import { ConfirmDialog } from '../../../components/Dialog';
import { TextField } from '../../../components/Field';
import { FormDialog } from '../../../components/FormDialog';
import { useToast } from '../../../components/Toasts';
import { readPath } from '../../../files/places';
import { useForm } from '../../../forms/useForm';
import { present } from '../../../forms/validation';
import { useT } from '../../../i18n/I18nProvider';
import { inside, parentOf } from '../../../servers/paths';
import { Archive, Unpack } from './ArchiveDialogs';
import { RenameFile } from './NameDialogs';
import { PermissionsDialog } from './PermissionsDialog';

export type DialogName = 'rename' | 'move' | 'copy' | 'permissions' | 'archive' | 'unpack' | 'delete';

export interface OpenDialog {
  name: DialogName;
  files: readonly FileEntry[];
}

interface Props {
  server: Server;
  directory: string;
  files: readonly FileEntry[];
  onClose: () => void;
}

/** The dialog that is open over a list of files. */
export function FileDialogs({
  server,
  directory,
  open,
  offers,
  onClose,
}: {
  server: Server;
  directory: string;
  open: OpenDialog;
  offers: FileOffers;
  onClose: () => void;
}) {
  const [first] = open.files;
  const common = { server, directory, files: open.files, onClose };
  if (!first) return null;
  switch (open.name) {
    case 'rename':
      return <RenameFile server={server} directory={directory} file={first} onClose={onClose} />;
    case 'move':
      return <MoveFiles {...common} />;
    case 'copy':
      return <CopyFile {...common} file={first} />;
    case 'permissions':
      return <PermissionsDialog {...common} />;
    case 'archive':
      return <Archive {...common} jobs={offers.jobs} />;
    case 'unpack':
      return <Unpack server={server} directory={directory} file={first} jobs={offers.jobs} onClose={onClose} />;
    case 'delete':
      return <DeleteForGood {...common} />;
  }
}

function MoveFiles({ server, directory, files, onClose }: Props) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const form = useForm({
    initial: { target: directory },
    validate: ({ target }) => present({ target: readPath(target, directory) === null ? t('files.badPath') : undefined }),
    submit: async ({ target }) => {
      const to = readPath(target, directory) ?? '/';
      const moves = files.map(({ name }) => ({ from: inside(directory, name), to: inside(to, name.split('/').pop() ?? name) }));
      await panel.files.rename(
        server.uuid,
        '/',
        moves.filter((move) => move.from !== move.to),
      );
      toast(t.count('files.moved', files.length));
      onClose();
      await client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) });
    },
  });
  return (
    <FormDialog title={t.count('files.moveTitle', files.length)} submit={t('files.do.move')} form={form} onClose={onClose}>
      <TextField label={t('files.target')} hint={t('files.targetHint')} autoComplete="off" spellCheck={false} mono {...form.text('target')} />
    </FormDialog>
  );
}

/** Beside it under a name that the node chooses, or anywhere. */
function CopyFile({ server, directory, file, onClose }: Props & { file: FileEntry }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const path = inside(directory, file.name);
  const form = useForm({
    initial: { target: '' },
    validate: ({ target }) => present({ target: readPath(target, parentOf(path)) === null ? t('files.badPath') : undefined }),
    submit: async ({ target }) => {
      const to = target.trim() === '' ? undefined : (readPath(target, parentOf(path)) ?? undefined);
      await panel.files.copy(server.uuid, path, to);
      toast(t('files.copied', { name: file.name }));
      onClose();
      await client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) });
    },
  });
  return (
    <FormDialog title={t('files.copyTitle', { name: file.name })} submit={t('files.do.copy')} form={form} onClose={onClose}>
      <TextField label={t('files.copyTo')} hint={t('files.copyHint')} optional autoComplete="off" spellCheck={false} mono {...form.text('target')} />
    </FormDialog>
  );
}

function DeleteForGood({ server, directory, files, onClose }: Props) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  return (
    <ConfirmDialog
      title={t.count('files.deleteTitle', files.length)}
      action={t('trash.deleteForGood')}
      onClose={onClose}
      onConfirm={async () => {
        await panel.files.deleteForGood(
          server.uuid,
          directory,
          files.map(({ name }) => name),
        );
        toast(t.count('files.deleted', files.length));
        await client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) });
      }}
    >
      <p>{t('files.deleteText')}</p>
      <p>{t('files.deleteNoTrash')}</p>
    </ConfirmDialog>
  );
}
