import { useQueryClient } from '@tanstack/react-query';
import { panel } from '../../api';
import type { Member } from '../../api/people';
import { queries } from '../../api/queries';
import { CheckField, TextField } from '../../components/Field';
import { FormDialog } from '../../components/FormDialog';
import { useToast } from '../../components/Toasts';
import { passwordProblem, usernameProblem } from '../../forms/people';
import { useForm } from '../../forms/useForm';
import { present } from '../../forms/validation';
import { useT } from '../../i18n/I18nProvider';
import { useUser } from '../../session/SessionProvider';

export function NewUser({ onClose }: { onClose: () => void }) {
  const t = useT();
  const done = useDone(onClose);
  const form = useForm({
    initial: { username: '', password: '', admin: false },
    validate: (values) =>
      present({ username: usernameProblem(values.username, t), password: passwordProblem(values.password, t) }),
    submit: async (values) => {
      const user = await panel.people.create({ ...values, username: values.username.trim() });
      await done(t('users.created', { name: user.username }));
    },
  });
  return (
    <FormDialog title={t('users.new')} submit={t('users.create')} form={form} onClose={onClose}>
      <TextField label={t('login.username')} autoComplete="off" {...form.text('username')} />
      <TextField label={t('login.password')} type="password" autoComplete="new-password" hint={t('users.passwordHint')} {...form.text('password')} />
      <CheckField label={t('account.admin')} hint={t('users.adminHint')} checked={form.values.admin} onChange={(admin) => form.set('admin', admin)} />
    </FormDialog>
  );
}

export function EditUser({ user, onClose }: { user: Member; onClose: () => void }) {
  const t = useT();
  const self = useUser();
  const done = useDone(onClose);
  const form = useForm({
    initial: { username: user.username, admin: user.admin },
    validate: (values) => present({ username: usernameProblem(values.username, t) }),
    submit: async (values) => {
      await panel.people.change(user.id, { username: values.username.trim(), admin: values.admin });
      await done(t('users.changed', { name: values.username.trim() }));
    },
  });
  return (
    <FormDialog title={t('users.editTitle', { name: user.username })} submit={t('users.save')} form={form} onClose={onClose}>
      <TextField label={t('login.username')} autoComplete="off" {...form.text('username')} />
      {user.id !== self.id && (
        <CheckField label={t('account.admin')} hint={t('users.adminHint')} checked={form.values.admin} onChange={(admin) => form.set('admin', admin)} />
      )}
    </FormDialog>
  );
}

export function ResetPassword({ user, onClose }: { user: Member; onClose: () => void }) {
  const t = useT();
  const done = useDone(onClose);
  const form = useForm({
    initial: { password: '' },
    validate: (values) => present({ password: passwordProblem(values.password, t) }),
    submit: async (values) => {
      await panel.people.resetPassword(user.id, values.password);
      await done(t('users.passwordSet', { name: user.username }));
    },
  });
  return (
    <FormDialog title={t('users.passwordTitle', { name: user.username })} submit={t('users.passwordSave')} form={form} onClose={onClose}>
      <p>{t('users.passwordText')}</p>
      <TextField label={t('account.newPassword')} type="password" autoComplete="new-password" hint={t('users.passwordHint')} {...form.text('password')} />
    </FormDialog>
  );
}

/** What follows a change that worked. */
function useDone(onClose: () => void): (words: string) => Promise<void> {
  const client = useQueryClient();
  const toast = useToast();
  return async (words) => {
    toast(words);
    await client.invalidateQueries({ queryKey: queries.users().queryKey });
    onClose();
  };
}
