import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { panel, toApiError, type Allocation } from '../../api';
import { queries } from '../../api/queries';
import { Button, IconButton } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Skeleton } from '../../components/Feedback';
import { TextField } from '../../components/Field';
import { Card } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { useForm } from '../../forms/useForm';
import { allocationProblems } from '../../forms/validation';
import { formatAddress } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';

/** The addresses of a node that servers may use. */
export function Allocations({ nodeId }: { nodeId: number }) {
  const t = useT();
  const { data, error, refetch } = useQuery(queries.allocations(nodeId));
  return (
    <Card title={t('allocations.title')} className="card--span">
      <p className="muted">{t('allocations.lead')}</p>
      <AddAllocations key={nodeId} nodeId={nodeId} />
      {error && <ErrorNotice error={toApiError(error)} title={t('allocations.failed')} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} />}
      {data?.length === 0 && <p className="muted allocations__none">{t('allocations.none')}</p>}
      {data && data.length > 0 && <AllocationTable nodeId={nodeId} allocations={data} />}
    </Card>
  );
}

function AllocationTable({ nodeId, allocations }: { nodeId: number; allocations: readonly Allocation[] }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const [removing, setRemoving] = useState<Allocation['id'] | null>(null);
  const remove = useMutation({
    mutationFn: (allocation: Allocation) => panel.deleteAllocation(nodeId, allocation.id),
    onMutate: (allocation) => setRemoving(allocation.id),
    onSuccess: (_, allocation) => toast(t('allocations.removed', { address: formatAddress(allocation) })),
    onSettled: () => {
      setRemoving(null);
      return client.invalidateQueries({ queryKey: queries.node(nodeId).queryKey });
    },
  });
  return (
    <>
      {remove.error && <ErrorNotice error={toApiError(remove.error)} title={t('allocations.removeFailed')} />}
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('allocations.address')}</th>
              <th scope="col">{t('allocations.usedBy')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('allocations.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {allocations.map((allocation) => (
              <tr key={allocation.id}>
                <td>
                  <code>{formatAddress(allocation)}</code>
                </td>
                <td>
                  {allocation.server ? (
                    <Link to={`/servers/${allocation.server.uuid}`}>{allocation.server.name}</Link>
                  ) : (
                    <span className="muted">{t('allocations.free')}</span>
                  )}
                </td>
                <td className="table__actions">
                  {!allocation.server && (
                    <IconButton
                      icon="trash"
                      label={t('allocations.remove', { address: formatAddress(allocation) })}
                      disabled={removing === allocation.id}
                      onClick={() => remove.mutate(allocation)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function AddAllocations({ nodeId }: { nodeId: number }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const [round, setRound] = useState(0);
  return (
    <AddForm
      key={round}
      onAdded={(created) => {
        toast(t.count('allocations.created', created));
        setRound((before) => before + 1);
        void client.invalidateQueries({ queryKey: queries.node(nodeId).queryKey });
      }}
      nodeId={nodeId}
    />
  );
}

function AddForm({ nodeId, onAdded }: { nodeId: number; onAdded: (created: number) => void }) {
  const t = useT();
  const form = useForm({
    initial: { ip: '127.0.0.1', ports: '' },
    validate: (values) => allocationProblems(values, t),
    submit: async (values) => {
      const { created } = await panel.addAllocations(nodeId, { ip: values.ip.trim(), ports: values.ports.trim() });
      onAdded(created);
    },
  });
  return (
    <form ref={form.ref} className="inline-form" onSubmit={form.onSubmit} noValidate>
      <TextField label={t('allocations.ip')} mono autoComplete="off" {...form.text('ip')} />
      <TextField
        label={t('allocations.ports')}
        placeholder={t('allocations.portsExample')}
        mono
        autoComplete="off"
        {...form.text('ports')}
      />
      <Button type="submit" icon="plus" busy={form.busy}>
        {t('allocations.add')}
      </Button>
      {form.error && <ErrorNotice error={form.error} title={t('allocations.addFailed')} />}
    </form>
  );
}
