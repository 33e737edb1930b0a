import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from './client';
import type { Outcome } from './proxyTypes';

export type DomainExposure = 'PUBLIC' | 'PLAIN_HTTP' | 'TUNNEL';
export type DomainStageName = 'saved' | 'engine' | 'certificate' | 'cloud' | 'tunnel' | 'reached';
export type DomainStageState = 'DONE' | 'WAITING' | 'FAILED' | 'PENDING' | 'OFF';

/** How far a domain is on its way into the world. */
export interface DomainStage {
  stage: DomainStageName;
  state: DomainStageState;
  said: string;
  revision?: number | null;
}

/** A name by which a server's port is reached. */
export interface ServerDomain {
  id: string;
  domain: string;
  /** The server's address that it leads to; none if the server has lost the port. */
  ip?: string | null;
  port: number;
  exposure: DomainExposure;
  path?: string | null;
  enabled: boolean;
  url: string;
  stages: DomainStage[];
}

export interface DomainPort {
  ip: string;
  port: number;
  primary: boolean;
}

/** The names of a server, and which others it may have. */
export interface ServerDomains {
  /** Such as `*.play.example.net`: one label may be taken. */
  offered: string[];
  /** Whether any name may be taken. */
  free: boolean;
  ports: DomainPort[];
  items: ServerDomain[];
}

export interface NewDomain {
  domain: string;
  ip: string;
  port: number;
  exposure: DomainExposure;
}

export interface DomainReport {
  outcome: Outcome;
  said: string;
}

export interface AddedDomain {
  item: ServerDomain;
  report: DomainReport;
}

/** Saving, applying and proving a route takes as long as the proxy needs. */
const APPLY_MILLIS = 120_000;

/** The calls about the names of a server. */
export class DomainsApi {
  private readonly client: ApiClient;

  constructor(client: ApiClient) {
    this.client = client;
  }

  list = (uuid: string, signal?: AbortSignal) =>
    this.client.request<ServerDomains>('GET', path(uuid), signal ? { signal } : {});

  add = (uuid: string, domain: NewDomain) =>
    this.client.request<AddedDomain>('POST', path(uuid), { body: domain, timeoutMillis: APPLY_MILLIS });

  remove = (uuid: string, id: string) =>
    this.client.request<DomainReport>('DELETE', `${path(uuid)}/${encodeURIComponent(id)}`, { timeoutMillis: APPLY_MILLIS });
}

/** The cached reads about names. */
export function domainQueries(domains: DomainsApi) {
  return {
    domains: (uuid: string) =>
      queryOptions({ queryKey: ['server', uuid, 'domains'], queryFn: ({ signal }) => domains.list(uuid, signal) }),
  };
}

function path(uuid: string): string {
  return `/api/servers/${uuid}/domains`;
}
