import { useQueryClient } from '@tanstack/react-query';
import { panel, type Server } from '../../api';
import type { FileEntry } from '../../api/hosting';
import { queries } from '../../api/queries';
import { TextField } from '../../components/Field';
import { FormDialog } from '../../components/FormDialog';
import { useForm } from '../../forms/useForm';
import { present } from '../../forms/validation';
import { useT } from '../../i18n/I18nProvider';
import { inside } from '../../servers/paths';

/** Names a new directory, or renames a file. */
export function FileName({
  server,
  directory,
  file,
  onClose,
}: {
  server: Server;
  directory: string;
  file?: FileEntry;
  onClose: () => void;
}) {
  const t = useT();
  const client = useQueryClient();
  const form = useForm({
    initial: { name: file?.name ?? '' },
    validate: ({ name }) =>
      present({ name: name.trim() === '' || name.includes('/') || name === '.' || name === '..' ? t('files.badName') : undefined }),
    submit: async ({ name }) => {
      if (file) await panel.hosting.rename(server.uuid, directory, file.name, name);
      else await panel.hosting.createDirectory(server.uuid, inside(directory, name));
      await client.invalidateQueries({ queryKey: queries.files(server.uuid, directory).queryKey });
      onClose();
    },
  });
  return (
    <FormDialog
      title={file ? t('files.rename', { name: file.name }) : t('files.newDirectory')}
      submit={t('users.save')}
      form={form}
      onClose={onClose}
    >
      <TextField label={t('users.name')} autoComplete="off" mono {...form.text('name')} />
    </FormDialog>
  );
}
