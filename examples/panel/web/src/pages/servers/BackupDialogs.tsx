import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { panel, type Server } from '../../api';
import type { Backup } from '../../api/backups';
import { queries } from '../../api/queries';
import { ConfirmDialog } from '../../components/Dialog';
import { CheckField, TextArea, TextField } from '../../components/Field';
import { FormDialog } from '../../components/FormDialog';
import { useToast } from '../../components/Toasts';
import { useForm } from '../../forms/useForm';
import { present } from '../../forms/validation';
import { useT } from '../../i18n/I18nProvider';
import { allows } from '../../servers/power';
import { backupName } from './BackupCard';

const LONGEST_NAME = 191;
const LONGEST_PATTERNS = 4096;
const NOTHING = { name: '', ignoredFiles: '', locked: false };

/** Asks what a new backup is to be. */
export function NewBackup({ server, onClose }: { server: Server; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const tooLong = (text: string, max: number) => (text.length > max ? t('validation.tooLong', { max }) : undefined);
  const form = useForm({
    initial: NOTHING,
    validate: ({ name, ignoredFiles }) =>
      present({ name: tooLong(name, LONGEST_NAME), ignoredFiles: tooLong(ignoredFiles, LONGEST_PATTERNS) }),
    submit: async (values) => {
      await panel.backups.create(server.uuid, values);
      toast(t('backups.begun'));
      await client.invalidateQueries({ queryKey: queries.backups(server.uuid).queryKey });
      onClose();
    },
  });
  return (
    <FormDialog title={t('backups.new')} submit={t('backups.make')} form={form} onClose={onClose}>
      <p>{t('backups.newText')}</p>
      <TextField label={t('backup.name')} optional autoComplete="off" {...form.text('name')} />
      <TextArea
        label={t('task.backupIgnored')}
        hint={t('task.backupIgnoredHint')}
        mono
        optional
        value={form.values.ignoredFiles}
        onChange={(text) => form.set('ignoredFiles', text)}
        error={form.problem('ignoredFiles')}
      />
      {allows(server.permissions, 'backup.delete') && (
        <CheckField
          label={t('backup.lockNew')}
          hint={t('backup.lockHint')}
          checked={form.values.locked}
          onChange={(locked) => form.set('locked', locked)}
        />
      )}
    </FormDialog>
  );
}

interface About {
  server: Server;
  backup: Backup;
  onClose: () => void;
}

/** The question before a server's files are replaced, which says what happens to them. */
export function RestoreBackup({ server, backup, onClose }: About) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const [truncate, setTruncate] = useState(false);
  const name = backupName(backup, t);
  return (
    <ConfirmDialog
      title={t('backup.restoreTitle', { name })}
      action={t('backup.restoreAction')}
      onClose={onClose}
      onConfirm={async () => {
        await panel.backups.restore(server.uuid, backup.id, truncate);
        toast(t('backup.restoreBegun', { name }));
        await client.invalidateQueries({ queryKey: ['server', server.uuid] });
      }}
    >
      <ul className="backup__effects">
        <li>{t('backup.restoreStops')}</li>
        <li>{t('backup.restoreReplaces')}</li>
        <li>{t(truncate ? 'backup.restoreDeletes' : 'backup.restoreKeeps')}</li>
      </ul>
      <CheckField label={t('backup.truncate')} hint={t('backup.truncateHint')} checked={truncate} onChange={setTruncate} />
    </ConfirmDialog>
  );
}

/** The question before a backup is deleted. */
export function DeleteBackup({ server, backup, onClose }: About) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const name = backupName(backup, t);
  return (
    <ConfirmDialog
      title={t('backup.deleteTitle', { name })}
      action={t('schedule.deleteAction')}
      onClose={onClose}
      onConfirm={async () => {
        await panel.backups.delete(server.uuid, backup.id);
        toast(t('backup.deleteBegun', { name }));
        await client.invalidateQueries({ queryKey: queries.backups(server.uuid).queryKey });
      }}
    >
      <p>{t('backup.deleteText')}</p>
    </ConfirmDialog>
  );
}
