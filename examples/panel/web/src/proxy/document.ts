/**
 * The proxy's document as it travels: what is usual is left out, times are texts such as `30s`. Only what this UI looks at has a
 * type; whatever else is there is kept as it is.
 */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
export type JsonObject = { [member: string]: Json };

export type Exposure = 'public' | 'plain-http' | 'tunnel' | 'tunnel-tcp' | 'direct-dns' | 'lan';
export type Scheme = 'http' | 'https' | 'h2c' | 'unix';

export interface Upstream {
  scheme?: Scheme;
  host: string;
  port?: number;
  weight?: number;
  maxRequests?: number;
  backup?: boolean;
}

export interface PathMatch {
  kind: 'exact' | 'prefix' | 'regex';
  value: string;
}

export type Action =
  | { type: 'proxy'; upstreams?: Upstream[]; discovery?: { name: string } }
  | { type: 'redirect'; to: string; status?: number; keepPath?: boolean }
  | { type: 'respond'; status?: number; body?: string }
  | { type: 'files'; root: string }
  | { type: 'reject'; status?: number };

export type ActionType = Action['type'];

export interface HttpRoute {
  id: string;
  name?: string;
  owner?: string;
  enabled: boolean;
  domains?: string[];
  catchAll?: boolean;
  paths?: PathMatch[];
  exposure?: Exposure;
  action: Action;
  tlsPolicy?: string;
  binding?: string;
  maintenance?: object;
}

export interface L4Listen {
  protocol?: 'tcp' | 'udp';
  host?: string;
  port: number;
  ports?: number;
}

export interface L4Route {
  id: string;
  name?: string;
  owner?: string;
  enabled: boolean;
  listen?: L4Listen[];
  serverNames?: string[];
  sources?: string[];
  tls?: 'pass' | 'terminate';
  tlsPolicy?: string;
  upstreams?: { host: string; port: number; weight?: number }[];
}

export type RawEngine = 'caddy' | 'nginx';
export type RawPoint = 'route-before' | 'route-after' | 'route' | 'server' | 'http' | 'document';

export interface RawOverride {
  engine: RawEngine;
  point: RawPoint;
  route?: string;
  /** An object, or, of nginx, a text. */
  patch: Json;
  reason?: string;
}

export type Issuer =
  | { type: 'acme'; directory?: string; email?: string; dns?: { provider?: string; token: string; resolvers?: string[] } }
  | { type: 'internal'; lifetime?: string }
  | { type: 'files'; certificate: string; key: string }
  | { type: 'on-demand'; ask: string };

export interface TlsPolicy {
  name: string;
  subjects?: string[];
  issuer: Issuer;
  clientAuthorityFile?: string;
}

export interface ProxySettings {
  listenAddress?: string;
  httpPort?: number;
  httpsPort?: number;
  tunnelPort?: number;
  http3?: boolean;
  acmeEmail?: string;
  trustedProxies?: string[];
  compression?: { encodings?: string[]; minimumBytes?: number };
  gracePeriod?: string;
  reserved?: string[];
  allowedUpstreams?: string[];
  geoDatabase?: string;
  security?: JsonObject;
  cache?: JsonObject;
  storage?: string;
}

export interface CloudflareBinding {
  id: string;
  accountId: string;
  tunnelId?: string;
  tunnelName?: string;
  token: string;
  proxyUrl?: string;
  exclusive?: boolean;
  dns?: 'owned' | 'adopt-equal' | 'report-only';
  deleteGrace?: string;
}
