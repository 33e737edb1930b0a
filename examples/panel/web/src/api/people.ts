import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from './client';

/** Somebody who can log in, as administrators see him. */
export interface Member {
  id: string;
  username: string;
  admin: boolean;
  disabled: boolean;
  language: string;
  servers: number;
  createdAt: string;
}

/** Somebody with access to a server that is not his own. */
export interface Subuser {
  id: string;
  username: string;
  disabled: boolean;
  permissions: string[];
  since: string;
}

export interface Subusers {
  items: Subuser[];
  /** Every permission that can be given, by group. */
  groups: Record<string, string[]>;
  /** Those that the one who asks holds himself. */
  grantable: string[];
}

/** A key for SFTP. */
export interface SshKey {
  name: string;
  type: string;
  fingerprint: string;
  createdAt: string;
}

/** The calls about users and what they may do. */
export class PeopleApi {
  private readonly client: ApiClient;

  constructor(client: ApiClient) {
    this.client = client;
  }

  users = async (signal?: AbortSignal) =>
    (await this.client.request<{ items: Member[] }>('GET', '/api/admin/users', signal ? { signal } : {})).items;

  create = (user: { username: string; password: string; admin: boolean }) =>
    this.client.request<Member>('POST', '/api/admin/users', { body: user });

  change = (id: string, change: { username?: string; admin?: boolean; disabled?: boolean }) =>
    this.client.request<Member>('PUT', `/api/admin/users/${id}`, { body: change });

  resetPassword = (id: string, password: string) =>
    this.client.request<void>('PUT', `/api/admin/users/${id}/password`, { body: { password } });

  delete = (id: string) => this.client.request<void>('DELETE', `/api/admin/users/${id}`);

  changePassword = (current: string, password: string) =>
    this.client.request<void>('PUT', '/api/account/password', { body: { current, password } });

  sshKeys = async (signal?: AbortSignal) =>
    (await this.client.request<{ items: SshKey[] }>('GET', '/api/account/ssh-keys', signal ? { signal } : {})).items;

  addSshKey = (name: string, publicKey: string) =>
    this.client.request<unknown>('POST', '/api/account/ssh-keys', { body: { name, publicKey } });

  removeSshKey = (fingerprint: string) =>
    this.client.request<void>('DELETE', '/api/account/ssh-keys', { query: { fingerprint } });

  subusers = (uuid: string, signal?: AbortSignal) =>
    this.client.request<Subusers>('GET', `/api/servers/${uuid}/users`, signal ? { signal } : {});

  invite = (uuid: string, username: string, permissions: readonly string[]) =>
    this.client.request<Subuser>('POST', `/api/servers/${uuid}/users`, { body: { username, permissions } });

  permit = (uuid: string, user: string, permissions: readonly string[]) =>
    this.client.request<Subuser>('PUT', `/api/servers/${uuid}/users/${user}`, { body: { permissions } });

  expel = (uuid: string, user: string) => this.client.request<void>('DELETE', `/api/servers/${uuid}/users/${user}`);
}

/** The cached reads about people. */
export function peopleQueries(people: PeopleApi) {
  return {
    users: () => queryOptions({ queryKey: ['users'], queryFn: ({ signal }) => people.users(signal) }),
    sshKeys: () => queryOptions({ queryKey: ['ssh-keys'], queryFn: ({ signal }) => people.sshKeys(signal) }),
    subusers: (uuid: string) =>
      queryOptions({ queryKey: ['server', uuid, 'users'], queryFn: ({ signal }) => people.subusers(uuid, signal) }),
  };
}
