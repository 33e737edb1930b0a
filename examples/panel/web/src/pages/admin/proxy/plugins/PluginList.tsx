import { Link } from 'react-router';
import type { PluginState } from '../../../../api/proxyTypes';
import { CopyField } from '../../../../components/Copy';
import { Icon, type IconName } from '../../../../components/Icon';
import { Card } from '../../../../components/Page';
import { Badge } from '../../../../components/Status';
import { useT } from '../../../../i18n/I18nProvider';
import { buildCommand, sortPlugins, sourceUrl } from '../../../../proxy/plugins';

/** More names than these are counted. */
const NAMED = 4;

/** What the installed engine can do beyond the usual, what it lacks, who asks for that, and where it is to be had. */
export function PluginList({ plugins, title }: { plugins: readonly PluginState[]; title: string }) {
  const t = useT();
  const missing = plugins.filter(({ installed }) => !installed);
  const wanted = missing.filter(({ routes }) => routes.length > 0);
  const command = buildCommand(wanted.length > 0 ? wanted : missing);
  return (
    <Card title={t('plugins.title', { engine: title })}>
      <p className="muted">{t('plugins.lead')}</p>
      <ul className="plugin-list">
        {sortPlugins(plugins).map((plugin) => (
          <PluginRow key={plugin.id} plugin={plugin} />
        ))}
      </ul>
      {command && <CopyField label={t(wanted.length > 0 ? 'plugins.buildWanted' : 'plugins.build')} text={command} />}
    </Card>
  );
}

function PluginRow({ plugin }: { plugin: PluginState }) {
  const t = useT();
  const { id, module, installed, routes } = plugin;
  const tone = installed ? 'good' : routes.length > 0 ? 'bad' : 'idle';
  return (
    <li className="plugin" data-plugin={id} data-installed={installed}>
      <span className="plugin__icon">
        <Icon name={ICONS[id] ?? 'plug'} size={18} />
      </span>
      <div className="plugin__words">
        <p>
          <strong>{t.find(`plugin.${id}`) ?? id}</strong>
        </p>
        <p className="muted">{t.find(`pluginText.${id}`) ?? ''}</p>
        <p className="plugin__foot">
          {module && <code>{module}</code>}
          {!installed && <Source plugin={plugin} />}
        </p>
        {routes.length > 0 && <UsedBy routes={routes} installed={installed} connections={id === 'layer4'} />}
      </div>
      <Badge tone={tone}>{t(installed ? 'plugins.installed' : 'plugins.missing')}</Badge>
    </li>
  );
}

function Source({ plugin }: { plugin: PluginState }) {
  const t = useT();
  const url = sourceUrl(plugin);
  if (plugin.source === '') return <span className="muted">{t('plugins.noSource')}</span>;
  if (!url) return <span>{plugin.source}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {plugin.source}
      <Icon name="external" size={13} />
    </a>
  );
}

function UsedBy({ routes, installed, connections }: { routes: readonly string[]; installed: boolean; connections: boolean }) {
  const t = useT();
  const base = connections ? '/admin/proxy/connections' : '/admin/proxy/routes';
  return (
    <p className={installed ? 'plugin__users' : 'plugin__users plugin__users--without'}>
      <span>{t.count(installed ? 'plugins.usedBy' : 'plugins.wantedBy', routes.length)}</span>
      {routes.slice(0, NAMED).map((route) => (
        <Link key={route} to={`${base}/${encodeURIComponent(route)}`} className="tag">
          {route}
        </Link>
      ))}
      {routes.length > NAMED && <span>{t('plugins.more', { count: routes.length - NAMED })}</span>}
    </p>
  );
}

const ICONS: Readonly<Record<string, IconName>> = {
  'rate-limit': 'clock',
  cache: 'archive',
  geoip: 'globe',
  security: 'shield',
  layer4: 'plug',
  'dns-cloudflare': 'cloud',
};
