import type { Translator } from '../i18n/translate';
import type { Json, JsonObject } from './document';
import { getAt, isObject } from './pointer';
import { isDuration } from './values';

export type Problems = Record<string, string>;

const ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Members that are times and numbers, wherever they stand. */
const DURATIONS = new Set([
  'interval', 'timeout', 'failDuration', 'unhealthyLatency', 'tryDuration', 'tryInterval', 'window', 'ttl', 'stale', 'retryAfter',
  'dialTimeout', 'responseTimeout', 'readTimeout', 'writeTimeout', 'idleTimeout', 'keptOverReloads', 'refresh',
]);
const PORTS = new Set(['port']);
const NUMBERS = new Set([
  'weight', 'maxRequests', 'status', 'events', 'bodyLimitBytes', 'minimumBytes', 'retries', 'choose', 'priority', 'passes', 'fails',
  'maxFails', 'maxConcurrent', 'expectStatus', 'rollMebibytes', 'keep', 'ports', 'proxyProtocol', 'maxConnectionsPerHost',
]);
/** What is a text of somebody's own below: names in it mean nothing. */
const OPAQUE = new Set(['extensions', 'labels', 'headers', 'query', 'set', 'add']);

/** What can be said of a route in the reader's language before the panel is asked: what is missing, and what is no number and no time. */
export function routeProblems(route: JsonObject, t: Translator): Problems {
  const problems: Problems = {};
  shapes(route, '', problems, t);
  if (!ID.test(String(route['id'] ?? ''))) problems['/id'] = t('validation.routeId');
  if (isEmpty(route['domains']) && route['catchAll'] !== true) problems['/domains'] = t('validation.domains');
  const { action } = route;
  if (isObject(action)) actionProblems(action, problems, t);
  each(route['paths'], (path, index) => {
    if (isBlank(path['value'])) problems[`/paths/${index}/value`] = t('validation.required');
  });
  return problems;
}

/** The same for connections. */
export function l4Problems(route: JsonObject, t: Translator): Problems {
  const problems: Problems = {};
  shapes(route, '', problems, t);
  if (!ID.test(String(route['id'] ?? ''))) problems['/id'] = t('validation.routeId');
  if (isEmpty(route['listen'])) problems['/listen'] = t('validation.listen');
  each(route['listen'], (listen, index) => {
    if (listen['port'] === undefined) problems[`/listen/${index}/port`] = t('validation.required');
  });
  upstreamProblems(route['upstreams'], '/upstreams', true, problems, t);
  return problems;
}

function actionProblems(action: JsonObject, problems: Problems, t: Translator): void {
  if (action['type'] === 'redirect' && isBlank(action['to'])) problems['/action/to'] = t('validation.required');
  if (action['type'] === 'files' && isBlank(action['root'])) problems['/action/root'] = t('validation.required');
  if (action['type'] === 'proxy' && getAt(action, '/discovery') === undefined) {
    upstreamProblems(action['upstreams'], '/action/upstreams', false, problems, t);
  }
}

function upstreamProblems(list: Json | undefined, at: string, port: boolean, problems: Problems, t: Translator): void {
  if (isEmpty(list)) problems[at] = t('validation.upstreams');
  each(list, (upstream, index) => {
    if (isBlank(upstream['host'])) problems[`${at}/${index}/host`] = t('validation.required');
    if (port && upstream['port'] === undefined) problems[`${at}/${index}/port`] = t('validation.required');
  });
}

function shapes(value: Json | undefined, at: string, problems: Problems, t: Translator): void {
  if (Array.isArray(value)) value.forEach((item, index) => shapes(item, `${at}/${index}`, problems, t));
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const place = `${at}/${name}`;
    if (OPAQUE.has(name) && !Array.isArray(member)) continue;
    if (DURATIONS.has(name) && !isDuration(String(member))) problems[place] = t('validation.duration');
    else if (PORTS.has(name) && !isPort(member)) problems[place] = t('validation.number', { min: 1, max: 65_535 });
    else if (NUMBERS.has(name) && !Number.isInteger(member)) problems[place] = t('validation.wholeNumber');
    else shapes(member, place, problems, t);
  }
}

function isPort(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535;
}

function isBlank(value: Json | undefined): boolean {
  return typeof value !== 'string' || value.trim() === '';
}

function isEmpty(value: Json | undefined): boolean {
  return !Array.isArray(value) || value.length === 0;
}

function each(list: Json | undefined, look: (item: JsonObject, index: number) => void): void {
  if (Array.isArray(list)) list.forEach((item, index) => isObject(item) && look(item, index));
}
