import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from './client';
import { sendBlob, type SendOptions } from './sendBlob';

export interface FileEntry {
  /** Its name in its directory; in the results of a search its path. */
  name: string;
  directory: boolean;
  symlink: boolean;
  sizeBytes: number;
  /** The permissions in octal digits, such as `644`. */
  modeBits: string;
  mime: string;
  modifiedAt: string;
}

/** What the node of a server can do with files beyond the ordinary. */
export interface FileOffers {
  archives: boolean;
  search: boolean;
  jobs: boolean;
  uploads: boolean;
}

/** What is in a directory; a node that lists none gives and takes files by their names all the same. */
export interface Directory {
  listed: boolean;
  offers: FileOffers;
  /** How many there are; of a long list that has just begun more than there are items. */
  total: number;
  items: FileEntry[];
}

/** A text with the version that a change of it has to name. */
export interface FileText {
  text: string;
  version: string;
}

export interface TrashItem {
  id: string;
  path: string;
  deletedAt: string;
  directory: boolean;
  sizeBytes: number;
}

export interface FileJob {
  id: string;
  kind: 'compress' | 'decompress' | 'download';
  path: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  doneBytes: number;
  totalBytes: number | null;
  begunAt: string;
  endedAt: string | null;
  problem: string | null;
}

/** A file of which some pieces have arrived. */
export interface PartialUpload {
  id: string;
  path: string;
  sizeBytes: number;
  offsetBytes: number;
}

export interface Rename {
  from: string;
  to: string;
}

/** What somebody wants in an archive. */
export interface Compression {
  directory: string;
  files: readonly string[];
  name: string;
  format: string;
}

/** Saves over whatever is there. */
export const ANY_VERSION = '*';

const LONG_TIMEOUT_MILLIS = 24 * 3600e3;

/** The calls about the files of a server. */
export class FilesApi {
  private readonly client: ApiClient;

  constructor(client: ApiClient) {
    this.client = client;
  }

  list = (uuid: string, directory: string, signal?: AbortSignal) =>
    this.client.request<Directory>('GET', path(uuid), { query: { directory }, ...signalOf(signal) });

  /** The beginning of a directory, if its node gives that; otherwise all of it. */
  beginning = (uuid: string, directory: string, signal?: AbortSignal) =>
    this.client.request<Directory>('GET', path(uuid), { query: { directory, part: 'beginning' }, ...signalOf(signal) });

  search = async (uuid: string, directory: string, pattern: string, signal?: AbortSignal) =>
    (
      await this.client.request<{ items: FileEntry[] }>('GET', path(uuid, '/search'), {
        query: { directory, pattern },
        ...signalOf(signal),
      })
    ).items;

  /** Where the browser loads a file from: the panel, which hands it on piece by piece. */
  downloadUrl = (uuid: string, file: string) => `${path(uuid, '/content')}?path=${encodeURIComponent(file)}`;

  readText = (uuid: string, file: string, signal?: AbortSignal) =>
    this.client.request<FileText>('GET', path(uuid, '/text'), { query: { path: file }, ...signalOf(signal) });

  saveText = (uuid: string, file: string, text: string, version: string) =>
    this.client.request<{ version: string }>('PUT', path(uuid, '/text'), {
      query: { path: file },
      body: new Blob([text]),
      headers: { 'If-Match': version },
    });

  /** Makes an empty file, unless there is one. */
  createFile = (uuid: string, file: string) =>
    this.client.request<void>('PUT', path(uuid, '/content'), {
      query: { path: file },
      body: new Blob([]),
      headers: { 'If-None-Match': '*' },
    });

  createDirectory = (uuid: string, directory: string) =>
    this.client.request<void>('POST', path(uuid, '/directory'), { body: { path: directory } });

  rename = (uuid: string, directory: string, files: readonly Rename[]) =>
    this.client.request<void>('POST', path(uuid, '/rename'), { body: { directory, files } });

  copy = (uuid: string, file: string, to?: string) =>
    this.client.request<void>('POST', path(uuid, '/copy'), {
      body: to === undefined ? { path: file } : { path: file, to },
      timeoutMillis: LONG_TIMEOUT_MILLIS,
    });

  chmod = (uuid: string, directory: string, files: readonly { file: string; mode: string }[]) =>
    this.client.request<void>('POST', path(uuid, '/chmod'), { body: { directory, files } });

  deleteForGood = (uuid: string, directory: string, files: readonly string[]) =>
    this.client.request<void>('POST', path(uuid, '/delete'), {
      body: { directory, files },
      timeoutMillis: LONG_TIMEOUT_MILLIS,
    });

  // --- trash

  trash = async (uuid: string, signal?: AbortSignal) =>
    (await this.client.request<{ items: TrashItem[] }>('GET', path(uuid, '/trash'), signalOf(signal))).items;

  moveToTrash = async (uuid: string, directory: string, files: readonly string[]) =>
    (await this.client.request<{ ids: string[] }>('POST', path(uuid, '/trash'), { body: { directory, files } })).ids;

  restore = (uuid: string, ids: readonly string[]) =>
    this.client.request<{ restored: string[]; refused: string[] }>('POST', path(uuid, '/trash/restore'), { body: { ids } });

  deleteFromTrash = (uuid: string, ids: readonly string[]) =>
    this.client.request<void>('POST', path(uuid, '/trash/delete'), { body: { ids }, timeoutMillis: LONG_TIMEOUT_MILLIS });

  emptyTrash = (uuid: string) =>
    this.client.request<void>('DELETE', path(uuid, '/trash'), { timeoutMillis: LONG_TIMEOUT_MILLIS });

  // --- archives and jobs: a node that has no jobs answers when it is done

  compress = (uuid: string, compression: Compression) =>
    this.client.request<unknown>('POST', path(uuid, '/compress'), { body: compression, timeoutMillis: LONG_TIMEOUT_MILLIS });

  decompress = (uuid: string, directory: string, file: string) =>
    this.client.request<unknown>('POST', path(uuid, '/decompress'), {
      body: { directory, file },
      timeoutMillis: LONG_TIMEOUT_MILLIS,
    });

  jobs = async (uuid: string, signal?: AbortSignal) =>
    (await this.client.request<{ items: FileJob[] }>('GET', path(uuid, '/jobs'), signalOf(signal))).items;

  cancelJob = (uuid: string, id: string) => this.client.request<void>('DELETE', path(uuid, `/jobs/${encodeURIComponent(id)}`));

  // --- uploads

  /** Which of these names are taken in a directory. */
  taken = async (uuid: string, directory: string, files: readonly string[]) =>
    (await this.client.request<{ items: string[] }>('POST', path(uuid, '/taken'), { body: { directory, files } })).items;

  upload = (uuid: string, file: string, content: Blob, options: SendOptions) =>
    sendBlob<void>(this.client, path(uuid, '/content'), { path: file }, content, options);

  beginUpload = (uuid: string, file: string, sizeBytes: number) =>
    this.client.request<PartialUpload>('POST', path(uuid, '/uploads'), { body: { path: file, sizeBytes } });

  partialUpload = (uuid: string, id: string) => this.client.request<PartialUpload>('GET', uploadPath(uuid, id));

  /** Adds a piece; the last one overwrites what somebody else has written since only if it is told to. */
  appendUpload = (uuid: string, id: string, offset: number, piece: Blob, overwrite: boolean, options: SendOptions) =>
    sendBlob<PartialUpload>(this.client, uploadPath(uuid, id), { offset, overwrite: String(overwrite) }, piece, options);

  cancelUpload = (uuid: string, id: string) => this.client.request<void>('DELETE', uploadPath(uuid, id));
}

/** The cached reads about files. */
export function fileQueries(files: FilesApi) {
  return {
    /** The beginning of the keys of everything that changes with the files of a server. */
    allFiles: (uuid: string) => ['server', uuid, 'files'] as const,
    files: (uuid: string, directory: string) =>
      queryOptions({
        queryKey: ['server', uuid, 'files', 'list', directory],
        queryFn: ({ signal }) => files.list(uuid, directory, signal),
      }),
    fileBeginning: (uuid: string, directory: string) =>
      queryOptions({
        queryKey: ['server', uuid, 'files', 'beginning', directory],
        queryFn: ({ signal }) => files.beginning(uuid, directory, signal),
      }),
    fileSearch: (uuid: string, directory: string, pattern: string) =>
      queryOptions({
        queryKey: ['server', uuid, 'files', 'search', directory, pattern],
        queryFn: ({ signal }) => files.search(uuid, directory, pattern, signal),
      }),
    /** Read once for each time that an editor is opened: what changes meanwhile must not replace what is being written. */
    fileText: (uuid: string, file: string) =>
      queryOptions({
        queryKey: ['file-text', uuid, file],
        queryFn: ({ signal }) => files.readText(uuid, file, signal),
        staleTime: Infinity,
        gcTime: 0,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      }),
    trash: (uuid: string) =>
      queryOptions({ queryKey: ['server', uuid, 'files', 'trash'], queryFn: ({ signal }) => files.trash(uuid, signal) }),
    fileJobs: (uuid: string) =>
      queryOptions({ queryKey: ['server', uuid, 'jobs'], queryFn: ({ signal }) => files.jobs(uuid, signal) }),
  };
}

function path(uuid: string, rest = ''): string {
  return `/api/servers/${uuid}/files${rest}`;
}

function uploadPath(uuid: string, id: string): string {
  return path(uuid, `/uploads/${encodeURIComponent(id)}`);
}

function signalOf(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}
