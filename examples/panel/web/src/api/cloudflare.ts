import { queryOptions } from '@tanstack/react-query';
import type { CloudflareBinding } from '../proxy/document';
import type { ApiClient } from './client';
import type { Finding, Plan, Report } from './proxyTypes';

export type BindingState = 'PENDING' | 'RUNNING' | 'DONE' | 'WAITING' | 'PAUSED' | 'FAILED';

export interface HostState {
  host: string;
  state: string;
  said: string;
}

/** How far Cloudflare is brought to what the document wants. */
export interface BindingStatus {
  state: BindingState;
  wantedRevision: number;
  doneRevision?: number | null;
  attempts: number;
  nextAt?: string | null;
  error?: string | null;
  drift: string[];
  hosts: HostState[];
  notes: string[];
}

/** The program that connects the tunnel. */
export interface Connector {
  kind: 'process' | 'container' | 'none';
  running: boolean;
  ready: boolean;
  connections: number;
  configVersion?: number | null;
  exitCode?: number | null;
  /** Why it does not run although it is wanted. */
  said?: string | null;
}

export interface Binding {
  binding: CloudflareBinding;
  /** Whether there is a token where the binding says. */
  tokenKnown: boolean;
  status?: BindingStatus | null;
  connector: Connector;
}

export interface Bindings {
  revision: number;
  etag: string;
  items: Binding[];
}

export type IngressKind = 'ADD' | 'REMOVE' | 'KEEP' | 'FOREIGN';

export interface CloudPlan {
  binding: string;
  makesTunnel: boolean;
  ingress: { host: string; service: string; change: IngressKind }[];
  records: { host: string; type: string; target: string; change: string; said: string }[];
  changes: boolean;
  /** What will surprise although nothing is in the way. */
  findings: Finding[];
}

/** A zone or a tunnel of the account. */
export interface AccountPart {
  id: string;
  name: string;
  status: string;
}

/** A binding as it is sent: the token itself goes in only, and never comes back. */
export interface BindingWish extends CloudflareBinding {
  tokenValue?: string;
}

/** Saving is proved by the engine; asking Cloudflare takes as long as Cloudflare needs. */
const SLOW_MILLIS = 120_000;

/** The calls about accounts of Cloudflare, and their tunnels. */
export class CloudflareApi {
  private readonly client: ApiClient;

  constructor(client: ApiClient) {
    this.client = client;
  }

  bindings = (signal?: AbortSignal) =>
    this.client.request<Bindings>('GET', '/api/cf/bindings', signal ? { signal } : {});

  save = (binding: BindingWish, etag: string) =>
    this.client.request<Report>('PUT', at(binding.id), { body: binding, headers: ifMatch(etag), timeoutMillis: SLOW_MILLIS });

  planRemoval = (id: string, etag: string) =>
    this.client.request<Plan>('DELETE', at(id), { headers: ifMatch(etag), query: { dryRun: 'true' }, timeoutMillis: SLOW_MILLIS });

  remove = (id: string, etag: string) =>
    this.client.request<Report>('DELETE', at(id), { headers: ifMatch(etag), timeoutMillis: SLOW_MILLIS });

  plan = (id: string, signal?: AbortSignal) => this.slow<CloudPlan>('GET', `${at(id)}/plan`, signal);

  sync = (id: string) => this.slow<BindingStatus>('POST', `${at(id)}/sync`);

  zones = async (id: string, signal?: AbortSignal) => (await this.slow<{ items: AccountPart[] }>('GET', `${at(id)}/zones`, signal)).items;

  tunnels = async (id: string, signal?: AbortSignal) =>
    (await this.slow<{ items: AccountPart[] }>('GET', `${at(id)}/tunnels`, signal)).items;

  startConnector = (id: string) => this.slow<Connector>('POST', `${at(id)}/connector/start`);

  stopConnector = (id: string) => this.slow<Connector>('POST', `${at(id)}/connector/stop`);

  private slow<T>(method: 'GET' | 'POST', path: string, signal?: AbortSignal): Promise<T> {
    return this.client.request<T>(method, path, { timeoutMillis: SLOW_MILLIS, ...(signal ? { signal } : {}) });
  }
}

/** The cached reads about Cloudflare. What is asked of Cloudflare itself is asked once, and again on request. */
export function cloudflareQueries(cloudflare: CloudflareApi) {
  return {
    bindings: () =>
      queryOptions({ queryKey: ['proxy', 'cloudflare'], queryFn: ({ signal }) => cloudflare.bindings(signal) }),
    cloudPlan: (id: string) =>
      queryOptions({
        queryKey: ['cloudflare', id, 'plan'],
        queryFn: ({ signal }) => cloudflare.plan(id, signal),
        retry: false,
        gcTime: 0,
      }),
    zones: (id: string) =>
      queryOptions({
        queryKey: ['cloudflare', id, 'zones'],
        queryFn: ({ signal }) => cloudflare.zones(id, signal),
        retry: false,
        staleTime: ASKED_MILLIS,
      }),
    tunnels: (id: string) =>
      queryOptions({
        queryKey: ['cloudflare', id, 'tunnels'],
        queryFn: ({ signal }) => cloudflare.tunnels(id, signal),
        retry: false,
        staleTime: ASKED_MILLIS,
      }),
  };
}

const ASKED_MILLIS = 60_000;

function at(id: string): string {
  return `/api/cf/bindings/${encodeURIComponent(id)}`;
}

function ifMatch(etag: string): Record<string, string> {
  return { 'If-Match': `"${etag}"` };
}
