import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { panel, toApiError, type Egg, type EggSummary, type Node } from '../../api';
import { queries } from '../../api/queries';
import { Button, ButtonLink } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../components/Feedback';
import { CheckField, SelectField, TextArea, TextField } from '../../components/Field';
import { Card, PageHeader } from '../../components/Page';
import { useForm, type Form } from '../../forms/useForm';
import { formatAddress } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import { useUser } from '../../session/SessionProvider';
import { emptyServer, newServerProblems, toNewServer, type NewServerValues } from './newServer';
import { EggFields, VariableFields } from './NewServerEgg';

export function NewServerPage() {
  const t = useT();
  const nodes = useQuery(queries.nodes());
  const eggs = useQuery(queries.eggs());
  const error = nodes.error ?? eggs.error;
  return (
    <>
      <PageHeader title={t('newServer.title')} parent={{ to: '/servers', label: t('nav.servers') }}>
        <p className="muted">{t('newServer.lead')}</p>
      </PageHeader>
      {error && (
        <ErrorNotice
          error={toApiError(error)}
          title={t('newServer.loadFailed')}
          onRetry={() => void Promise.all([nodes.refetch(), eggs.refetch()])}
        />
      )}
      {!error && (!nodes.data || !eggs.data) && <Skeleton rows={4} tall />}
      {nodes.data && eggs.data && <Prepared nodes={nodes.data} eggs={eggs.data} />}
    </>
  );
}

/** A server needs a node and an egg first; says which is missing. */
function Prepared({ nodes, eggs }: { nodes: Node[]; eggs: EggSummary[] }) {
  const t = useT();
  if (nodes.length === 0) {
    return (
      <EmptyState icon="nodes" title={t('newServer.noNode')} action={<ButtonLink to="/admin/nodes/new" variant="primary" icon="plus">{t('nodes.new')}</ButtonLink>}>
        {t('newServer.noNodeText')}
      </EmptyState>
    );
  }
  if (eggs.length === 0) {
    return (
      <EmptyState icon="egg" title={t('newServer.noEgg')} action={<ButtonLink to="/admin/eggs" variant="primary" icon="upload">{t('eggImport.title')}</ButtonLink>}>
        {t('newServer.noEggText')}
      </EmptyState>
    );
  }
  return <NewServerForm nodes={nodes} eggs={eggs} />;
}

function NewServerForm({ nodes, eggs }: { nodes: Node[]; eggs: EggSummary[] }) {
  const t = useT();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const cachedEgg = (id: string): Egg | undefined => client.getQueryData(queries.egg(Number(id)).queryKey);

  const form = useForm<NewServerValues>({
    initial: emptyServer(eggs.some((egg) => String(egg.id) === search.get('egg')) ? (search.get('egg') ?? '') : ''),
    validate: (values) => newServerProblems(values, cachedEgg(values.eggId), t),
    submit: async (values) => {
      const chosen = await client.ensureQueryData(queries.egg(Number(values.eggId)));
      const server = await panel.createServer(toNewServer(values, chosen, allocations.data ?? []));
      void client.invalidateQueries({ queryKey: queries.servers().queryKey });
      void client.invalidateQueries({ queryKey: queries.nodes().queryKey });
      client.setQueryData(queries.server(server.uuid).queryKey, server);
      void navigate(`/servers/${server.uuid}`);
    },
  });
  const { values } = form;
  const egg = useQuery({ ...queries.egg(Number(values.eggId)), enabled: values.eggId !== '' });
  const allocations = useQuery({ ...queries.allocations(Number(values.nodeId)), enabled: values.nodeId !== '' });
  const free = allocations.data?.filter((allocation) => allocation.server === null);

  // One choice is no choice: taken at once, still visible and changeable.
  const onlyNode = nodes.length === 1 ? String(nodes[0]?.id) : '';
  useEffect(() => {
    if (onlyNode !== '') form.set('nodeId', onlyNode);
  }, [onlyNode]);
  const firstFree = free?.[0] === undefined ? '' : String(free[0].id);
  useEffect(() => {
    form.set('allocationId', firstFree);
  }, [firstFree, values.nodeId]);
  const loadedEgg = egg.data;
  useEffect(() => {
    if (!loadedEgg) return;
    form.set('image', Object.values(loadedEgg.images)[0] ?? '');
    form.set('startup', Object.values(loadedEgg.startupCommands)[0] ?? '');
    form.set('variables', {});
  }, [loadedEgg?.id]);

  return (
    <form ref={form.ref} className="form" onSubmit={form.onSubmit} noValidate>
      <Card title={t('newServer.basics')}>
        <div className="stack">
          <TextField label={t('newServer.name')} autoComplete="off" {...form.text('name')} required />
          <TextArea
            label={t('newServer.description')}
            optional
            rows={2}
            value={values.description}
            onChange={(value) => form.set('description', value)}
            error={form.problem('description')}
          />
          <OwnerField form={form} />
        </div>
      </Card>
      <Card title={t('newServer.place')}>
        <div className="columns">
          <SelectField
            label={t('newServer.node')}
            value={values.nodeId}
            onChange={(value) => form.set('nodeId', value)}
            placeholder={t('newServer.chooseNode')}
            choices={nodes.map((node) => ({ value: String(node.id), label: nodeLabel(node, t('node.notEnrolled'), t('node.offline')) }))}
            error={form.problem('nodeId')}
          />
          <SelectField
            label={t('newServer.allocation')}
            value={values.allocationId}
            onChange={(value) => form.set('allocationId', value)}
            placeholder={
              values.nodeId === '' ? t('newServer.chooseNodeFirst') : free?.length === 0 ? t('newServer.noneFree') : t('newServer.chooseAllocation')
            }
            disabled={!free || free.length === 0}
            choices={(free ?? []).map((allocation) => ({ value: String(allocation.id), label: formatAddress(allocation) }))}
            error={form.problem('allocationId') ?? (free?.length === 0 ? t('newServer.noneFreeText') : undefined)}
          />
        </div>
        {allocations.error && <ErrorNotice error={toApiError(allocations.error)} onRetry={() => void allocations.refetch()} />}
      </Card>
      <Card title={t('newServer.egg')}>
        <div className="stack">
          <SelectField
            label={t('newServer.eggChoice')}
            value={values.eggId}
            onChange={(value) => form.set('eggId', value)}
            placeholder={t('newServer.chooseEgg')}
            choices={eggs.map((candidate) => ({ value: String(candidate.id), label: candidate.name }))}
            hint={loadedEgg?.description}
            error={form.problem('eggId')}
          />
          {egg.error && <ErrorNotice error={toApiError(egg.error)} onRetry={() => void egg.refetch()} />}
          {values.eggId !== '' && egg.isPending && <Skeleton rows={2} />}
          {loadedEgg && <EggFields egg={loadedEgg} form={form} />}
        </div>
      </Card>
      {loadedEgg && loadedEgg.variables.length > 0 && (
        <Card title={t('newServer.variables')}>
          <VariableFields egg={loadedEgg} form={form} />
        </Card>
      )}
      <LimitFields form={form} />
      <CheckField
        label={t('newServer.startOnCompletion')}
        hint={t('newServer.startOnCompletionHint')}
        checked={values.startOnCompletion}
        onChange={(checked) => form.set('startOnCompletion', checked)}
      />
      {form.error && <ErrorNotice error={form.error} title={t('newServer.failed')} />}
      <div className="form__actions">
        <Button variant="primary" type="submit" busy={form.busy}>
          {t('newServer.create')}
        </Button>
        <ButtonLink to="/servers" variant="quiet">
          {t('action.cancel')}
        </ButtonLink>
      </div>
    </form>
  );
}

function OwnerField({ form }: { form: Form<NewServerValues> }) {
  const t = useT();
  const self = useUser();
  const { data } = useQuery(queries.users());
  const others = (data ?? []).filter((user) => user.username !== self.username && !user.disabled);
  return (
    <SelectField
      label={t('newServer.owner')}
      value={form.values.owner}
      onChange={(value) => form.set('owner', value)}
      choices={[
        { value: '', label: t('newServer.ownerSelf', { name: self.username }) },
        ...others.map((user) => ({ value: user.username, label: user.username })),
      ]}
      error={form.problem('owner')}
    />
  );
}

function LimitFields({ form }: { form: Form<NewServerValues> }) {
  const t = useT();
  const limit = (name: 'memory' | 'swap' | 'disk' | 'cpu', field: string) => ({
    ...form.text(name),
    inputMode: 'numeric' as const,
    autoComplete: 'off',
    onChange: (value: string) => form.set(name, value, field),
    onBlur: () => form.leave(field),
    error: form.problem(field),
  });
  return (
    <Card title={t('newServer.limits')}>
      <div className="columns">
        <TextField label={t('limits.memory')} suffix={t('unit.mebibytes')} hint={t('limits.memoryHint')} {...limit('memory', 'limits.memoryMebibytes')} />
        <TextField label={t('limits.disk')} suffix={t('unit.mebibytes')} hint={t('limits.diskHint')} {...limit('disk', 'limits.diskMebibytes')} />
        <TextField label={t('limits.cpu')} suffix={t('unit.percent')} hint={t('limits.cpuHint')} {...limit('cpu', 'limits.cpuPercent')} />
        <TextField label={t('limits.swap')} suffix={t('unit.mebibytes')} hint={t('limits.swapHint')} {...limit('swap', 'limits.swapMebibytes')} />
      </div>
    </Card>
  );
}

function nodeLabel(node: Node, notEnrolled: string, offline: string): string {
  if (!node.enrolled) return `${node.name} (${notEnrolled})`;
  return node.reachable ? node.name : `${node.name} (${offline})`;
}
