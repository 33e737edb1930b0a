import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { panel } from '../../api';
import { queries } from '../../api/queries';
import { Button, ButtonLink } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { TextField } from '../../components/Field';
import { Card, PageHeader } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { useForm } from '../../forms/useForm';
import { nodeProblems } from '../../forms/validation';
import { useT } from '../../i18n/I18nProvider';

export function NewNodePage() {
  const t = useT();
  const navigate = useNavigate();
  const client = useQueryClient();
  const toast = useToast();
  const form = useForm({
    initial: { name: '', url: 'http://127.0.0.1:8080' },
    validate: (values) => nodeProblems(values, t),
    submit: async (values) => {
      const node = await panel.createNode({ name: values.name.trim(), url: values.url.trim() });
      void client.invalidateQueries({ queryKey: queries.nodes().queryKey });
      toast(t('nodes.created', { name: node.name }));
      void navigate(`/admin/nodes/${node.id}`);
    },
  });
  return (
    <>
      <PageHeader title={t('nodes.new')} parent={{ to: '/admin/nodes', label: t('nav.nodes') }}>
        <p className="muted">{t('nodes.newLead')}</p>
      </PageHeader>
      <form ref={form.ref} className="form" onSubmit={form.onSubmit} noValidate>
        <Card>
          <div className="stack">
            <TextField label={t('nodes.name')} hint={t('nodes.nameHint')} autoComplete="off" {...form.text('name')} required />
            <TextField label={t('nodes.url')} hint={t('nodes.urlHint')} autoComplete="off" inputMode="url" mono {...form.text('url')} required />
          </div>
        </Card>
        {form.error && <ErrorNotice error={form.error} title={t('nodes.createFailed')} />}
        <div className="form__actions">
          <Button variant="primary" type="submit" busy={form.busy}>
            {t('nodes.create')}
          </Button>
          <ButtonLink to="/admin/nodes" variant="quiet">
            {t('action.cancel')}
          </ButtonLink>
        </div>
      </form>
    </>
  );
}
