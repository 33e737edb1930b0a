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

  documentUrl = (id: number) => `/api/admin/eggs/${id}/document`;
}
