import { useDeferredValue, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { panel, toApiError, type Server } from '../../../api';
import { queries } from '../../../api/queries';
import { ButtonLink } from '../../../components/Button';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../../components/Feedback';
import { useT } from '../../../i18n/I18nProvider';
import { addressOf, matchesSearch, pageOf } from '../../../proxy/describe';
import type { HttpRoute } from '../../../proxy/document';
import { engineHasSaved } from '../../../proxy/stages';
import { Pages } from './Pages';
import { ProxyListBar } from './ProxyListBar';
import { useProxyContext } from './ProxyPage';
import { RouteRow } from './RouteRow';
import { useRouteSwitch } from './useRouteSwitch';

/** More than one can look through at once, few enough to be drawn at once. */
const PAGE = 50;

export type Shown = 'all' | 'on' | 'off';

export function RoutesPage() {
  const t = useT();
  const { data, error, refetch } = useQuery(queries.routes());
  const { data: servers } = useQuery(queries.servers());
  const create = (
    <ButtonLink to="/admin/proxy/new-route" variant="primary" icon="plus">
      {t('route.new')}
    </ButtonLink>
  );
  return (
    <>
      {error && <ErrorNotice error={toApiError(error)} title={t('routes.failed')} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={5} tall />}
      {data?.items.length === 0 && (
        <EmptyState icon="route" title={t('routes.none')} action={create}>
          {t('routes.noneText')}
        </EmptyState>
      )}
      {data && data.items.length > 0 && <RouteList items={data.items} etag={data.etag} servers={servers ?? []} create={create} />}
    </>
  );
}

function RouteList({ items, etag, servers, create }: { items: readonly HttpRoute[]; etag: string; servers: readonly Server[]; create: ReactNode }) {
  const t = useT();
  const { state } = useProxyContext();
  const [query, setQuery] = useSearchParams();
  // What is typed is here at once; the address follows, and does not lose a key by that.
  const [search, setSearch] = useState(query.get('search') ?? '');
  const shown = (query.get('shown') ?? 'all') as Shown;
  const owners = new Map(servers.map((server) => [server.uuid, server]));
  const toggle = useRouteSwitch(panel.proxy.routes, etag);
  const wanted = useDeferredValue(search);
  const found = items.filter((route) => isShown(route, shown) && matchesSearch(wordsOf(route, owners), wanted));
  const { items: rows, page, pages } = pageOf(found, Number(query.get('page') ?? 1), PAGE);
  const set = (changes: Record<string, string>) => {
    if (changes['search'] !== undefined) setSearch(changes['search']);
    const next = { search, shown, page: '1', ...changes };
    const kept = Object.entries(next).filter(([name, value]) => value !== '' && !(name === 'shown' && value === 'all') && !(name === 'page' && value === '1'));
    setQuery(Object.fromEntries(kept), { replace: true, preventScrollReset: true });
  };
  return (
    <>
      <ProxyListBar label={t('routes.search')} search={search} onSearch={(text) => set({ search: text })} shown={shown} onShown={(next) => set({ shown: next })}>
        {create}
      </ProxyListBar>
      {toggle.notice}
      <p className="muted list-count" role="status">
        {found.length === items.length ? t.count('routes.count', items.length) : t.count('routes.found', found.length)}
      </p>
      {found.length === 0 ? (
        <p className="list-none">{t('routes.noMatch')}</p>
      ) : (
        <ul className="route-list" aria-label={t('proxy.tabRoutes')}>
          {rows.map((route) => (
            <RouteRow key={route.id} route={route} owner={owners.get(route.owner ?? '')} applied={engineHasSaved(state)} busy={toggle.busy === route.id} onSwitch={(enabled) => toggle.run(route.id, enabled)} />
          ))}
        </ul>
      )}
      <Pages page={page} pages={pages} onPage={(next) => set({ page: String(next) })} />
    </>
  );
}

function isShown({ enabled }: HttpRoute, shown: Shown): boolean {
  return shown === 'all' || enabled === (shown === 'on');
}

/** By whatever people look for a route: its names, where it leads, whose it is. */
function wordsOf(route: HttpRoute, owners: ReadonlyMap<string, Server>): (string | undefined)[] {
  const { action } = route;
  const targets = action.type === 'proxy' ? (action.upstreams ?? []).map(addressOf) : action.type === 'redirect' ? [action.to] : [];
  return [route.id, route.name, ...(route.domains ?? []), ...(route.paths ?? []).map(({ value }) => value), ...targets, route.owner, owners.get(route.owner ?? '')?.name];
}
