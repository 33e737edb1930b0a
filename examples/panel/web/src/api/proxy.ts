import { queryOptions } from '@tanstack/react-query';
import type { HttpRoute, JsonObject, L4Route, ProxySettings, RawOverride, TlsPolicy } from '../proxy/document';
import type { ApiClient } from './client';
import type { Certificate, Plan, PluginState, ProxyOverview, Report, Revision, RevisionDetail } from './proxyTypes';

/** What a list or a thing of the document was read from: whoever changes it says which revision he has seen. */
interface Read {
  revision: number;
  etag: string;
}

export interface Routes extends Read {
  items: HttpRoute[];
}

export interface L4Routes extends Read {
  items: L4Route[];
}

export interface RawOverrides extends Read {
  items: RawOverride[];
}

export interface Plugins extends Read {
  settings: ProxySettings;
  tlsPolicies: TlsPolicy[];
  engine: { title: string; version: string };
  plugins: PluginState[];
}

/** Routes of both kinds are read and written in the same way. */
export class RouteCalls<R extends { id: string }> {
  private readonly client: ApiClient;
  private readonly path: string;

  constructor(client: ApiClient, path: string) {
    this.client = client;
    this.path = path;
  }

  list = (signal?: AbortSignal) => this.client.request<Read & { items: R[] }>('GET', this.path, signalOf(signal));

  one = (id: string, signal?: AbortSignal) =>
    this.client.request<Read & { route: R }>('GET', this.at(id), signalOf(signal));

  create = (route: R) => this.client.request<Report>('POST', this.path, { body: route, timeoutMillis: APPLY_MILLIS });

  planCreate = (route: R, signal?: AbortSignal) => this.plan('POST', this.path, route, undefined, signal);

  save = (route: R, etag: string) => this.change('PUT', this.at(route.id), route, etag);

  planSave = (route: R, etag: string, signal?: AbortSignal) => this.plan('PUT', this.at(route.id), route, etag, signal);

  enable = (id: string, enabled: boolean, etag: string) => this.change('PATCH', this.at(id), { enabled }, etag);

  delete = (id: string, etag: string) => this.change('DELETE', this.at(id), undefined, etag);

  private at(id: string): string {
    return `${this.path}/${encodeURIComponent(id)}`;
  }

  private change(method: 'PUT' | 'PATCH' | 'DELETE', path: string, body: unknown, etag: string): Promise<Report> {
    return this.client.request<Report>(method, path, {
      headers: ifMatch(etag),
      timeoutMillis: APPLY_MILLIS,
      ...(body === undefined ? {} : { body }),
    });
  }

  private plan(method: 'POST' | 'PUT', path: string, body: R, etag?: string, signal?: AbortSignal): Promise<Plan> {
    return this.client.request<Plan>(method, path, {
      body,
      query: DRY_RUN,
      headers: etag === undefined ? {} : ifMatch(etag),
      timeoutMillis: APPLY_MILLIS,
      ...signalOf(signal),
    });
  }
}

/** The calls about the proxy in front of the servers. */
export class ProxyApi {
  private readonly client: ApiClient;
  readonly routes: RouteCalls<HttpRoute>;
  readonly l4Routes: RouteCalls<L4Route>;

  constructor(client: ApiClient) {
    this.client = client;
    this.routes = new RouteCalls(client, '/api/routes');
    this.l4Routes = new RouteCalls(client, '/api/l4routes');
  }

  overview = (signal?: AbortSignal) => this.client.request<ProxyOverview>('GET', '/api/proxy', signalOf(signal));

  certificates = async (signal?: AbortSignal) =>
    (await this.client.request<{ items: Certificate[] }>('GET', '/api/proxy/certificates', signalOf(signal))).items;

  /** Brings the engine to what is saved. */
  apply = () => this.client.request<Report>('POST', '/api/proxy/apply', { timeoutMillis: APPLY_MILLIS });

  revisions = async (page: { before?: number; limit?: number }, signal?: AbortSignal) =>
    (
      await this.client.request<{ items: Revision[] }>('GET', '/api/proxy/revisions', {
        query: { ...page },
        ...signalOf(signal),
      })
    ).items;

  revision = (number: number, signal?: AbortSignal) =>
    this.client.request<RevisionDetail>('GET', `/api/proxy/revisions/${number}`, signalOf(signal));

  rollBack = (number: number, etag: string) =>
    this.client.request<Report>('POST', `/api/proxy/revisions/${number}/rollback`, {
      headers: ifMatch(etag),
      timeoutMillis: APPLY_MILLIS,
    });

  planRollBack = (number: number, signal?: AbortSignal) =>
    this.client.request<Plan>('POST', `/api/proxy/revisions/${number}/rollback`, {
      query: DRY_RUN,
      timeoutMillis: APPLY_MILLIS,
      ...signalOf(signal),
    });

  document = (signal?: AbortSignal) =>
    this.client.request<Read & { document: JsonObject }>('GET', '/api/proxy/document', signalOf(signal));

  planDocument = (document: unknown, etag: string) => this.put<Plan>('/api/proxy/document', document, etag, true);

  saveDocument = (document: unknown, etag: string) => this.put<Report>('/api/proxy/document', document, etag, false);

  /** Adds the routes of another program's file. */
  import = (file: unknown) => this.importing<Report>(file, {});

  planImport = (file: unknown) => this.importing<Plan>(file, DRY_RUN);

  raw = (signal?: AbortSignal) => this.client.request<RawOverrides>('GET', '/api/raw', signalOf(signal));

  planRaw = (items: RawOverride[], etag: string) => this.put<Plan>('/api/raw', { items }, etag, true);

  saveRaw = (items: RawOverride[], etag: string) => this.put<Report>('/api/raw', { items }, etag, false);

  plugins = (signal?: AbortSignal) => this.client.request<Plugins>('GET', '/api/plugins', signalOf(signal));

  planPlugins = (plugins: Pick<Plugins, 'settings' | 'tlsPolicies'>, etag: string) =>
    this.put<Plan>('/api/plugins', plugins, etag, true);

  savePlugins = (plugins: Pick<Plugins, 'settings' | 'tlsPolicies'>, etag: string) =>
    this.put<Report>('/api/plugins', plugins, etag, false);

  private put<T>(path: string, body: unknown, etag: string, dryRun: boolean): Promise<T> {
    return this.client.request<T>('PUT', path, {
      body,
      headers: ifMatch(etag),
      timeoutMillis: APPLY_MILLIS,
      ...(dryRun ? { query: DRY_RUN } : {}),
    });
  }

  private importing<T>(file: unknown, query: Record<string, string>): Promise<T> {
    return this.client.request<T>('POST', '/api/proxy/import', {
      body: file,
      query: { from: 'janus', ...query },
      timeoutMillis: APPLY_MILLIS,
    });
  }
}

/** Whoever saves waits for the engine and for the proof of what it runs. */
const APPLY_MILLIS = 120_000;
const DRY_RUN = { dryRun: 'true' };

/** The cached reads about the proxy. All begin with the same key: a change of the document changes all of them. */
export function proxyQueries(proxy: ProxyApi) {
  return {
    proxy: () => queryOptions({ queryKey: ['proxy', 'overview'], queryFn: ({ signal }) => proxy.overview(signal) }),
    certificates: () =>
      queryOptions({ queryKey: ['proxy', 'certificates'], queryFn: ({ signal }) => proxy.certificates(signal) }),
    routes: () => queryOptions({ queryKey: ['proxy', 'routes'], queryFn: ({ signal }) => proxy.routes.list(signal) }),
    route: (id: string) =>
      queryOptions({ queryKey: ['proxy', 'routes', id], queryFn: ({ signal }) => proxy.routes.one(id, signal) }),
    l4Routes: () => queryOptions({ queryKey: ['proxy', 'l4routes'], queryFn: ({ signal }) => proxy.l4Routes.list(signal) }),
    l4Route: (id: string) =>
      queryOptions({ queryKey: ['proxy', 'l4routes', id], queryFn: ({ signal }) => proxy.l4Routes.one(id, signal) }),
    raw: () => queryOptions({ queryKey: ['proxy', 'raw'], queryFn: ({ signal }) => proxy.raw(signal) }),
    proxyDocument: () =>
      queryOptions({ queryKey: ['proxy', 'document'], queryFn: ({ signal }) => proxy.document(signal) }),
    plugins: () => queryOptions({ queryKey: ['proxy', 'plugins'], queryFn: ({ signal }) => proxy.plugins(signal) }),
    revisions: (limit: number) =>
      queryOptions({ queryKey: ['proxy', 'revisions', limit], queryFn: ({ signal }) => proxy.revisions({ limit }, signal) }),
    revision: (number: number) =>
      queryOptions({ queryKey: ['proxy', 'revision', number], queryFn: ({ signal }) => proxy.revision(number, signal) }),
  };
}

function ifMatch(etag: string): Record<string, string> {
  return { 'If-Match': `"${etag}"` };
}

function signalOf(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}
