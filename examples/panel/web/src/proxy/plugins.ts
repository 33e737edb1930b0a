import type { PluginState } from '../api/proxyTypes';
import type { Translator } from '../i18n/translate';
import type { Issuer, Json, JsonObject } from './document';
import { getAt, isObject } from './pointer';

/** What is edited on the page of plugins: two parts of the document, under the names that findings use. */
export const SETTINGS = '/settings';
export const POLICIES = '/tlsPolicies';

/** What is shown in empty fields. */
export const EXAMPLES = {
  wildcard: '*.example.net',
  name: 'panel.example.net',
  network: '10.0.0.0/8',
  host: '127.0.0.1/32',
  geoDatabase: '/var/lib/GeoIP/GeoLite2-Country.mmdb',
  directory: 'https://acme-v02.api.letsencrypt.org/directory',
  permission: 'http://127.0.0.1:5555/may',
  token: 'env:CF_DNS_TOKEN',
  resolver: '1.1.1.1',
} as const;

const REPOSITORY = /^[\w.-]+\/[\w.-]+$/;

/** Where people read about a plugin; nothing for what is no address. */
export function sourceUrl({ source }: Pick<PluginState, 'source'>): string | undefined {
  if (REPOSITORY.test(source)) return `https://github.com/${source}`;
  return /^github\.com\/[\w./-]+$/.test(source) ? `https://${source}` : undefined;
}

/** The command that builds a Caddy with these plugins; nothing if one of them is not built in that way. */
export function buildCommand(plugins: readonly Pick<PluginState, 'source'>[]): string | undefined {
  const urls = plugins.map(sourceUrl);
  if (urls.length === 0 || urls.includes(undefined)) return undefined;
  return ['xcaddy build', ...urls.map((url) => `--with ${url?.replace('https://', '')}`)].join(' ');
}

/** Missing ones that something asks for come first: without them nothing of those routes is applied. */
export function sortPlugins(plugins: readonly PluginState[]): PluginState[] {
  const rank = ({ installed, routes }: PluginState) => (installed ? 2 : routes.length > 0 ? 0 : 1);
  return [...plugins].sort((left, right) => rank(left) - rank(right));
}

export type CompressionChoice = 'off' | 'gzip' | 'both' | 'other';

export function compressionOf(compression: Json | undefined): CompressionChoice {
  const encodings = isObject(compression) && Array.isArray(compression['encodings']) ? compression['encodings'] : [];
  switch (encodings.join(' ')) {
    case '':
      return 'off';
    case 'gzip':
      return 'gzip';
    case 'zstd gzip':
      return 'both';
    default:
      return 'other';
  }
}

/** The compression of a choice, with the limit that is there already. */
export function compressionFor(choice: CompressionChoice, before: Json | undefined): Json | undefined {
  if (choice === 'off') return undefined;
  if (choice === 'other') return before;
  const bytes = isObject(before) ? before['minimumBytes'] : undefined;
  const minimumBytes = typeof bytes === 'number' && bytes > 0 ? bytes : 512;
  return { encodings: choice === 'gzip' ? ['gzip'] : ['zstd', 'gzip'], minimumBytes };
}

export type IssuerType = Issuer['type'];

export const ISSUERS: readonly IssuerType[] = ['acme', 'internal', 'files', 'on-demand'];

/** An issuer of which nothing has been said yet. */
export function issuerOf(type: IssuerType): JsonObject {
  switch (type) {
    case 'files':
      return { type, certificate: '', key: '' };
    case 'on-demand':
      return { type, ask: '' };
    default:
      return { type };
  }
}

/** How the name of a new policy begins. */
export const FRESH: string = 'certificates';

/** A new policy with a name that none has yet. */
export function newPolicy(policies: readonly Json[]): JsonObject {
  const taken = new Set(policies.map((policy) => getAt(policy, '/name')));
  let name = FRESH;
  for (let number = 2; taken.has(name); number++) name = `${FRESH}-${number}`;
  return { name, issuer: issuerOf('acme') };
}

const PORT_MAX = 65_535;

/** What can be seen to be wrong without asking; the panel looks at everything. */
export function settingsProblems(value: JsonObject, t: Translator): Record<string, string> {
  const problems: Record<string, string> = {};
  const settings = isObject(value['settings']) ? value['settings'] : {};
  for (const name of ['httpPort', 'httpsPort', 'tunnelPort']) {
    const port = settings[name];
    if (port === undefined) continue;
    if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > PORT_MAX) {
      problems[`${SETTINGS}/${name}`] = t('validation.number', { min: 1, max: PORT_MAX });
    }
  }
  const policies = Array.isArray(value['tlsPolicies']) ? value['tlsPolicies'] : [];
  const names = policies.map((policy) => getAt(policy, '/name'));
  policies.forEach((policy, index) => {
    const at = `${POLICIES}/${index}`;
    const name = names[index];
    if (typeof name !== 'string' || name.trim() === '') problems[`${at}/name`] = t('validation.required');
    else if (names.indexOf(name) !== index) problems[`${at}/name`] = t('tls.nameTaken');
    for (const needed of ['certificate', 'key', 'ask']) {
      if (getAt(policy, `/issuer/${needed}`) === '') problems[`${at}/issuer/${needed}`] = t('validation.required');
    }
    if (getAt(policy, '/issuer/dns/token') === '') problems[`${at}/issuer/dns/token`] = t('validation.required');
  });
  return problems;
}

/** A piece of JSON that is edited as a text: what it says, or what is wrong with it. */
export function readObject(text: string, t: Translator): { value: JsonObject | undefined } | { problem: string } {
  if (text.trim() === '') return { value: undefined };
  try {
    const value = JSON.parse(text) as Json;
    if (!isObject(value)) return { problem: t('plugins.jsonObject') };
    return { value: Object.keys(value).length === 0 ? undefined : value };
  } catch (thrown) {
    return { problem: t('plugins.jsonWrong', { said: thrown instanceof Error ? thrown.message : '' }) };
  }
}
