import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { toApiError, type Server } from '../../api';
import { queries } from '../../api/queries';
import { ButtonLink } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../components/Feedback';
import { TextField } from '../../components/Field';
import { PageHeader } from '../../components/Page';
import { StateBadge } from '../../components/Status';
import { shownState } from '../../components/shownState';
import { formatAddress, formatBytes, formatPercent } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import { useLiveInterval } from '../../live/LiveProvider';
import { useUser } from '../../session/SessionProvider';

/** From how many servers on a filter is of use. */
const FILTER_FROM = 6;

const DELETING_MILLIS = 3_000;

export function ServersPage() {
  const t = useT();
  const { admin } = useUser();
  const interval = useLiveInterval();
  const { data: servers, error, refetch } = useQuery({
    ...queries.servers(),
    // A deletion ends with a row that is no longer there: asked for as well, in case its news is missed.
    refetchInterval: ({ state }) =>
      state.data?.some((server) => server.status === 'deleting') ? DELETING_MILLIS : interval,
  });
  const [filter, setFilter] = useState('');
  const shown = servers?.filter((server) => matches(server, filter));

  return (
    <>
      <PageHeader
        title={t('servers.title')}
        actions={
          admin &&
          servers &&
          servers.length > 0 && (
            <ButtonLink to="/admin/servers/new" variant="primary" icon="plus">
              {t('servers.new')}
            </ButtonLink>
          )
        }
      >
        {servers && servers.length > 0 && (
          <p className="muted">
            {t.count('servers.count', servers.length)} · {t.count('servers.running', runningOf(servers))}
          </p>
        )}
      </PageHeader>
      {error && <ErrorNotice error={toApiError(error)} title={t('servers.failed')} onRetry={() => void refetch()} />}
      {!servers && !error && <Skeleton rows={4} tall />}
      {servers?.length === 0 && (
        <EmptyState
          icon="servers"
          title={t('servers.none')}
          action={
            admin && (
              <ButtonLink to="/admin/servers/new" variant="primary" icon="plus">
                {t('servers.new')}
              </ButtonLink>
            )
          }
        >
          {admin ? t('servers.noneAdmin') : t('servers.noneUser')}
        </EmptyState>
      )}
      {servers && servers.length >= FILTER_FROM && (
        <div className="filter">
          <TextField label={t('servers.filter')} type="search" value={filter} onChange={setFilter} />
        </div>
      )}
      {shown && shown.length > 0 && (
        <ul className="server-list">
          {shown.map((server) => (
            <ServerRow key={server.uuid} server={server} />
          ))}
        </ul>
      )}
      {servers && servers.length > 0 && shown?.length === 0 && (
        <p className="muted" role="status">
          {t('servers.noMatch', { filter })}
        </p>
      )}
    </>
  );
}

function ServerRow({ server }: { server: Server }) {
  const t = useT();
  const { usage } = server;
  const state = shownState(server);
  const up = state === 'running' || state === 'starting' || state === 'stopping';
  return (
    <li className="server-row" data-server={server.name}>
      <div className="server-row__name">
        <Link to={`/servers/${server.uuid}`} className="server-row__link">
          {server.name}
        </Link>
        <span className="server-row__sub">
          {server.egg.name} · {server.node.name}
        </span>
      </div>
      <StateBadge server={server} />
      <span className="server-row__address mono">{server.allocation ? formatAddress(server.allocation) : '–'}</span>
      <dl className="server-row__usage">
        {usage && up && (
          <>
            <div>
              <dt>{t('usage.cpu')}</dt>
              <dd>{formatPercent(usage.cpuPercent, t.locale)}</dd>
            </div>
            <div>
              <dt>{t('usage.memory')}</dt>
              <dd>{formatBytes(usage.memoryBytes, t.locale)}</dd>
            </div>
          </>
        )}
      </dl>
    </li>
  );
}

function runningOf(servers: readonly Server[]): number {
  return servers.filter((server) => shownState(server) === 'running').length;
}

function matches(server: Server, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return true;
  const address = server.allocation ? formatAddress(server.allocation) : '';
  return [server.name, server.egg.name, server.node.name, address].some((text) => text.toLowerCase().includes(wanted));
}
