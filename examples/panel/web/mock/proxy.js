// The mock panel's proxy: one document with revisions. It checks what the pages show findings of, and applies everything by saying so,
// but what is asked to fail: a route whose upstream has port 1 is not taken by the engine, one with port 2 finds the engine away.
import { createHash } from 'node:crypto';
import { fillProxy as filled } from './proxyFill.js';
import { ApiFailure } from './model.js';

const HIDDEN = '[hidden]';
const NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

export class MockProxy {
  revisions = [];
  nextAt = Date.now();

  constructor(document, engine) {
    this.engine = engine;
    this.commit(document, 'panel', 'The first revision');
    this.stage = stageOf('engine', this.head, 'DONE', 'The configuration that runs is the wanted one.');
    this.cloud = stageOf('cloud', this.head, 'DONE', '2 tunnels, 3 records');
  }

  get head() {
    return this.revisions.at(-1);
  }

  get document() {
    return this.head.document;
  }

  commit(document, author, reason, at = new Date()) {
    const number = this.revisions.length + 1;
    const etag = createHash('sha256').update(`${number} ${JSON.stringify(document)}`).digest('hex');
    this.revisions.push({ number, etag, author, reason, at: at.toISOString(), document });
    return this.head;
  }

  state() {
    const { stage, cloud } = this;
    return { saved: header(this.head), engine: stage, cloud, applied: stage.revision === this.head.number && stage.outcome === 'DONE' };
  }

  plan(document) {
    const findings = check(document);
    const [before, after] = [engineText(this.document, this.engine), engineText(document, this.engine)];
    const names = (document.routes ?? []).filter((route) => route.exposure?.startsWith('tunnel')).flatMap((route) => route.domains ?? []);
    return {
      possible: !findings.some(({ severity }) => severity === 'ERROR'),
      base: header(this.head),
      differences: differences(this.document, document),
      findings,
      engine: { changes: before !== after, before, after },
      cloud: {
        revision: this.head.number,
        state: names.length ? 'PLANNED' : 'SKIPPED',
        parts: names.map((name) => ({ binding: 'home', name, state: 'PLANNED', said: 'a CNAME record to the tunnel is made' })),
      },
    };
  }

  /** Saves a document, unless it is only asked what would happen. */
  change(context, document, reason, status = 200) {
    const { url, session } = context;
    const plan = this.plan(document);
    if (url.searchParams.get('dryRun') === 'true') return [200, plan];
    if (!plan.possible) {
      throw new ApiFailure(422, 'routes_refused', 'The routes have errors; nothing was saved.', {}, { findings: plan.findings });
    }
    const before = this.document;
    const saved = this.commit(document, session.user.username, reason);
    const ports = JSON.stringify(document.routes ?? []).match(/"port":[12](?=[,}])/g) ?? [];
    if (ports.includes('"port":1')) return [status, this.rolledBack(saved, before)];
    if (ports.includes('"port":2')) return [status, this.waiting(saved)];
    this.stage = stageOf('engine', saved, 'DONE', 'The configuration that runs is the wanted one.');
    this.cloud = stageOf('cloud', saved, 'DONE', 'Nothing to change');
    return [status, { revision: header(saved), outcome: 'APPLIED', said: 'The engine runs it.', proof: '20 connections to :443 answered with this revision', state: this.state() }];
  }

  rolledBack(saved, before) {
    const said = 'caddy: loading new config: listening on :1: bind: permission denied';
    const undone = this.commit(before, 'proxy', `Revision ${saved.number} was not taken by the engine`);
    this.stage = { ...stageOf('engine', undone, 'ROLLED_BACK', said), tried: saved.number };
    return { revision: header(saved), outcome: 'ROLLED_BACK', said, undone: header(undone), state: this.state() };
  }

  waiting(saved) {
    const said = 'caddy at 127.0.0.1:2019 cannot be reached: connection refused';
    this.stage = { ...this.stage, tried: saved.number, outcome: 'WAITING', said, at: new Date().toISOString() };
    return { revision: header(saved), outcome: 'WAITING', said, state: this.state() };
  }
}

function stageOf(name, revision, outcome, said) {
  return { name, revision: revision.number, tried: revision.number, outcome, said, at: new Date().toISOString() };
}

export function header({ number, etag, author, reason, at }) {
  return { number, etag, author, reason, at };
}

/** Just enough of the real checks to see findings at their fields. */
function check(document) {
  const findings = [];
  const add = (code, severity, route, pointer, message) => findings.push({ code, severity, route, pointer, message });
  const taken = new Map();
  const ids = new Set();
  (document.routes ?? []).forEach((route, index) => {
    const at = `/routes/${index}`;
    if (ids.has(route.id)) add('ROUTE_ID', 'ERROR', route.id, `${at}/id`, `'${route.id}' is there already (expected: one of its own)`);
    ids.add(route.id);
    if (!(route.domains ?? []).length && !route.catchAll) add('DOMAIN_COUNT', 'ERROR', route.id, `${at}/domains`, 'none (expected: 1 to 100 names, or catchAll)');
    (route.domains ?? []).forEach((domain, place) => {
      if (!NAME.test(domain)) add('DOMAIN_SYNTAX', 'ERROR', route.id, `${at}/domains/${place}`, `'${domain}' (expected: a name such as app.example.net)`);
      if (!route.enabled) return;
      const key = `${domain} ${JSON.stringify(route.paths ?? [])}`;
      if (taken.has(key)) add('ROUTE_DUPLICATE', 'ERROR', route.id, `${at}/domains/${place}`, `${domain} has the route '${taken.get(key)}' for the same paths`);
      taken.set(key, route.id);
    });
    (route.action.upstreams ?? []).forEach((upstream, place) => {
      if (!/^[A-Za-z0-9_.:/[\]-]+$/.test(upstream.host)) {
        add('UPSTREAM_ADDRESS', 'ERROR', route.id, `${at}/action/upstreams/${place}/host`, `'${upstream.host}' (expected: an address or a name)`);
      }
      if (upstream.host.endsWith('.local')) {
        add('UPSTREAM_UNRESOLVED', 'WARNING', route.id, `${at}/action/upstreams/${place}/host`, `${upstream.host} is no name that can be resolved now`);
      }
    });
    if (route.action.type === 'redirect' && !route.action.to) add('REDIRECT_TO', 'ERROR', route.id, `${at}/action/to`, "'' (expected: an address with https://)");
    if ((route.rateLimits ?? []).length) add('FEATURE_NEEDS_PLUGIN', 'ERROR', route.id, `${at}/rateLimits`, 'Caddy 2.11.4 has no rate limits (expected: the plugin http.handlers.rate_limit)');
  });
  (document.l4Routes ?? []).forEach((route, index) => {
    const at = `/l4Routes/${index}`;
    if (!(route.listen ?? []).length) add('L4_LISTEN', 'ERROR', route.id, `${at}/listen`, 'none (expected: 1 or more ports)');
    if (!(route.upstreams ?? []).length) add('L4_UPSTREAM', 'ERROR', route.id, `${at}/upstreams`, 'none (expected: 1 or more)');
    (route.listen ?? []).forEach((listen, place) => {
      if (listen.port === 443 || listen.port === 80) add('PORT_CLASH', 'ERROR', route.id, `${at}/listen/${place}/port`, `${listen.port} is the proxy's own (expected: another port)`);
    });
  });
  (document.raw ?? []).forEach((raw, index) => {
    if (JSON.stringify(raw.patch).includes('"admin"')) add('RAW_FORBIDDEN', 'ERROR', raw.route ?? null, `/raw/${index}/patch`, "'admin' may not be touched");
    if (!raw.reason) add('RAW_REASON', 'WARNING', raw.route ?? null, `/raw/${index}/reason`, 'none (expected: why it is needed)');
  });
  return findings;
}

/** What an engine of this kind would look at, roughly. */
function engineText(document, engine) {
  const routes = (document.routes ?? []).filter(({ enabled }) => enabled).map((route) => ({
    '@id': `rt:${route.id}`,
    match: [{ host: route.domains ?? [], ...(route.paths?.length ? { path: route.paths.map(({ value }) => `${value}*`) } : {}) }],
    handle: [{ handler: route.action.type, ...(route.action.upstreams ? { upstreams: route.action.upstreams.map(({ host, port }) => ({ dial: `${host}:${port ?? 80}` })) } : {}) }],
    terminal: true,
  }));
  const raw = (document.raw ?? []).filter((one) => one.engine === engine.kind).map(({ patch }) => patch);
  const layer4 = (document.l4Routes ?? []).filter(({ enabled }) => enabled).map(({ id, listen, upstreams }) => ({ '@id': `l4:${id}`, listen, upstreams }));
  return JSON.stringify({ admin: { listen: '127.0.0.1:2019' }, apps: { http: { servers: { edge: { listen: [':443'], routes } } }, ...(layer4.length ? { layer4 } : {}) }, ...(raw.length ? { raw } : {}) }, null, 2);
}

export function differences(before, after, place = '') {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const lists = Array.isArray(before ?? after) && Array.isArray(after ?? before);
  const objects = !lists && isObject(before ?? after) && isObject(after ?? before);
  if (before === undefined || after === undefined || (!lists && !objects)) return [difference(place, before, after)];
  const [left, right] = [members(before), members(after)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => differences(left[key], right[key], `${place}/${key}`));
}

function difference(place, before, after) {
  const hidden = (value) => (place.endsWith('/hash') && value !== undefined ? HIDDEN : value);
  return { place, ...(before === undefined ? {} : { before: hidden(before) }), ...(after === undefined ? {} : { after: hidden(after) }) };
}

function members(value) {
  return Array.isArray(value) ? Object.fromEntries(value.map((item, index) => [item?.id ?? item?.name ?? index, item])) : value;
}

function isObject(value) {
  return typeof value === 'object' && value !== null;
}

// --- passwords: never sent, never kept

function shown(route) {
  return withAccounts(route, ({ user }) => ({ user, hash: HIDDEN }));
}

function taken(route, before) {
  const known = new Map((before?.auth ?? []).flatMap((auth) => auth.accounts ?? []).map(({ user, hash }) => [user, hash]));
  return withAccounts(route, ({ user, hash, password }) => ({ user, hash: password ? `$2b$12$${createHash('sha256').update(password).digest('base64').slice(0, 53)}` : hash === HIDDEN ? known.get(user) : hash }));
}

function withAccounts(route, change) {
  if (!route.auth?.length) return route;
  return { ...route, auth: route.auth.map((auth) => (auth.accounts ? { ...auth, accounts: auth.accounts.map(change) } : auth)) };
}

// --- the paths

export function proxyOf(panel) {
  if (!panel.proxy) throw new ApiFailure(409, 'proxy_off', 'The panel has no proxy. Start it with --proxy caddy, caddy-file or nginx.');
  return panel.proxy;
}

export function fillProxy(panel) {
  panel.proxy = filled(panel, (document, engine) => new MockProxy(document, engine));
}

export function precondition({ request }, proxy) {
  const given = request.headers['if-match'];
  if (!given) throw new ApiFailure(428, 'precondition_required', 'If-Match is missing.');
  if (given.replaceAll('"', '') !== proxy.head.etag) {
    throw new ApiFailure(412, 'changed_meanwhile', 'Somebody has changed the routes meanwhile.', {}, { etag: proxy.head.etag });
  }
}

function read({ response }, proxy, more) {
  response.setHeader('ETag', `"${proxy.head.etag}"`);
  return [200, { revision: proxy.head.number, etag: proxy.head.etag, ...more }];
}

/** The routes of one of both kinds. */
function routeRoutes(path, member) {
  const list = (proxy) => proxy.document[member] ?? [];
  const find = (proxy, id) => {
    const route = list(proxy).find((one) => one.id === decodeURIComponent(id));
    if (!route) throw new ApiFailure(404, 'route_not_found', `There is no route ${id}.`);
    return route;
  };
  const put = (proxy, routes) => ({ ...proxy.document, [member]: routes });
  const replaced = (proxy, id, next) => put(proxy, list(proxy).map((one) => (one.id === id ? next : one)));
  const one = new RegExp(`^/api/${path}/([^/]+)$`);
  const all = new RegExp(`^/api/${path}$`);
  return [
    ['GET', all, (context) => read(context, proxyOf(context.panel), { items: list(proxyOf(context.panel)).map(shown) })],
    ['POST', all, (context) => {
      const proxy = proxyOf(context.panel);
      const route = taken(context.json());
      if (list(proxy).some(({ id }) => id === route.id)) throw new ApiFailure(409, 'route_exists', `There is a route ${route.id}.`);
      return proxy.change(context, put(proxy, [...list(proxy), route]), `Route ${route.id} was added`, 201);
    }],
    ['GET', one, (context) => read(context, proxyOf(context.panel), { route: shown(find(proxyOf(context.panel), context.id)) })],
    ['PUT', one, (context) => {
      const proxy = proxyOf(context.panel);
      precondition(context, proxy);
      const before = find(proxy, context.id);
      return proxy.change(context, replaced(proxy, before.id, taken(context.json(), before)), `Route ${before.id} was changed`);
    }],
    ['PATCH', one, (context) => {
      const proxy = proxyOf(context.panel);
      precondition(context, proxy);
      const before = find(proxy, context.id);
      const { enabled } = context.json();
      return proxy.change(context, replaced(proxy, before.id, { ...before, enabled }), `Route ${before.id} was switched ${enabled ? 'on' : 'off'}`);
    }],
    ['DELETE', one, (context) => {
      const proxy = proxyOf(context.panel);
      precondition(context, proxy);
      const gone = find(proxy, context.id);
      return proxy.change(context, put(proxy, list(proxy).filter((route) => route !== gone)), `Route ${gone.id} was deleted`);
    }],
  ];
}

function overview(proxy) {
  const { routes = [], l4Routes = [], raw = [], cloudflare = [] } = proxy.document;
  return {
    on: true,
    engine: proxy.engine,
    state: proxy.state(),
    counts: { routes: routes.length, enabledRoutes: routes.filter(({ enabled }) => enabled).length, l4Routes: l4Routes.length, raw: raw.length, bindings: cloudflare.length, certificates: certificates(proxy).length },
    offered: ['*.play.example.net'],
  };
}

/** The panel of the mock gets certificates as one with nginx does: of a name of each state. */
function certificates(proxy) {
  const at = (hours) => new Date(Date.now() + hours * 3600e3).toISOString();
  const states = [
    { said: '', expires: at(70 * 24), nextAt: at(40 * 24) },
    { said: 'nobody answers at http://NAME/.well-known/acme-challenge', nextAt: at(0.5) },
    { said: 'too many certificates were asked for; again in a day', expires: at(6 * 24), nextAt: at(20) },
    { said: '', nextAt: at(0) },
  ];
  const names = (proxy.document.routes ?? []).filter(({ enabled, exposure }) => enabled && exposure === 'public').flatMap(({ domains = [] }) => domains);
  return names.map((domain, index) => ({ domain, ...states[index % states.length] })).map((one) => ({ ...one, said: one.said.replace('NAME', one.domain) }));
}

function imported(context) {
  const proxy = proxyOf(context.panel);
  const { routes = [] } = context.json();
  const known = new Set((proxy.document.routes ?? []).map(({ id }) => id));
  const twice = routes.find(({ id }) => known.has(id));
  if (twice) throw new ApiFailure(409, 'route_exists', `There is a route ${twice.id}.`);
  const findings = [];
  const added = routes.map(({ id, domains, upstreams, enabled = true, ...rest }, index) => {
    const extensions = Object.keys(rest).length ? { extensions: rest } : {};
    Object.keys(rest).forEach((name) => findings.push({ code: 'IMPORT_UNKNOWN', severity: 'WARNING', route: id, pointer: `/routes/${index}/${name}`, message: `'${name}' means nothing here; it is kept in extensions` }));
    return { id, enabled, domains, action: { type: 'proxy', upstreams }, ...extensions };
  });
  const [status, answer] = proxy.change(context, { ...proxy.document, routes: [...(proxy.document.routes ?? []), ...added] }, `${added.length} routes were imported`, 201);
  return [status, { ...answer, findings: [...findings, ...(answer.findings ?? [])] }];
}

function put(member) {
  return (context) => {
    const proxy = proxyOf(context.panel);
    precondition(context, proxy);
    const given = context.json();
    return member === 'document'
      ? proxy.change(context, given, 'The whole document was changed')
      : proxy.change(context, { ...proxy.document, ...(member === 'raw' ? { raw: given.items } : given) }, member === 'raw' ? 'Raw pieces were changed' : 'The settings were changed');
  };
}

function plugins(proxy) {
  const users = (has) => (proxy.document.routes ?? []).filter(has).map(({ id }) => id);
  const plugin = (id, module, installed, routes = []) => ({ id, module, installed, source: `github.com/example/${id}`, routes });
  return {
    settings: proxy.document.settings ?? {},
    tlsPolicies: proxy.document.tlsPolicies ?? [],
    engine: { title: proxy.engine.title, version: proxy.engine.version },
    plugins: [
      plugin('rate-limit', 'http.handlers.rate_limit', false),
      plugin('cache', 'http.handlers.cache', true, users(({ cache }) => cache)),
      plugin('geoip', 'http.matchers.maxmind_geolocation', false),
      plugin('security', 'http.handlers.authenticator', false),
      plugin('layer4', 'layer4', true),
      plugin('dns-cloudflare', 'dns.providers.cloudflare', true),
    ],
  };
}

export const PROXY_ROUTES = [
  ...routeRoutes('routes', 'routes'),
  ...routeRoutes('l4routes', 'l4Routes'),
  ['GET', /^\/api\/proxy$/, ({ panel }) => [200, panel.proxy ? overview(panel.proxy) : { on: false }]],
  ['POST', /^\/api\/proxy\/apply$/, ({ panel }) => {
    const proxy = proxyOf(panel);
    proxy.stage = stageOf('engine', proxy.head, 'DONE', 'The configuration that runs is the wanted one.');
    return [200, { revision: header(proxy.head), outcome: 'APPLIED', said: 'The engine runs it.', state: proxy.state() }];
  }],
  ['GET', /^\/api\/proxy\/certificates$/, ({ panel }) => [200, { items: certificates(panel.proxy) }]],
  ['GET', /^\/api\/proxy\/document$/, (context) => read(context, proxyOf(context.panel), { document: proxyOf(context.panel).document })],
  ['PUT', /^\/api\/proxy\/document$/, put('document')],
  ['POST', /^\/api\/proxy\/import$/, imported],
  ['GET', /^\/api\/proxy\/revisions$/, ({ panel, url }) => {
    const before = Number(url.searchParams.get('before') ?? Infinity);
    const limit = Number(url.searchParams.get('limit') ?? 50);
    const older = proxyOf(panel).revisions.filter(({ number }) => number < before);
    return [200, { items: older.reverse().slice(0, limit).map(header) }];
  }],
  ['GET', /^\/api\/proxy\/revisions\/(\d+)$/, ({ panel, id }) => {
    const [before, revision] = [proxyOf(panel).revisions[id - 2], proxyOf(panel).revisions[id - 1]];
    if (!revision) throw new ApiFailure(404, 'revision_not_found', `There is no revision ${id}.`);
    return [200, { revision: header(revision), document: revision.document, differences: differences(before?.document ?? {}, revision.document) }];
  }],
  ['POST', /^\/api\/proxy\/revisions\/(\d+)\/rollback$/, (context) => {
    const proxy = proxyOf(context.panel);
    return proxy.change(context, proxy.revisions[context.id - 1].document, `Back to revision ${context.id}`);
  }],
  ['GET', /^\/api\/raw$/, (context) => read(context, proxyOf(context.panel), { items: proxyOf(context.panel).document.raw ?? [] })],
  ['PUT', /^\/api\/raw$/, put('raw')],
  ['GET', /^\/api\/plugins$/, (context) => read(context, proxyOf(context.panel), plugins(proxyOf(context.panel)))],
  ['PUT', /^\/api\/plugins$/, put('plugins')],
];
