import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { panel, toApiError } from '../../api';
import { queries } from '../../api/queries';
import { Button, IconButton } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { TextArea, TextField } from '../../components/Field';
import { Card } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { useForm } from '../../forms/useForm';
import { present } from '../../forms/validation';
import { formatDateTime } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';

/** The keys with which one logs in over SFTP. */
export function SshKeysCard() {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const [round, setRound] = useState(0);
  const { data, error, refetch } = useQuery(queries.sshKeys());
  const reload = () => client.invalidateQueries({ queryKey: queries.sshKeys().queryKey });
  const remove = useMutation({
    mutationFn: (fingerprint: string) => panel.people.removeSshKey(fingerprint),
    onSuccess: () => toast(t('keys.removed')),
    onSettled: reload,
  });
  return (
    <Card title={t('keys.title')}>
      <p className="muted">{t('keys.lead')}</p>
      {error && <ErrorNotice error={toApiError(error)} onRetry={() => void refetch()} />}
      {remove.error && <ErrorNotice error={toApiError(remove.error)} />}
      <ul className="people">
        {data?.map((key) => (
          <li key={key.fingerprint} className="person" data-key={key.name}>
            <span className="person__words">
              <strong>{key.name}</strong>
              <code className="person__code">{key.fingerprint}</code>
              <span className="muted">
                {key.type} · {formatDateTime(key.createdAt, t.locale)}
              </span>
            </span>
            <IconButton icon="trash" label={t('keys.remove', { name: key.name })} disabled={remove.isPending} onClick={() => remove.mutate(key.fingerprint)} />
          </li>
        ))}
      </ul>
      <AddKey
        key={round}
        onAdded={() => {
          toast(t('keys.added'));
          setRound((before) => before + 1);
          void reload();
        }}
      />
    </Card>
  );
}

function AddKey({ onAdded }: { onAdded: () => void }) {
  const t = useT();
  const form = useForm({
    initial: { name: '', publicKey: '' },
    validate: (values) =>
      present({
        name: values.name.trim() === '' ? t('validation.required') : undefined,
        publicKey: values.publicKey.trim() === '' ? t('validation.required') : undefined,
      }),
    submit: async (values) => {
      await panel.people.addSshKey(values.name.trim(), values.publicKey.trim());
      onAdded();
    },
  });
  return (
    <form ref={form.ref} className="stack" onSubmit={form.onSubmit} noValidate>
      <TextField label={t('keys.name')} hint={t('keys.nameHint')} autoComplete="off" {...form.text('name')} />
      <TextArea
        label={t('keys.key')}
        hint={t('keys.keyHint')}
        mono
        rows={3}
        value={form.values.publicKey}
        onChange={(value) => form.set('publicKey', value)}
        error={form.problem('publicKey')}
      />
      {form.error && <ErrorNotice error={form.error} />}
      <div>
        <Button type="submit" icon="plus" busy={form.busy}>
          {t('keys.add')}
        </Button>
      </div>
    </form>
  );
}
