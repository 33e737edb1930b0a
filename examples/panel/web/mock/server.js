// Serves the mock panel over HTTP, WebSocket and server-sent events, in the form the real panel has, and the built UI beside it.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { BACKUP_ROUTES, fillBackups } from './backups.js';
import { CLOUDFLARE_ROUTES, fillCloudflare } from './cloudflare.js';
import { DOMAIN_ROUTES, fillDomains } from './domains.js';
import { FILE_ROUTES } from './files.js';
import { HOSTING_ROUTES } from './hosting.js';
import { ApiFailure, MockPanel } from './model.js';
import { PEOPLE_ROUTES } from './people.js';
import { fillProxy, PROXY_ROUTES } from './proxy.js';
import { fillSchedules, SCHEDULE_ROUTES } from './schedules.js';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const CSP =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export async function startMock({ port = 0, filled = false, pace = 1 } = {}) {
  const panel = new MockPanel({ filled, pace });
  if (filled) panel.servers.forEach((server) => fillSchedules(server));
  if (filled) fillBackups([...panel.servers.values()]);
  if (filled) fillProxy(panel);
  if (filled) fillDomains(panel);
  if (filled) fillCloudflare(panel);
  const http = createServer((request, response) => void handle(panel, request, response));
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => upgrade(panel, sockets, request, socket, head));
  await new Promise((resolve) => http.listen(port, '127.0.0.1', resolve));
  return {
    panel,
    url: `http://127.0.0.1:${http.address().port}`,
    close: () => {
      panel.close();
      sockets.clients.forEach((client) => client.terminate());
      http.closeAllConnections();
      return new Promise((resolve) => http.close(resolve));
    },
  };
}

async function handle(panel, request, response) {
  const url = new URL(request.url, 'http://mock');
  const correlationId = request.headers['x-correlation-id'] ?? randomBytes(8).toString('hex');
  response.setHeader('X-Correlation-Id', correlationId);
  try {
    if (!url.pathname.startsWith('/api/')) return await file(url.pathname, response);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const [status, body] = await route(panel, request, response, url, text);
    if (status === 0) return;
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  } catch (thrown) {
    const failure =
      thrown instanceof ApiFailure ? thrown : new ApiFailure(500, 'internal', thrown instanceof Error ? thrown.message : '');
    response.writeHead(failure.status, { 'Content-Type': 'application/json' });
    const { code, message, fields, more } = failure;
    response.end(JSON.stringify({ error: { code, message, fields, correlationId, ...more } }));
  }
}

async function file(path, response) {
  const name = normalize(path).replace(/^\/+/, '');
  const asset = extname(name) !== '';
  try {
    const content = await readFile(join(DIST, asset ? name : 'index.html'));
    response.writeHead(200, {
      'Content-Type': TYPES[asset ? extname(name) : '.html'] ?? 'application/octet-stream',
      'Content-Security-Policy': CSP,
    });
    response.end(content);
  } catch {
    response.writeHead(404).end('not found');
  }
}

function sessionOf(panel, request) {
  const token = /rookery_session=([0-9a-f]+)/.exec(request.headers.cookie ?? '')?.[1];
  return panel.sessions.get(token);
}

function route(panel, request, response, url, text) {
  const key = `${request.method} ${url.pathname}`;
  if (key === 'GET /api/health') return [200, { status: 'ok' }];
  if (key === 'POST /api/session') {
    const { username, password } = JSON.parse(text);
    const { token, session } = panel.logIn(username, password);
    response.setHeader('Set-Cookie', `rookery_session=${token}; Path=/; HttpOnly; SameSite=Strict`);
    return [200, viewSession(session)];
  }
  const session = sessionOf(panel, request);
  if (!session) throw new ApiFailure(401, 'not_authenticated', 'Log in first.');
  if (request.method !== 'GET' && request.headers['x-rookery-csrf'] !== session.csrfToken) {
    throw new ApiFailure(403, 'csrf', 'The CSRF token is missing.');
  }
  for (const [method, pattern, action] of ROUTES) {
    const match = request.method === method && pattern.exec(url.pathname);
    if (!match) continue;
    if (FOR_ADMINISTRATORS.test(url.pathname) && !session.user.admin) {
      throw new ApiFailure(403, 'forbidden', 'You are not allowed to do this.');
    }
    const json = () => JSON.parse(text || '{}');
    return action({ panel, session, request, response, url, text, json, id: match[1], second: match[2] });
  }
  throw new ApiFailure(404, 'not_found', `${key}: there is nothing.`);
}

const FOR_ADMINISTRATORS = /^\/api\/(admin|proxy|routes|l4routes|raw|plugins|cf)(\/|$)/;

const ROUTES = [
  ...PEOPLE_ROUTES,
  ...HOSTING_ROUTES,
  ...SCHEDULE_ROUTES,
  ...BACKUP_ROUTES,
  ...FILE_ROUTES,
  ...PROXY_ROUTES,
  ...DOMAIN_ROUTES,
  ...CLOUDFLARE_ROUTES,
  ['GET', /^\/api\/session$/, ({ session }) => [200, viewSession(session)]],
  ['DELETE', /^\/api\/session$/, ({ panel, session }) => {
    for (const [token, known] of panel.sessions) if (known === session) panel.sessions.delete(token);
    return [204];
  }],
  ['PUT', /^\/api\/account\/language$/, ({ session, json }) => {
    session.user.language = json().language;
    return [204];
  }],
  ['GET', /^\/api\/events$/, ({ panel, request, response }) => events(panel, request, response)],
  ['GET', /^\/api\/servers$/, ({ panel, session }) => [200, { items: [...panel.servers.values()].map((s) => s.view(session.user)) }]],
  ['GET', /^\/api\/servers\/([^/]+)$/, ({ panel, session, id }) => [200, panel.server(id).view(session.user)]],
  ['POST', /^\/api\/servers\/([^/]+)\/power$/, ({ panel, id, json }) => {
    panel.server(id).power(json().action);
    return [202];
  }],
  ['POST', /^\/api\/servers\/([^/]+)\/reinstall$/, ({ panel, id }) => {
    panel.server(id).halt();
    panel.server(id).install(false);
    return [202];
  }],
  ['DELETE', /^\/api\/servers\/([^/]+)$/, ({ panel, id }) => {
    const server = panel.server(id);
    server.enter({ status: 'deleting' });
    setTimeout(() => panel.remove(server), 800 * panel.pace);
    return [202];
  }],
  ['GET', /^\/api\/servers\/([^/]+)\/install-log$/, ({ panel, id }) => [200, { text: panel.server(id).installText }]],
  ['POST', /^\/api\/servers\/([^/]+)\/console-ticket$/, ({ panel, session, id }) => [200, panel.issueTicket(session.user, id)]],
  ['GET', /^\/api\/admin\/nodes$/, ({ panel }) => [200, { items: panel.nodes.map((node) => panel.viewNode(node)) }]],
  ['POST', /^\/api\/admin\/nodes$/, ({ panel, json }) => [201, panel.viewNode(panel.addNode(json()))]],
  ['GET', /^\/api\/admin\/nodes\/(\d+)$/, ({ panel, id }) => [200, panel.viewNode(panel.node(id))]],
  ['DELETE', /^\/api\/admin\/nodes\/(\d+)$/, ({ panel, id }) => {
    panel.deleteNode(id);
    return [204];
  }],
  ['POST', /^\/api\/admin\/nodes\/(\d+)\/enrolment-key$/, ({ panel, id, request }) => {
    const node = panel.node(id);
    const key = `papp_${randomBytes(32).toString('base64url').slice(0, 43)}`;
    const command = `rookery-node configure --panel-url http://${request.headers.host} --token ${key} --node ${node.id} --config config.yml`;
    return [200, { key, command, expiresAt: new Date(Date.now() + 3600e3).toISOString() }];
  }],
  ['GET', /^\/api\/admin\/nodes\/(\d+)\/allocations$/, ({ panel, id }) => {
    const own = panel.allocations.filter((allocation) => allocation.nodeId === Number(id));
    return [200, { items: own.map((allocation) => panel.viewAllocation(allocation)) }];
  }],
  ['POST', /^\/api\/admin\/nodes\/(\d+)\/allocations$/, ({ panel, id, json }) => [201, panel.addAllocations(id, json())]],
  ['DELETE', /^\/api\/admin\/nodes\/(\d+)\/allocations\/(\d+)$/, ({ panel, second }) => {
    const index = panel.allocations.findIndex((allocation) => allocation.id === Number(second));
    if (panel.allocations[index]?.serverUuid) throw new ApiFailure(409, 'allocation_in_use', 'The allocation is in use.');
    panel.allocations.splice(index, 1);
    return [204];
  }],
  ['GET', /^\/api\/admin\/eggs$/, ({ panel }) => [200, { items: panel.eggs.map((egg) => panel.summary(egg)) }]],
  ['POST', /^\/api\/admin\/eggs$/, ({ panel, text }) => [201, panel.importEgg(text)]],
  ['GET', /^\/api\/admin\/eggs\/(\d+)$/, ({ panel, id }) => {
    const egg = panel.egg(id);
    return [200, { ...egg, servers: panel.serversOf(egg) }];
  }],
  ['DELETE', /^\/api\/admin\/eggs\/(\d+)$/, ({ panel, id }) => {
    panel.deleteEgg(id);
    return [204];
  }],
  ['POST', /^\/api\/admin\/servers$/, ({ panel, session, json }) => [201, panel.createServer(json()).view(session.user)]],
];

function viewSession({ user, csrfToken, expiresAt }) {
  const { id, username, admin, language } = user;
  return { user: { id, username, admin, language }, csrfToken, expiresAt };
}

function events(panel, request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(': open\n\n');
  const server = (data) => response.write(`event: server\ndata: ${JSON.stringify(data)}\n\n`);
  const removed = (uuid) => response.write(`event: removed\ndata: ${JSON.stringify({ uuid })}\n\n`);
  const heartbeat = setInterval(() => response.write(': heartbeat\n\n'), 15_000);
  panel.on('server', server).on('removed', removed);
  request.on('close', () => {
    clearInterval(heartbeat);
    panel.off('server', server).off('removed', removed);
  });
  return [0];
}

function upgrade(panel, sockets, request, socket, head) {
  const url = new URL(request.url, 'http://mock');
  const uuid = /^\/api\/servers\/([^/]+)\/console$/.exec(url.pathname)?.[1];
  const ticket = panel.tickets.get(url.searchParams.get('ticket'));
  panel.tickets.delete(url.searchParams.get('ticket'));
  if (!uuid || ticket?.uuid !== uuid || !panel.servers.has(uuid)) {
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    return;
  }
  const after = url.searchParams.has('after') ? Number(url.searchParams.get('after')) : null;
  sockets.handleUpgrade(request, socket, head, (browser) => attach(panel.servers.get(uuid), ticket.user, browser, after));
}

function attach(server, user, browser, after) {
  const send = (frame) => browser.send(JSON.stringify(frame));
  send({ type: 'connected', permissions: server.view(user).permissions });
  send({ type: 'node', connected: true });
  send({ type: 'status', state: server.state });
  let last = after;
  for (const line of server.history(after)) {
    if (last !== null && line.number > last + 1) send({ type: 'gap', from: last + 1, to: line.number - 1 });
    send(line);
    last = line.number;
  }
  server.on('frame', send);
  browser.on('close', () => server.off('frame', send));
  browser.on('message', (data) => {
    const request = JSON.parse(String(data));
    if (request.type === 'command') server.command(request.line);
    if (request.type === 'power') server.power(request.action);
  });
}
