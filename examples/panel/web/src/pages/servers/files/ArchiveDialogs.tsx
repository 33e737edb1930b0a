import { useQueryClient } from '@tanstack/react-query';
import { panel, type Server } from '../../../api';
import type { FileEntry } from '../../../api/files';
import { queries } from '../../../api/queries';
import { SelectField, TextField } from '../../../components/Field';
import { FormDialog } from '../../../components/FormDialog';
import { useToast } from '../../../components/Toasts';
import { useForm } from '../../../forms/useForm';
import { present } from '../../../forms/validation';
import { useT } from '../../../i18n/I18nProvider';
import { inside, parentOf } from '../../../servers/paths';

const FORMATS = ['tar.gz', 'zip'];
/** What nodes write that have jobs. */
const MORE_FORMATS = [...FORMATS, 'tar.zst'];

interface Props {
  server: Server;
  directory: string;
  /** Whether the node does it by itself; otherwise it is waited for. */
  jobs: boolean;
  onClose: () => void;
}

export function Archive({ server, directory, files, jobs, onClose }: Props & { files: readonly FileEntry[] }) {
  const t = useT();
  const done = useDone(server, jobs, onClose);
  const form = useForm({
    initial: { name: '', format: 'tar.gz' },
    validate: ({ name }) => present({ name: name.includes('/') ? t('files.badName') : undefined }),
    submit: async ({ name, format }) => {
      const names = files.map((file) => file.name);
      await panel.files.compress(server.uuid, { directory, files: names, name: name.trim(), format });
      await done(t('files.archived'));
    },
  });
  return (
    <FormDialog title={t.count('files.archiveTitle', files.length)} submit={t('files.do.archive')} form={form} onClose={onClose}>
      <TextField label={t('users.name')} hint={t('files.archiveNameHint')} optional autoComplete="off" spellCheck={false} mono {...form.text('name')} />
      <SelectField
        label={t('files.format')}
        value={form.values.format}
        onChange={(format) => form.set('format', format)}
        choices={(jobs ? MORE_FORMATS : FORMATS).map((format) => ({ value: format, label: format }))}
      />
      {!jobs && <p className="muted">{t('files.waits')}</p>}
    </FormDialog>
  );
}

export function Unpack({ server, directory, file, jobs, onClose }: Props & { file: Pick<FileEntry, 'name'> }) {
  const t = useT();
  const done = useDone(server, jobs, onClose);
  const path = inside(directory, file.name);
  const name = file.name.split('/').pop() ?? file.name;
  const form = useForm({
    initial: {},
    validate: () => ({}),
    submit: async () => {
      await panel.files.decompress(server.uuid, parentOf(path), name);
      await done(t('files.unpacked', { name }));
    },
  });
  return (
    <FormDialog title={t('files.unpackTitle', { name })} submit={t('files.do.unpack')} form={form} onClose={onClose}>
      <p>{t('files.unpackText')}</p>
      {!jobs && <p className="muted">{t('files.waits')}</p>}
    </FormDialog>
  );
}

/** Where there are jobs, the drawer tells of the end; elsewhere it has come. */
function useDone(server: Server, jobs: boolean, onClose: () => void): (message: string) => Promise<void> {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  return async (message) => {
    toast(jobs ? t('files.begun') : message);
    onClose();
    await Promise.all([
      client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) }),
      client.invalidateQueries({ queryKey: queries.fileJobs(server.uuid).queryKey }),
    ]);
  };
}
