import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from './client';
import type { ImportedEgg } from './types';

export interface EggEffect {
  kind: 'image_gone' | 'startup' | 'value_lost' | 'value_refused';
  about: string;
}

/** What another version of an egg changes. */
export interface EggUpdate {
  otherUuid: boolean;
  parts: string[];
  variablesAdded: string[];
  variablesRemoved: string[];
  variablesChanged: string[];
  servers: { uuid: string; name: string; effects: EggEffect[] }[];
}

export interface EggFormat {
  version: string;
  syntaxes: string[];
}

/** What is different in another format. */
export interface EggChange {
  kind: string;
  path: string;
  message: string;
}

/** The calls about versions of eggs. */
export class EggsApi {
  private readonly client: ApiClient;

  constructor(client: ApiClient) {
    this.client = client;
  }

  /** Has the panel load an egg from its address. */
  fetch = async (url: string) =>
    (await this.client.request<{ document: string }>('POST', '/api/admin/eggs/fetch', { body: { url } })).document;

  add = (document: string) =>
    this.client.request<ImportedEgg>('POST', '/api/admin/eggs', { body: new Blob([document]) });

  preview = (id: number, document: string) =>
    this.client.request<EggUpdate>('POST', `/api/admin/eggs/${id}/preview`, { body: new Blob([document]) });

  replace = (id: number, document: string) =>
    this.client.request<ImportedEgg>('PUT', `/api/admin/eggs/${id}`, { body: new Blob([document]) });

  formats = async (signal?: AbortSignal) =>
    (await this.client.request<{ items: EggFormat[] }>('GET', '/api/admin/egg-formats', signal ? { signal } : {})).items;

  conversion = async (id: number, format: string, signal?: AbortSignal) =>
    (
      await this.client.request<{ changes: EggChange[] }>('GET', `/api/admin/eggs/${id}/conversion`, {
        query: { format },
        ...(signal ? { signal } : {}),
      })
    ).changes;

  exportUrl = (id: number, format: string, syntax: string) =>
    `/api/admin/eggs/${id}/export?format=${encodeURIComponent(format)}&syntax=${encodeURIComponent(syntax)}`;

  documentUrl = (id: number) => `/api/admin/eggs/${id}/document`;
}

/** The cached reads about formats of eggs. */
export function eggQueries(eggs: EggsApi) {
  return {
    eggFormats: () => queryOptions({ queryKey: ['egg-formats'], queryFn: ({ signal }) => eggs.formats(signal), staleTime: Infinity }),
    eggConversion: (id: number, format: string) =>
      queryOptions({ queryKey: ['eggs', id, 'conversion', format], queryFn: ({ signal }) => eggs.conversion(id, format, signal) }),
  };
}
