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

export interface FileEntry {
  name: string;
  directory: boolean;
  symlink: boolean;
  sizeBytes: number;
  mode: string;
  modifiedAt: string;
}

/** What is in a directory; a node that lists none gives and takes files by their names all the same. */
export interface Directory {
  listed: boolean;
  items: FileEntry[];
}

const UPLOAD_TIMEOUT_MILLIS = 24 * 3600e3;

/** The calls about how a server is started, and about its files. */
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

  files = (uuid: string, directory: string, signal?: AbortSignal) =>
    this.client.request<Directory>('GET', `/api/servers/${uuid}/files`, {
      query: { directory },
      ...(signal ? { signal } : {}),
    });

  /** Where the browser loads a file from: the panel, which hands it on piece by piece. */
  downloadUrl = (uuid: string, path: string) => `/api/servers/${uuid}/files/content?path=${encodeURIComponent(path)}`;

  upload = (uuid: string, path: string, file: Blob) =>
    this.client.request<void>('PUT', `/api/servers/${uuid}/files/content`, {
      body: file,
      query: { path },
      timeoutMillis: UPLOAD_TIMEOUT_MILLIS,
    });

  createDirectory = (uuid: string, path: string) =>
    this.client.request<void>('POST', `/api/servers/${uuid}/files/directory`, { body: { path } });

  rename = (uuid: string, directory: string, from: string, to: string) =>
    this.client.request<void>('POST', `/api/servers/${uuid}/files/rename`, { body: { directory, from, to } });

  deleteFiles = (uuid: string, directory: string, files: readonly string[]) =>
    this.client.request<void>('POST', `/api/servers/${uuid}/files/delete`, { body: { directory, files } });
}

/** The cached reads about startup and files. */
export function hostingQueries(hosting: HostingApi) {
  return {
    startup: (uuid: string) =>
      queryOptions({ queryKey: ['server', uuid, 'startup'], queryFn: ({ signal }) => hosting.startup(uuid, signal) }),
    files: (uuid: string, directory: string) =>
      queryOptions({
        queryKey: ['server', uuid, 'files', directory],
        queryFn: ({ signal }) => hosting.files(uuid, directory, signal),
      }),
  };
}
