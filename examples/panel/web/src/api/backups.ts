import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from './client';

export type BackupState = 'running' | 'uploaded' | 'complete' | 'failed' | 'deleting';
export type BackupPlace = 'node' | 'store';

export interface Backup {
  id: string;
  name: string;
  state: BackupState;
  restoring: boolean;
  reason: string | null;
  locked: boolean;
  place: BackupPlace;
  ignoredFiles: string[];
  checksum: string | null;
  sizeBytes: number;
  createdAt: string;
  endedAt: string | null;
}

/** The backups of a server, and what can be made. */
export interface Backups {
  /** Whether the server's node makes backups. */
  offered: boolean;
  /** Where new ones go. */
  place: BackupPlace;
  limit: number;
  items: Backup[];
}

export interface NewBackup {
  name: string;
  ignoredFiles: string;
  locked: boolean;
}

/** The calls about the backups of a server. */
export class BackupsApi {
  private readonly client: ApiClient;

  constructor(client: ApiClient) {
    this.client = client;
  }

  list = (uuid: string, signal?: AbortSignal) =>
    this.client.request<Backups>('GET', path(uuid), signal ? { signal } : {});

  create = (uuid: string, backup: NewBackup) => this.client.request<Backup>('POST', path(uuid), { body: backup });

  restore = (uuid: string, id: string, truncate: boolean) =>
    this.client.request<void>('POST', `${path(uuid)}/${id}/restore`, { body: { truncate } });

  lock = (uuid: string, id: string, locked: boolean) =>
    this.client.request<Backup>('PUT', `${path(uuid)}/${id}/locked`, { body: { locked } });

  delete = (uuid: string, id: string) => this.client.request<void>('DELETE', `${path(uuid)}/${id}`);

  /** Where the browser loads a backup from: the panel, which hands it on or says where it is. */
  downloadUrl = (uuid: string, id: string) => `${path(uuid)}/${id}/content`;
}

/** The cached reads about backups. */
export function backupQueries(backups: BackupsApi) {
  return {
    backups: (uuid: string) =>
      queryOptions({ queryKey: ['server', uuid, 'backups'], queryFn: ({ signal }) => backups.list(uuid, signal) }),
  };
}

function path(uuid: string): string {
  return `/api/servers/${uuid}/backups`;
}
