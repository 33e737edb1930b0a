import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { panel, type Server } from '../../../api';
import type { FileEntry } from '../../../api/files';
import { queries } from '../../../api/queries';
import { TextField } from '../../../components/Field';
import { FormDialog } from '../../../components/FormDialog';
import { placePath } from '../../../files/places';
import { useForm } from '../../../forms/useForm';
import { present } from '../../../forms/validation';
import { useT } from '../../../i18n/I18nProvider';
import { inside, parentOf } from '../../../servers/paths';

interface Props {
  server: Server;
  directory: string;
  onClose: () => void;
}

export function NewDirectory(props: Props) {
  const t = useT();
  return (
    <NameForm
      {...props}
      title={t('files.newDirectory')}
      name=""
      submit={(name) => panel.files.createDirectory(props.server.uuid, inside(props.directory, name))}
    />
  );
}

/** Makes an empty file, and opens it. */
export function NewFile(props: Props) {
  const t = useT();
  const navigate = useNavigate();
  const { server, directory } = props;
  return (
    <NameForm
      {...props}
      title={t('files.newFile')}
      name=""
      submit={async (name) => {
        await panel.files.createFile(server.uuid, inside(directory, name));
        await navigate(placePath(server.uuid, directory, { edit: name }));
      }}
    />
  );
}

/** Gives a file another name in its directory. */
export function RenameFile({ file, ...props }: Props & { file: FileEntry }) {
  const t = useT();
  // A file that was found is in a directory of its own.
  const directory = parentOf(inside(props.directory, file.name));
  const old = file.name.split('/').pop() ?? file.name;
  return (
    <NameForm
      {...props}
      title={t('files.rename', { name: old })}
      name={old}
      submit={async (name) => {
        if (name !== old) await panel.files.rename(props.server.uuid, directory, [{ from: old, to: name }]);
      }}
    />
  );
}

function NameForm({
  server,
  title,
  name,
  submit,
  onClose,
}: Props & { title: string; name: string; submit: (name: string) => Promise<void> }) {
  const t = useT();
  const client = useQueryClient();
  const form = useForm({
    initial: { name },
    validate: (values) => present({ name: goodName(values.name) ? undefined : t('files.badName') }),
    submit: async (values) => {
      await submit(values.name);
      onClose();
      await client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) });
    },
  });
  return (
    <FormDialog title={title} submit={t('users.save')} form={form} onClose={onClose}>
      <TextField label={t('users.name')} autoComplete="off" spellCheck={false} mono {...form.text('name')} />
    </FormDialog>
  );
}

function goodName(name: string): boolean {
  return name.trim() !== '' && !name.includes('/') && name !== '.' && name !== '..';
}
