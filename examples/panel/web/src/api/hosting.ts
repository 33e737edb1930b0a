import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from './client';

/** One variable of a server, with what its rules mean to a form. */
export interface StartupVariable {
  name: string;
  description: string;
  envVariable: string;
  value: string;
  defaultValue: string;
  changeable: boolean;
  kind: 'select' | 'toggle' | 'number' | 'text';
  required: boolean;
  choices: string[];
  expectations: string[];
}

/** How a server is started. */
export interface Startup {
  command: string;
  invocation: string;
  image: string;
  images: Record<string, string>;
  imageChangeable: boolean;
  variables: StartupVariable[];
}

/** The calls about how a server is started. */
export class HostingApi {
  private readonly client: ApiClient;

  constructor(client: ApiClient) {
    this.client = client;
  }

  startup = (uuid: string, signal?: AbortSignal) =>
    this.client.request<Startup>('GET', `/api/servers/${uuid}/startup`, signal ? { signal } : {});

  checkVariables = async (uuid: string, variables: Record<string, string>, signal?: AbortSignal) =>
    (
      await this.client.request<{ problems: Record<string, string> }>('POST', `/api/servers/${uuid}/startup/check`, {
        body: { variables },
        ...(signal ? { signal } : {}),
      })
    ).problems;

  changeVariables = (uuid: string, variables: Record<string, string>) =>
    this.client.request<Startup>('PUT', `/api/servers/${uuid}/startup/variables`, { body: { variables } });

  changeImage = (uuid: string, image: string) =>
    this.client.request<Startup>('PUT', `/api/servers/${uuid}/startup/image`, { body: { image } });

  acceptEula = (uuid: string) => this.client.request<void>('POST', `/api/servers/${uuid}/eula`);
}

/** The cached reads about startup. */
export function hostingQueries(hosting: HostingApi) {
  return {
    startup: (uuid: string) =>
      queryOptions({ queryKey: ['server', uuid, 'startup'], queryFn: ({ signal }) => hosting.startup(uuid, signal) }),
  };
}
