import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { panel, toApiError, type Server } from '../../../api';
import { queries } from '../../../api/queries';
import { ButtonLink } from '../../../components/Button';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../../components/Feedback';
import { Icon } from '../../../components/Icon';
import { Badge } from '../../../components/Status';
import { Switch } from '../../../components/Switch';
import { useT } from '../../../i18n/I18nProvider';
import { listenText, matchesSearch, pageOf, titleOf } from '../../../proxy/describe';
import type { L4Route } from '../../../proxy/document';
import { engineHasSaved } from '../../../proxy/stages';
import { Pages } from './Pages';
import { ProxyListBar } from './ProxyListBar';
import { useProxyContext } from './ProxyPage';
import type { Shown } from './RoutesPage';
import { useRouteSwitch } from './useRouteSwitch';

const PAGE = 50;

export function ConnectionsPage() {
  const t = useT();
  const { data, error, refetch } = useQuery(queries.l4Routes());
  const { data: servers } = useQuery(queries.servers());
  const create = (
    <ButtonLink to="/admin/proxy/new-connection" variant="primary" icon="plus">
      {t('l4.new')}
    </ButtonLink>
  );
  return (
    <>
      {error && <ErrorNotice error={toApiError(error)} title={t('l4.failed')} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} tall />}
      {data?.items.length === 0 && (
        <EmptyState icon="plug" title={t('l4.none')} action={create}>
          {t('l4.noneText')}
        </EmptyState>
      )}
      {data && data.items.length > 0 && <ConnectionList items={data.items} etag={data.etag} servers={servers ?? []} create={create} />}
    </>
  );
}

function ConnectionList({ items, etag, servers, create }: { items: readonly L4Route[]; etag: string; servers: readonly Server[]; create: ReactNode }) {
  const t = useT();
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const [wanted, setWanted] = useState(1);
  const toggle = useRouteSwitch(panel.proxy.l4Routes, etag);
  const found = items.filter((route) => (shown === 'all' || route.enabled === (shown === 'on')) && matchesSearch(wordsOf(route), search));
  const { items: rows, page, pages } = pageOf(found, wanted, PAGE);
  return (
    <>
      <ProxyListBar label={t('l4.search')} search={search} onSearch={setSearch} shown={shown} onShown={setShown}>
        {create}
      </ProxyListBar>
      {toggle.notice}
      {found.length === 0 ? (
        <p className="list-none">{t('routes.noMatch')}</p>
      ) : (
        <ul className="route-list" aria-label={t('proxy.tabConnections')}>
          {rows.map((route) => (
            <ConnectionRow key={route.id} route={route} owner={servers.find(({ uuid }) => uuid === route.owner)} busy={toggle.busy === route.id} onSwitch={(enabled) => toggle.run(route.id, enabled)} />
          ))}
        </ul>
      )}
      <Pages page={page} pages={pages} onPage={setWanted} />
    </>
  );
}

function ConnectionRow({ route, owner, busy, onSwitch }: { route: L4Route; owner: Server | undefined; busy: boolean; onSwitch: (enabled: boolean) => void }) {
  const t = useT();
  const { state } = useProxyContext();
  const [first, ...others] = route.listen ?? [];
  const [upstream, ...more] = route.upstreams ?? [];
  return (
    <li className={`route-row${route.enabled ? '' : ' route-row--off'}`} data-route={route.id}>
      <div className="route-row__names">
        <div className="route-row__title">
          <Link to={`/admin/proxy/connections/${encodeURIComponent(route.id)}`} className="route-row__link">
            {first ? listenText(first) : route.id}
          </Link>
          {others.length > 0 && <span className="tag">{`+${others.length}`}</span>}
          {route.serverNames?.[0] && <code className="tag">{route.serverNames[0]}</code>}
        </div>
        <div className="route-row__sub">
          <span>{route.name ?? route.id}</span>
          {owner && (
            <span className="route-row__owner">
              <Icon name="servers" size={14} />
              <Link to={`/servers/${owner.uuid}`}>{owner.name}</Link>
            </span>
          )}
        </div>
      </div>
      <div className="route-row__target">
        <span className="route-row__kind">{route.tls === 'terminate' ? t('l4.terminated') : t('l4.passed')}</span>
        <code>{upstream ? `${upstream.host}:${upstream.port}${more.length > 0 ? ` +${more.length}` : ''}` : t('common.none')}</code>
      </div>
      <span className="route-row__exposure">{route.sources?.length ? t('l4.someSources') : t('l4.allSources')}</span>
      <span className="route-row__state">
        {!route.enabled ? <Badge tone="idle">{t('routes.off')}</Badge> : engineHasSaved(state) ? <Badge tone="good">{t('routes.runs')}</Badge> : <Badge tone="busy">{t('routes.notApplied')}</Badge>}
      </span>
      <Switch label={t('routes.switch', { name: titleOf(route) })} checked={route.enabled} busy={busy} onChange={onSwitch} />
    </li>
  );
}

function wordsOf(route: L4Route): (string | undefined)[] {
  return [route.id, route.name, route.owner, ...(route.serverNames ?? []), ...(route.listen ?? []).map(listenText), ...(route.upstreams ?? []).map(({ host, port }) => `${host}:${port}`)];
}
