import { Link } from 'react-router';
import type { Server } from '../../../api';
import { Icon, type IconName } from '../../../components/Icon';
import { Switch } from '../../../components/Switch';
import { useT } from '../../../i18n/I18nProvider';
import { targetOf, titleOf, urlOf } from '../../../proxy/describe';
import type { Exposure, HttpRoute } from '../../../proxy/document';

const ICONS: Record<Exposure, IconName> = {
  public: 'lock', 'plain-http': 'unlock', tunnel: 'cloud', lan: 'nodes', 'tunnel-tcp': 'terminal', 'direct-dns': 'globe',
};
const MOST_PATHS = 2;

/** One route in one line: what comes in, where it goes, how it is reached, whose it is, whether it is in use. */
export function RouteRow({ route, owner, applied, busy, onSwitch }: { route: HttpRoute; owner: Server | undefined; applied: boolean; busy: boolean; onSwitch: (enabled: boolean) => void }) {
  const t = useT();
  const exposure = route.exposure ?? 'public';
  const url = urlOf(route);
  return (
    <li className={`route-row${route.enabled ? '' : ' route-row--off'}`} data-route={route.id}>
      <div className="route-row__names">
        <div className="route-row__title">
          <Link to={`/admin/proxy/routes/${encodeURIComponent(route.id)}`} className="route-row__link">
            {route.catchAll ? t('routes.everything') : (route.domains?.[0] ?? route.id)}
          </Link>
          {(route.domains?.length ?? 0) > 1 && <span className="tag">{`+${(route.domains?.length ?? 0) - 1}`}</span>}
          {(route.paths ?? []).slice(0, MOST_PATHS).map(({ kind, value }) => (
            <code key={`${kind} ${value}`} className="tag">
              {kind === 'prefix' ? `${value.replace(/\/$/, '')}/…` : value}
            </code>
          ))}
          {url && (
            <a className="route-row__open" href={url} target="_blank" rel="noreferrer" aria-label={t('routes.open', { url })} title={url}>
              <Icon name="up" size={14} />
            </a>
          )}
        </div>
        <div className="route-row__sub">
          {titleOf(route) !== route.domains?.[0] && titleOf(route) !== route.id && <span>{titleOf(route)}</span>}
          {route.owner && <OwnerLink uuid={route.owner} server={owner} />}
        </div>
      </div>
      <div className="route-row__target">
        <span className="route-row__kind">{t.find(`actionType.${route.action.type}`)}</span>
        <code>{targetOf(route.action, t)}</code>
      </div>
      <span className="route-row__exposure">
        <Icon name={ICONS[exposure]} size={15} />
        {t.find(`exposure.${exposure}`)}
      </span>
      <RouteState route={route} applied={applied} />
      <Switch label={t('routes.switch', { name: titleOf(route) })} checked={route.enabled} busy={busy} onChange={onSwitch} />
    </li>
  );
}

/** What is said of a route is what is known: only of a proven revision that it runs. */
function RouteState({ route, applied }: { route: HttpRoute; applied: boolean }) {
  const t = useT();
  const [tone, word] = !route.enabled
    ? ['idle', t('routes.off')]
    : !applied
      ? ['busy', t('routes.notApplied')]
      : route.maintenance
        ? ['busy', t('routes.maintenance')]
        : ['good', t('routes.runs')];
  return (
    <span className={`badge badge--${tone} route-row__state`}>
      <span className="badge__dot" aria-hidden="true" />
      {word}
    </span>
  );
}

function OwnerLink({ uuid, server }: { uuid: string; server: Server | undefined }) {
  return (
    <span className="route-row__owner">
      <Icon name="servers" size={14} />
      {server ? <Link to={`/servers/${server.uuid}`}>{server.name}</Link> : <code>{uuid}</code>}
    </span>
  );
}
