import type { Translator } from '../i18n/translate';
import type { Action, HttpRoute, L4Listen, L4Route, Upstream } from './document';

/** Where a route leads, in one line. */
export function targetOf(action: Action, t: Translator): string {
  switch (action.type) {
    case 'proxy':
      return action.discovery ? action.discovery.name : upstreamsOf(action.upstreams ?? []);
    case 'redirect':
      return action.to;
    case 'respond':
      return t('route.answers', { status: action.status ?? 200 });
    case 'files':
      return action.root;
    default:
      return action.status === undefined ? t('route.closes') : t('route.answers', { status: action.status });
  }
}

export function addressOf({ scheme = 'http', host, port }: Upstream): string {
  if (scheme === 'unix') return `unix:${host}`;
  const shown = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `${scheme}://${shown}${port === undefined ? '' : `:${port}`}`;
}

function upstreamsOf(upstreams: readonly Upstream[]): string {
  const [first] = upstreams;
  if (!first) return '';
  return upstreams.length === 1 ? addressOf(first) : `${addressOf(first)} +${upstreams.length - 1}`;
}

export function listenText({ protocol = 'tcp', host = '', port, ports = 1 }: L4Listen): string {
  const range = ports > 1 ? `${port}-${port + ports - 1}` : String(port);
  return `${protocol} ${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${range}`;
}

/** What people call a route: its name, or the first of what it is for. */
export function titleOf(route: HttpRoute | L4Route): string {
  if (route.name) return route.name;
  if ('listen' in route && route.listen?.[0]) return listenText(route.listen[0]);
  return ('domains' in route ? route.domains?.[0] : undefined) ?? route.id;
}

/** The address under which a browser finds the route; null where none would. */
export function urlOf({ domains, exposure = 'public', paths, enabled }: HttpRoute): string | null {
  const domain = domains?.find((name) => !name.startsWith('*'));
  if (!domain || !enabled || exposure === 'tunnel-tcp' || exposure === 'direct-dns') return null;
  const path = paths?.find(({ kind }) => kind !== 'regex')?.value ?? '';
  return `${exposure === 'plain-http' ? 'http' : 'https'}://${domain}${path}`;
}

/** Whether a route has all words of what is searched for, in whatever it is known by. */
export function matchesSearch(texts: readonly (string | undefined)[], search: string): boolean {
  const all = texts.filter((text) => text !== undefined).join('\n').toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}

/** The page of a list that there is. */
export function pageOf<T>(items: readonly T[], page: number, size: number): { items: readonly T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const shown = Math.min(Math.max(1, page), pages);
  return { items: items.slice((shown - 1) * size, shown * size), page: shown, pages };
}
