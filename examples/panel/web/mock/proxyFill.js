// What the mock panel's proxy begins with.

const HOUR = 3600e3;

export function fillProxy(panel, make) {
  const [server] = [...panel.servers.values()];
  const proxy = make(document(server), { kind: 'caddy', version: '2.11.4', title: 'Caddy 2.11.4' });
  proxy.revisions[0].at = new Date(Date.now() - 30 * HOUR).toISOString();
  const later = { ...proxy.document, routes: proxy.document.routes.map((route) => (route.id === 'shop' ? { ...route, maintenance: undefined } : route)) };
  const head = proxy.commit(JSON.parse(JSON.stringify(later)), 'admin', 'The shop is open again', new Date(Date.now() - 2 * HOUR));
  proxy.stage = { ...proxy.stage, revision: head.number, tried: head.number };
  proxy.cloud = { ...proxy.cloud, revision: head.number - 1, tried: head.number, outcome: 'WAITING', said: 'Cloudflare asks for patience; it is tried again in 40 s' };
  return proxy;
}

function document(server) {
  const proxy = (host, port, more = {}) => ({ type: 'proxy', upstreams: [{ scheme: 'http', host, port }], ...more });
  return {
    schema: 1,
    settings: { httpPort: 80, httpsPort: 443, http3: true, acmeEmail: 'admin@example.net', compression: { encodings: ['zstd', 'gzip'], minimumBytes: 512 }, gracePeriod: '15s' },
    routes: [
      { id: 'lobby', name: 'The lobby', enabled: true, domains: ['lobby.example.net', 'www.lobby.example.net'], paths: [{ kind: 'prefix', value: '/map' }], exposure: 'public', action: proxy('10.20.0.5', 8080) },
      { id: 'shop', name: 'Shop', enabled: true, domains: ['shop.example.net'], exposure: 'public', maintenance: { retryAfter: '600s', body: '<h1>Back in ten minutes</h1>' },
        action: { type: 'proxy', upstreams: [{ scheme: 'https', host: 'shop-1.example.net', port: 8443 }, { scheme: 'https', host: 'shop-2.example.net', port: 8443 }], balancing: { policy: 'least-connections' }, activeHealth: { path: '/health' } } },
      { id: 'old-shop', enabled: true, domains: ['store.example.net'], exposure: 'public', action: { type: 'redirect', to: 'https://shop.example.net', status: 308, keepPath: true } },
      { id: 'wiki', name: 'Wiki of the guild', enabled: true, domains: ['wiki.example.net'], exposure: 'tunnel', auth: [{ type: 'basic', realm: 'Guild', accounts: [{ user: 'anna', hash: '$2b$12$c' }] }], action: proxy('wiki', 3000) },
      { id: 'files', enabled: false, domains: ['files.example.net'], exposure: 'lan', action: { type: 'files', root: '/srv/files', browse: true } },
      { id: 'unknown', name: 'Everything else', enabled: true, catchAll: true, exposure: 'plain-http', action: { type: 'respond', status: 404, body: 'There is nothing here.' } },
      ...(server ? [{ id: `srv-${server.uuid.slice(0, 8)}-a1`, owner: server.uuid, enabled: true, domains: ['meadow.play.example.net'], exposure: 'public', action: proxy('10.20.0.7', 30000) }] : []),
    ],
    l4Routes: [
      { id: 'minetest', name: 'Minetest', enabled: true, listen: [{ protocol: 'udp', host: '', port: 30000, ports: 1 }], upstreams: [{ host: '10.20.0.7', port: 30000, weight: 1 }], policy: 'round-robin', idleTimeout: '30s' },
      { id: 'mail', enabled: false, listen: [{ protocol: 'tcp', host: '203.0.113.7', port: 993, ports: 1 }], serverNames: ['mail.example.net'], tls: 'pass', upstreams: [{ host: '10.20.0.9', port: 993 }] },
    ],
    tlsPolicies: [{ name: 'wildcard', subjects: ['*.example.net'], issuer: { type: 'acme', directory: 'https://acme-v02.api.letsencrypt.org/directory', dns: { provider: 'cloudflare', token: 'env:CF_TOKEN' } } }],
    cloudflare: [{ id: 'home', accountId: '023e105f4ecef8ad9ca31a8372d0c353', tunnelName: 'rookery-home', token: 'file:/var/lib/rookery/proxy/home.token', proxyUrl: 'http://caddy:8080', exclusive: false, dns: 'owned', deleteGrace: '3600s' }],
    raw: [{ engine: 'caddy', point: 'route', route: 'lobby', patch: { handle: [{ handler: 'vars', lobby: 'one' }] }, reason: 'The map asks for it' }],
  };
}
