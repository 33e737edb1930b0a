import { useState } from 'react';
import { panel } from '../../api';
import { Button } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { TextField } from '../../components/Field';
import { Card, PageHeader } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { passwordProblem } from '../../forms/people';
import { useForm } from '../../forms/useForm';
import { present } from '../../forms/validation';
import { useT } from '../../i18n/I18nProvider';
import { useUser } from '../../session/SessionProvider';
import { SshKeysCard } from './SshKeysCard';

/** One's own account. */
export function AccountPage() {
  const t = useT();
  const user = useUser();
  const [round, setRound] = useState(0);
  return (
    <>
      <PageHeader title={t('account.title')}>
        <p className="muted">{t('account.lead', { name: user.username })}</p>
      </PageHeader>
      <div className="settings">
        <PasswordCard key={round} onChanged={() => setRound((before) => before + 1)} />
        <SshKeysCard />
      </div>
    </>
  );
}

function PasswordCard({ onChanged }: { onChanged: () => void }) {
  const t = useT();
  const user = useUser();
  const toast = useToast();
  const form = useForm({
    initial: { current: '', password: '', again: '' },
    validate: (values) =>
      present({
        current: values.current === '' ? t('validation.required') : undefined,
        password: passwordProblem(values.password, t),
        again: values.again === values.password ? undefined : t('account.notTheSame'),
      }),
    submit: async ({ current, password }) => {
      await panel.people.changePassword(current, password);
      toast(t('account.passwordChanged'));
      onChanged();
    },
  });
  return (
    <Card title={t('account.password')}>
      <form ref={form.ref} className="stack" onSubmit={form.onSubmit} noValidate>
        <p className="muted">{t('account.passwordText')}</p>
        <input type="text" className="visually-hidden" autoComplete="username" value={user.username} readOnly tabIndex={-1} aria-hidden="true" />
        <TextField label={t('account.currentPassword')} type="password" autoComplete="current-password" {...form.text('current')} />
        <TextField label={t('account.newPassword')} type="password" autoComplete="new-password" hint={t('users.passwordHint')} {...form.text('password')} />
        <TextField label={t('account.again')} type="password" autoComplete="new-password" {...form.text('again')} />
        {form.error && <ErrorNotice error={form.error} />}
        <div>
          <Button variant="primary" type="submit" icon="key" busy={form.busy}>
            {t('account.changePassword')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
