// The mock panel's Cloudflare: three accounts, of which one is in order, one lacks a permission, and one has to wait.
import { ApiFailure } from './model.js';
import { precondition, proxyOf } from './proxy.js';

const LACKS = 'The token may not write DNS records (expected: Zone › DNS › Edit for example.org; add it at https://dash.cloudflare.com/profile/api-tokens)';
const NO_CONNECTOR = { kind: 'none', running: false, ready: false, connections: 0 };
const CONNECTED = { kind: 'process', running: true, ready: true, connections: 4, configVersion: 17 };
const ZONES = [
  { id: '1', name: 'example.net', status: 'active' },
  { id: '2', name: 'example.org', status: 'active' },
  { id: '3', name: 'example.com', status: 'pending' },
];
const TUNNELS = [
  { id: '6ff42ae2-765d-4adf-8112-31c55c1551ef', name: 'rookery-home', status: 'healthy' },
  { id: '7aa42ae2-765d-4adf-8112-31c55c1551ef', name: 'office', status: 'down' },
];
const HOSTS = [
  { host: 'map.meadow.example.org', state: 'DONE', said: 'CNAME to the tunnel, proxied' },
  { host: 'wiki.example.net', state: 'DONE', said: 'CNAME to the tunnel, proxied' },
  { host: 'shop.example.net', state: 'CONFLICT', said: 'An A record of somebody else has this name; nothing is touched' },
];

export function fillCloudflare(panel) {
  const proxy = proxyOf(panel);
  const account = '9a7806061c88ada191ed06f989cc3dac';
  const more = [
    { id: 'shop', accountId: account, tunnelName: 'rookery-shop', token: 'file:/var/lib/rookery/proxy/secrets/shop', proxyUrl: 'http://127.0.0.1:8080', exclusive: true, dns: 'adopt-equal', deleteGrace: '1h' },
    { id: 'archive', accountId: account, tunnelName: 'archive', token: 'env:CF_ARCHIVE', proxyUrl: 'http://127.0.0.1:8080', exclusive: false, dns: 'report-only', deleteGrace: '1h' },
  ];
  proxy.revisions.forEach(({ document }) => document.cloudflare.push(...more));
  const done = { state: 'DONE', wantedRevision: 2, doneRevision: 2, attempts: 0, nextAt: null, error: null, drift: [], hosts: HOSTS, notes: ['The tunnel has 1 rule of somebody else; it stays.'] };
  panel.cloud = new Map([
    ['home', { tokenKnown: true, status: { ...done, drift: ['wiki.example.net: CNAME leads to 203.0.113.9 (wanted: the tunnel)'] }, connector: CONNECTED }],
    ['shop', { tokenKnown: true, status: { ...done, state: 'PAUSED', doneRevision: null, attempts: 1, error: LACKS, hosts: [], notes: [] }, connector: { ...CONNECTED, running: false, ready: false, connections: 0, exitCode: 1 } }],
    ['archive', { tokenKnown: true, status: { ...done, state: 'WAITING', doneRevision: 1, attempts: 3, nextAt: inMinutes(4), error: 'Cloudflare answered 429 (Retry-After: 240)', hosts: HOSTS.slice(0, 1), notes: [] }, connector: NO_CONNECTOR }],
  ]);
}

function inMinutes(minutes) {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

function stateOf(panel, id) {
  panel.cloud ??= new Map();
  if (!panel.cloud.has(id)) panel.cloud.set(id, { tokenKnown: false, status: null, connector: { ...CONNECTED, running: false, ready: false, connections: 0, configVersion: null } });
  return panel.cloud.get(id);
}

function find(panel, id) {
  const binding = (proxyOf(panel).document.cloudflare ?? []).find((one) => one.id === id);
  if (!binding) throw new ApiFailure(404, 'not_found', `There is no binding ${id}.`);
  return binding;
}

function list(panel) {
  const proxy = proxyOf(panel);
  const items = (proxy.document.cloudflare ?? []).map((binding) => ({ binding, ...stateOf(panel, binding.id) }));
  return [200, { revision: proxy.head.number, etag: proxy.head.etag, items }];
}

function save(context) {
  const { panel, id, json } = context;
  const proxy = proxyOf(panel);
  precondition(context, proxy);
  const { tokenValue, ...binding } = json();
  if (tokenValue !== undefined) binding.token = `file:/var/lib/rookery/proxy/secrets/${id}`;
  if (!/^[0-9a-f]{32}$/.test(binding.accountId)) throw new ApiFailure(422, 'validation', 'accountId', { accountId: '32 hexadecimal digits' });
  const others = (proxy.document.cloudflare ?? []).filter((one) => one.id !== id);
  const answer = proxy.change(context, { ...proxy.document, cloudflare: [...others, { tunnelName: `rookery-${id}`, ...binding }] }, `Account ${id} was saved`);
  const state = stateOf(panel, id);
  if (tokenValue !== undefined || !binding.token.startsWith('file:')) state.tokenKnown = true;
  state.status = { ...status(proxy, 'RUNNING'), hosts: state.status?.hosts ?? [] };
  setTimeout(() => (state.status = { ...status(proxy, 'DONE'), hosts: HOSTS.slice(0, 2) }), 1200 * panel.pace);
  return answer;
}

function status(proxy, state) {
  const { number } = proxy.head;
  return { state, wantedRevision: number, doneRevision: state === 'DONE' ? number : null, attempts: 0, nextAt: null, error: null, drift: [], hosts: [], notes: [] };
}

function remove(context) {
  const proxy = proxyOf(context.panel);
  precondition(context, proxy);
  const gone = find(context.panel, context.id);
  return proxy.change(context, { ...proxy.document, cloudflare: proxy.document.cloudflare.filter((one) => one !== gone) }, `Account ${gone.id} was removed`);
}

function plan(panel, id) {
  const { tunnelName } = find(panel, id);
  const { status: known } = stateOf(panel, id);
  if (known?.state === 'PAUSED') throw new ApiFailure(502, 'cloudflare_scope', LACKS);
  const settled = known?.state === 'DONE' && known.drift.length === 0;
  const service = 'http://127.0.0.1:8080';
  return [200, {
    binding: id,
    makesTunnel: known === null,
    ingress: [
      { host: 'map.meadow.example.org', service, change: settled ? 'KEEP' : 'ADD' },
      { host: 'old.example.net', service, change: settled ? 'KEEP' : 'REMOVE' },
      { host: 'office.example.net', service: 'http://10.0.0.5:3000', change: 'FOREIGN' },
      { host: '', service: 'http_status:404', change: 'KEEP' },
    ],
    records: settled ? [] : [
      { host: 'map.meadow.example.org', type: 'CNAME', target: `${tunnelName}.cfargotunnel.com`, change: 'CREATE', said: '' },
      { host: 'wiki.example.net', type: 'CNAME', target: `${tunnelName}.cfargotunnel.com`, change: 'UPDATE', said: 'it leads to 203.0.113.9' },
      { host: 'old.example.net', type: 'CNAME', target: `${tunnelName}.cfargotunnel.com`, change: 'WAIT', said: 'it goes at 18:30' },
      { host: 'shop.example.net', type: 'A', target: '203.0.113.9', change: 'CONFLICT', said: 'a record of somebody else; it stays' },
    ],
    changes: !settled,
    findings: [{
      code: 'TUNNEL_DEEP_NAME',
      severity: 'WARNING',
      route: null,
      pointer: '',
      message: "'map.meadow.example.org' is more than one label below its zone: Cloudflare's Universal SSL has no certificate for it (expected: one label, or a certificate that was bought for the name)",
    }],
  }];
}

function sync(panel, id) {
  find(panel, id);
  const state = stateOf(panel, id);
  if (state.status?.state !== 'PAUSED') state.status = { ...status(proxyOf(panel), 'DONE'), hosts: HOSTS };
  return [200, state.status];
}

function connector(panel, id, starts) {
  find(panel, id);
  const state = stateOf(panel, id);
  state.connector = { ...CONNECTED, running: starts, ready: false, connections: 0, exitCode: null };
  if (starts) setTimeout(() => (state.connector = CONNECTED), 1200 * panel.pace);
  return [202, state.connector];
}

const at = (rest) => new RegExp(`^/api/cf/bindings/([^/]+)${rest}$`);

export const CLOUDFLARE_ROUTES = [
  ['GET', /^\/api\/cf\/bindings$/, ({ panel }) => list(panel)],
  ['PUT', at(''), save],
  ['DELETE', at(''), remove],
  ['GET', at('/plan'), ({ panel, id }) => plan(panel, id)],
  ['POST', at('/sync'), ({ panel, id }) => sync(panel, id)],
  ['GET', at('/zones'), ({ panel, id }) => [200, { items: find(panel, id) && ZONES }]],
  ['GET', at('/tunnels'), ({ panel, id }) => [200, { items: find(panel, id) && TUNNELS }]],
  ['POST', at('/connector/start'), ({ panel, id }) => connector(panel, id, true)],
  ['POST', at('/connector/stop'), ({ panel, id }) => connector(panel, id, false)],
];
