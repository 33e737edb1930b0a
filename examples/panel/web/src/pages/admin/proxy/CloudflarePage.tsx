import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toApiError } from '../../../api';
import type { Binding } from '../../../api/cloudflare';
import { queries } from '../../../api/queries';
import { Button } from '../../../components/Button';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../../components/Feedback';
import { useT } from '../../../i18n/I18nProvider';
import { underWay } from '../../../proxy/cloudflare';
import { BindingCard } from './cloudflare/BindingCard';
import { BindingDialog } from './cloudflare/BindingDialog';
import { PlanDialog } from './cloudflare/PlanDialog';
import { RemoveBinding } from './cloudflare/RemoveBinding';
import { StopConnector } from './cloudflare/StopConnector';

const POLL_MILLIS = 15_000;
const BUSY_POLL_MILLIS = 1_500;

export type OpenBinding = { name: 'new' } | { name: 'edit' | 'plan' | 'remove' | 'stop'; item: Binding } | null;

/** Accounts of Cloudflare, their tunnels, and how far the names are that they lead here. */
export function CloudflarePage() {
  const t = useT();
  const [open, setOpen] = useState<(NonNullable<OpenBinding> & { etag: string }) | null>(null);
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...queries.bindings(),
    refetchInterval: ({ state }) => (underWay(state.data?.items ?? []) ? BUSY_POLL_MILLIS : POLL_MILLIS),
  });
  if (error && !data) return <ErrorNotice error={toApiError(error)} title={t('cf.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} tall />;
  // A change is made from what was shown when it was begun, and not from what others have made of it since.
  const show = (what: OpenBinding) => setOpen(what && { ...what, etag: data.etag });
  const close = () => setOpen(null);
  const taken = data.items.map(({ binding }) => binding.id);
  const add = (
    <Button variant="primary" icon="plus" onClick={() => show({ name: 'new' })}>
      {t('cf.add')}
    </Button>
  );
  return (
    <>
      {data.items.length === 0 ? (
        <EmptyState icon="cloud" title={t('cf.none')} action={add}>
          {t('cf.noneText')}
        </EmptyState>
      ) : (
        <>
          <header className="schedules__head">
            <div>
              <h2>{t('cf.title')}</h2>
              <p className="muted">{t('cf.lead')}</p>
            </div>
            {add}
          </header>
          <ul className="bindings">
            {data.items.map((item) => (
              <BindingCard key={item.binding.id} item={item} now={dataUpdatedAt} onOpen={show} />
            ))}
          </ul>
        </>
      )}
      {open?.name === 'new' && <BindingDialog etag={open.etag} taken={taken} onClose={close} />}
      {open?.name === 'edit' && <BindingDialog etag={open.etag} taken={[]} item={open.item} onClose={close} />}
      {open?.name === 'plan' && <PlanDialog id={open.item.binding.id} onClose={close} />}
      {open?.name === 'remove' && <RemoveBinding id={open.item.binding.id} etag={open.etag} onClose={close} />}
      {open?.name === 'stop' && <StopConnector id={open.item.binding.id} onClose={close} />}
    </>
  );
}
