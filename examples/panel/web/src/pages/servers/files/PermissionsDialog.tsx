import { useQueryClient } from '@tanstack/react-query';
import { panel, type Server } from '../../../api';
import type { FileEntry } from '../../../api/files';
import { queries } from '../../../api/queries';
import { TextField } from '../../../components/Field';
import { FormDialog } from '../../../components/FormDialog';
import { useToast } from '../../../components/Toasts';
import { hasBit, isMode, withBit } from '../../../files/entries';
import { useForm } from '../../../forms/useForm';
import { present } from '../../../forms/validation';
import { useT } from '../../../i18n/I18nProvider';

/** Who may read, write and execute files: by ticks, or by the octal digits that many know by heart. */
export function PermissionsDialog({
  server,
  directory,
  files,
  onClose,
}: {
  server: Server;
  directory: string;
  files: readonly FileEntry[];
  onClose: () => void;
}) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const form = useForm({
    initial: { mode: (files[0]?.modeBits ?? '644').padStart(3, '0') },
    validate: ({ mode }) => present({ mode: isMode(mode.trim()) ? undefined : t('files.badMode') }),
    submit: async ({ mode }) => {
      const changes = files.map(({ name }) => ({ file: name, mode: mode.trim() }));
      await panel.files.chmod(server.uuid, directory, changes);
      toast(t('files.modeSet'));
      onClose();
      await client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) });
    },
  });
  const who = [t('files.owner'), t('files.group'), t('files.others')];
  const what = [t('files.read'), t('files.write'), t('files.execute')];
  const { mode } = form.values;
  return (
    <FormDialog title={t.count('files.permissionsTitle', files.length)} submit={t('users.save')} form={form} onClose={onClose}>
      <table className="table files__permissions">
        <thead>
          <tr>
            <td />
            {what.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {who.map((name, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {what.map((verb, column) => {
                const index = row * what.length + column;
                return (
                  <td key={verb}>
                    <input
                      type="checkbox"
                      className="checkbox"
                      aria-label={`${name}: ${verb}`}
                      checked={hasBit(mode, index)}
                      onChange={(event) => form.set('mode', withBit(mode, index, event.target.checked))}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <TextField label={t('files.octal')} inputMode="numeric" autoComplete="off" mono {...form.text('mode')} />
    </FormDialog>
  );
}
