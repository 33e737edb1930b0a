import { useQuery } from '@tanstack/react-query';
import { NavLink, Outlet, useOutletContext, useParams } from 'react-router';
import { toApiError, type Server } from '../../api';
import { queries } from '../../api/queries';
import { ButtonLink } from '../../components/Button';
import { CopyButton } from '../../components/Copy';
import { ErrorNotice } from '../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../components/Feedback';
import { Icon, type IconName } from '../../components/Icon';
import { PageHeader } from '../../components/Page';
import { TabBar } from '../../components/TabBar';
import { StateBadge } from '../../components/Status';
import { useConsole, type ServerConsole } from '../../console/useConsole';
import { formatAddress } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import { useLiveInterval } from '../../live/LiveProvider';
import { allows } from '../../servers/power';
import { useUser } from '../../session/SessionProvider';
import { FeaturePrompt } from './FeaturePrompt';
import { PowerButtons } from './PowerButtons';
import { StatusBanner } from './StatusBanner';

interface ServerContext {
  server: Server;
  console: ServerConsole;
}

/** The server of the page around a tab. */
export function useServerContext(): ServerContext {
  return useOutletContext<ServerContext>();
}

export function ServerPage() {
  const t = useT();
  const { uuid = '' } = useParams();
  const interval = useLiveInterval();
  const { data: server, error, refetch } = useQuery({ ...queries.server(uuid), refetchInterval: interval });

  if (error && toApiError(error).status === 404) return <Gone deleted={false} />;
  if (!server) {
    return (
      <>
        <PageHeader title={t('server.title')} parent={{ to: '/servers', label: t('nav.servers') }} />
        {error ? (
          <ErrorNotice error={toApiError(error)} title={t('server.failed')} onRetry={() => void refetch()} />
        ) : (
          <Skeleton rows={3} tall />
        )}
      </>
    );
  }
  return <LoadedServer key={uuid} server={server} />;
}

function LoadedServer({ server }: { server: Server }) {
  const t = useT();
  const live = useConsole(server.uuid);
  if (live.phase.name === 'ended' && live.phase.reason === 'deleted') return <Gone deleted />;
  return (
    <>
      <PageHeader
        title={server.name}
        parent={{ to: '/servers', label: t('nav.servers') }}
        badge={<StateBadge server={server} />}
        actions={<PowerButtons server={server} />}
      >
        <p className="server-line">
          {server.allocation && (
            <span className="server-line__address">
              <code>{formatAddress(server.allocation)}</code>
              <CopyButton text={formatAddress(server.allocation)} label={t('server.copyAddress')} />
            </span>
          )}
          <span>{server.egg.name}</span>
          <span>{server.node.name}</span>
        </p>
      </PageHeader>
      <StatusBanner server={server} />
      <FeaturePrompt server={server} console={live} />
      <TabBar label={t('server.sections')}>
        <Tab to="." icon="terminal" label={t('server.tabConsole')} />
        {allows(server.permissions, 'file.read') && <Tab to="files" end={false} icon="folder" label={t('server.tabFiles')} />}
        {allows(server.permissions, 'startup.read') && <Tab to="startup" icon="play" label={t('server.tabStartup')} />}
        {allows(server.permissions, 'settings.reinstall') && (
          <Tab to="install" icon="document" label={t('server.tabInstall')} />
        )}
        {allows(server.permissions, 'backup.read') && (
          <Tab to="backups" icon="archive" label={t('server.tabBackups')} />
        )}
        {allows(server.permissions, 'schedule.read') && (
          <Tab to="schedules" icon="clock" label={t('server.tabSchedules')} />
        )}
        {allows(server.permissions, 'allocation.read') && <DomainsLink server={server} />}
        {allows(server.permissions, 'user.read') && <Tab to="users" icon="users" label={t('server.tabUsers')} />}
        <Tab to="settings" icon="settings" label={t('server.tabSettings')} />
      </TabBar>
      <Outlet context={{ server, console: live } satisfies ServerContext} />
    </>
  );
}

/** Without a proxy there are no domains: only administrators, who can switch it on, hear of that. */
function DomainsLink({ server }: { server: Server }) {
  const t = useT();
  const { admin } = useUser();
  const { data, error } = useQuery({ ...queries.domains(server.uuid), staleTime: Infinity });
  const known = data !== undefined || (error !== null && toApiError(error).code !== 'proxy_off');
  return admin || known ? <Tab to="domains" icon="globe" label={t('server.tabDomains')} /> : null;
}

function Tab({ to, icon, label, end = true }: { to: string; icon: IconName; label: string; end?: boolean }) {
  return (
    <NavLink to={to} end={end} className="tabs__tab">
      <Icon name={icon} size={17} />
      {label}
    </NavLink>
  );
}

function Gone({ deleted }: { deleted: boolean }) {
  const t = useT();
  return (
    <>
      <PageHeader title={t('server.title')} parent={{ to: '/servers', label: t('nav.servers') }} />
      <EmptyState
        icon="servers"
        title={deleted ? t('server.deleted') : t('server.unknown')}
        action={<ButtonLink to="/servers">{t('notFound.back')}</ButtonLink>}
      >
        {deleted ? t('server.deletedText') : t('server.unknownText')}
      </EmptyState>
    </>
  );
}
