// The mock panel's names of servers: a domain passes its stages one after the other, and some hang.
import { createHash } from 'node:crypto';
import { ApiFailure } from './model.js';
import { proxyOf } from './proxy.js';

const OFFERED = ['*.play.example.net', '*.maps.example.org'];
const STAGES = ['saved', 'engine', 'cloud', 'tunnel', 'reached'];
const SAID = {
  saved: 'Revision 42.',
  engine: 'Caddy 2.11.4 runs it, and answered.',
  cloud: 'The tunnel has the name.',
  tunnel: '',
  reached: 'Answered with 200 after 31 ms.',
};

function stages(exposure, done, hanging = null, said = '') {
  return STAGES.map((stage, index) => {
    if (['cloud', 'tunnel'].includes(stage) && exposure !== 'TUNNEL') return { stage, state: 'OFF', said: '' };
    if (stage === hanging) return { stage, state: 'FAILED', said };
    if (index < done) return { stage, state: 'DONE', said: SAID[stage], ...(stage === 'saved' ? { revision: 42 } : {}) };
    return { stage, state: index === done && !hanging ? 'WAITING' : 'PENDING', said: index === done && !hanging ? 'Asking…' : '' };
  });
}

function domain(server, name, { ip, port }, exposure, done = STAGES.length, hanging = null, said = '') {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return {
    id: `srv-${server.uuid.slice(0, 8)}-${hash}`,
    domain: name,
    ip,
    port,
    exposure,
    enabled: true,
    url: `${exposure === 'PLAIN_HTTP' ? 'http' : 'https'}://${name}`,
    stages: stages(exposure, done, hanging, said),
  };
}

/** Gives the first server one of each. */
export function fillDomains(panel) {
  const [server] = panel.servers.values();
  const address = server.allocation;
  server.domains = [
    domain(server, 'meadow.play.example.net', address, 'PUBLIC'),
    domain(server, 'map.meadow.example.org', address, 'TUNNEL', 2),
    domain(server, 'shop.play.example.net', address, 'PUBLIC', 4, 'reached', 'connect 127.0.0.1:30000: connection refused'),
  ];
}

function view(panel, session, id) {
  const server = panel.server(id);
  const { ip, port } = server.allocation;
  return {
    offered: OFFERED,
    free: session.user.admin,
    ports: [{ ip, port, primary: true }, { ip, port: port + 100, primary: false }],
    items: server.domains ?? [],
  };
}

function add(panel, session, id, { domain: name, ip, port, exposure = 'PUBLIC' }) {
  const server = panel.server(id);
  for (const other of panel.servers.values()) {
    if (other.domains?.some((known) => known.domain === name)) refuse('ROUTE_CONFLICT', '/domains/0', `${name} is the name of another route`);
  }
  if (name.startsWith('panel.')) refuse('RESERVED', '/domains/0', `${name} is reserved (expected: another name)`);
  if (!session.user.admin && !OFFERED.some((offered) => name.endsWith(offered.slice(1)))) {
    throw new ApiFailure(422, 'validation', 'domain', { domain: 'not among the names that are offered' });
  }
  const added = domain(server, name, { ip, port }, exposure, 1);
  server.domains = [...(server.domains ?? []), added];
  const advance = (done) => {
    added.stages = stages(exposure, done);
    if (done < STAGES.length) server.later(700, () => advance(done + 1));
  };
  server.later(700, () => advance(2));
  return [201, { item: added, report: { outcome: 'APPLIED', said: SAID.engine } }];
}

function refuse(code, pointer, message) {
  const findings = [{ code, severity: 'ERROR', route: null, pointer: `/routes/3${pointer}`, message }];
  throw new ApiFailure(422, 'routes_refused', message, {}, { findings });
}

function remove(panel, id, route) {
  const server = panel.server(id);
  if (!server.domains?.some((known) => known.id === route)) throw new ApiFailure(404, 'not_found', `There is no route ${route}.`);
  server.domains = server.domains.filter((known) => known.id !== route);
  return [204];
}

/** What is answered only by a panel that has a proxy. */
const on = (action) => (call) => {
  proxyOf(call.panel);
  return action(call);
};

export const DOMAIN_ROUTES = [
  ['GET', /^\/api\/servers\/([^/]+)\/domains$/, on(({ panel, session, id }) => [200, view(panel, session, id)])],
  ['POST', /^\/api\/servers\/([^/]+)\/domains$/, on(({ panel, session, id, json }) => add(panel, session, id, json()))],
  ['DELETE', /^\/api\/servers\/([^/]+)\/domains\/([^/]+)$/, on(({ panel, id, second }) => remove(panel, id, second))],
];
