import { useQuery } from '@tanstack/react-query';
import { NavLink, Outlet, useLocation, useOutletContext } from 'react-router';
import { toApiError } from '../../../api';
import type { ProxyOn, Report } from '../../../api/proxyTypes';
import { queries } from '../../../api/queries';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Skeleton } from '../../../components/Feedback';
import { Icon, type IconName } from '../../../components/Icon';
import { TabBar } from '../../../components/TabBar';
import { PageHeader } from '../../../components/Page';
import { useT } from '../../../i18n/I18nProvider';
import { ProxyOff } from './ProxyOff';
import { ProxyStages } from './ProxyStages';
import { ReportNotice } from './ReportNotice';

const REFRESH_MILLIS = 10_000;

/** What the page around says about the proxy. */
export function useProxyContext(): ProxyOn {
  return useOutletContext<ProxyOn>();
}

/** The proxy in front of the servers: how far its engine and cloud are, and a tab for each part of its document. */
export function ProxyPage() {
  const t = useT();
  const { data: proxy, error, refetch } = useQuery({ ...queries.proxy(), refetchInterval: REFRESH_MILLIS });
  if (proxy?.on === false) return <ProxyOff />;
  return (
    <>
      <PageHeader title={t('proxy.title')} badge={proxy?.on && <span className="tag">{proxy.engine.title}</span>}>
        <p className="muted">{t('proxy.lead')}</p>
      </PageHeader>
      {error && <ErrorNotice error={toApiError(error)} title={t('proxy.failed')} onRetry={() => void refetch()} />}
      {!proxy && !error && <Skeleton rows={2} tall />}
      {proxy && <ProxyTabs proxy={proxy} />}
    </>
  );
}

function ProxyTabs({ proxy }: { proxy: ProxyOn }) {
  const t = useT();
  return (
    <>
      <ProxyStages state={proxy.state} accounts={proxy.counts.bindings} />
      <ArrivedReport newest={proxy.state.saved.number} />
      <TabBar label={t('proxy.sections')}>
        <Tab to="routes" icon="route" label={t('proxy.tabRoutes')} count={proxy.counts.routes} />
        <Tab to="connections" icon="plug" label={t('proxy.tabConnections')} count={proxy.counts.l4Routes} />
        <Tab to="raw" icon="code" label={t('proxy.tabRaw')} count={proxy.counts.raw} />
        <Tab to="plugins" icon="settings" label={t('proxy.tabPlugins')} />
        <Tab to="cloudflare" icon="cloud" label={t('proxy.tabCloudflare')} count={proxy.counts.bindings} />
        {proxy.counts.certificates > 0 && <Tab to="certificates" icon="lock" label={t('proxy.tabCertificates')} count={proxy.counts.certificates} />}
        <Tab to="history" icon="history" label={t('proxy.tabHistory')} />
      </TabBar>
      <Outlet context={proxy satisfies ProxyOn} />
    </>
  );
}

function Tab({ to, icon, label, count = 0 }: { to: string; icon: IconName; label: string; count?: number }) {
  const t = useT();
  return (
    <NavLink to={to} className="tabs__tab">
      <Icon name={icon} size={17} />
      {label}
      {count > 0 && <span className="tabs__count">{new Intl.NumberFormat(t.locale).format(count)}</span>}
    </NavLink>
  );
}

/** What became of the change that led here, as long as nothing came after it. */
function ArrivedReport({ newest }: { newest: number }) {
  const { state } = useLocation();
  const report = (state as { report?: Report } | null)?.report;
  return report && report.state.saved.number >= newest ? <ReportNotice report={report} /> : null;
}
