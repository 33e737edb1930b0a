import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { toApiError } from '../../api';
import type { ServerDomain, ServerDomains } from '../../api/domains';
import { queries } from '../../api/queries';
import { Button } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../components/Feedback';
import { useT } from '../../i18n/I18nProvider';
import { askAgainAfter } from '../../servers/domains';
import { allows } from '../../servers/power';
import { useUser } from '../../session/SessionProvider';
import { NotFoundPage } from '../NotFoundPage';
import { AddDomain } from './domains/AddDomain';
import { DomainCard } from './domains/DomainCard';
import { RemoveDomain } from './domains/RemoveDomain';
import { useServerContext } from './ServerPage';

type Open = 'new' | ServerDomain | null;

/** The names by which ports of this server are reached. */
export function DomainsTab() {
  const t = useT();
  const { server } = useServerContext();
  const [open, setOpen] = useState<Open>(null);
  const { data, error, refetch } = useQuery({
    ...queries.domains(server.uuid),
    refetchInterval: ({ state }) => askAgainAfter(state.data?.items ?? []),
  });
  if (error && toApiError(error).code === 'proxy_off') return <NoProxy />;
  if (error && !data) return <ErrorNotice error={toApiError(error)} title={t('domains.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} tall />;
  const mayAdd = allows(server.permissions, 'allocation.create') && possible(data);
  const add = mayAdd && (
    <Button variant="primary" icon="plus" onClick={() => setOpen('new')}>
      {t('domains.new')}
    </Button>
  );
  const close = () => setOpen(null);
  return (
    <>
      {data.items.length === 0 ? (
        <NoDomains domains={data} add={add} />
      ) : (
        <>
          <header className="schedules__head">
            <div>
              <h2>{t('domains.title')}</h2>
              <p className="muted">{t('domains.lead')}</p>
            </div>
            {add}
          </header>
          <ul className="domains">
            {data.items.map((domain) => (
              <DomainCard
                key={domain.id}
                domain={domain}
                ports={data.ports}
                {...(allows(server.permissions, 'allocation.delete') ? { onRemove: () => setOpen(domain) } : {})}
              />
            ))}
          </ul>
        </>
      )}
      {open === 'new' && <AddDomain server={server} domains={data} onClose={close} />}
      {open !== null && open !== 'new' && <RemoveDomain server={server} domain={open} onClose={close} />}
    </>
  );
}

/** Whether there is a name to take and a port to lead it to. */
function possible({ offered, free, ports }: ServerDomains): boolean {
  return (free || offered.length > 0) && ports.length > 0;
}

function NoDomains({ domains, add }: { domains: ServerDomains; add: ReactNode }) {
  const t = useT();
  const offered = domains.free || domains.offered.length > 0;
  return (
    <EmptyState icon="globe" title={t(offered ? 'domains.none' : 'domains.noneOffered')} action={add}>
      {!offered && t('domains.noneOfferedText')}
      {offered && t(domains.ports.length === 0 ? 'domains.noPorts' : 'domains.noneText')}
    </EmptyState>
  );
}

/** Whoever cannot switch the proxy on has no use for hearing of it. */
function NoProxy() {
  const t = useT();
  const user = useUser();
  if (!user.admin) return <NotFoundPage />;
  return (
    <EmptyState icon="globe" title={t('domains.off')} action={<p className="muted">{t('domains.offUsers')}</p>}>
      {t('domains.offText', { option: '--proxy' })}
    </EmptyState>
  );
}
