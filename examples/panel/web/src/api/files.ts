import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
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
  /** Whether it finds text in files. */
  contentSearch: boolean;
  /** Whether it shows what is in archives. */
  archiveEntries: boolean;
}

/** A line that holds a text. */
export interface ContentMatch {
  /** From the root of the server's files. */
  path: string;
  line: number;
  /** The line, or what is around the text in a long one. */
  text: string;
}

export interface ContentMatches {
  items: ContentMatch[];
  /** Whether everything was searched. */
  complete: boolean;
}

/** What an archive says of one of its files. */
export interface ArchiveEntry {
  name: string;
  kind: 'file' | 'directory' | 'link' | 'hard-link' | 'other';
  /** Whether its content can be had. */
  readable: boolean;
  sizeBytes: number | null;
  modeBits: string;
  modifiedAt: string | null;
  /** Where a link leads. */
  target: string | null;
}

/** A part of what is in one directory of an archive. */
export interface ArchiveListing {
  items: ArchiveEntry[];
  /** Where to go on; null at the end. */
  next: string | null;
  /** Whether the archive was read to its end. */
  complete: boolean;
  /** How many entries are left out because their names lead out of it. */
  refused: number;
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

/** Which text is looked for, and from where. */
export interface ContentQuery {
  directory: string;
  text: string;
  matchCase: boolean;
}

/** Saves over whatever is there. */
export const ANY_VERSION = '*';

const LONG_TIMEOUT_MILLIS = 24 * 3600e3;
/** A node gives up before this. */
const SEARCH_TIMEOUT_MILLIS = 90e3;
/** The way to a file in a large archive. */
const ENTRY_TIMEOUT_MILLIS = 11 * 60e3;

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

  /** Finds text in files. Who gives up, by the signal, ends it in the panel and on the node, too. */
  searchContent = async (uuid: string, wanted: ContentQuery, signal?: AbortSignal) => {
    const id = crypto.randomUUID();
    const end = () => void this.client.request<void>('DELETE', path(uuid, `/search/content/${id}`)).catch(() => undefined);
    signal?.addEventListener('abort', end, { once: true });
    try {
      return await this.client.request<ContentMatches>('POST', path(uuid, '/search/content'), {
        body: { id, ...wanted },
        timeoutMillis: SEARCH_TIMEOUT_MILLIS,
        ...signalOf(signal),
      });
    } finally {
      signal?.removeEventListener('abort', end);
    }
  };

  archive = (uuid: string, archive: string, directory: string, after: string | null, signal?: AbortSignal) =>
    this.client.request<ArchiveListing>('GET', path(uuid, '/archive'), {
      query: { path: archive, directory, after: after ?? undefined },
      timeoutMillis: SEARCH_TIMEOUT_MILLIS,
      ...signalOf(signal),
    });

  archiveText = async (uuid: string, archive: string, entry: string, signal?: AbortSignal) =>
    (
      await this.client.request<{ text: string }>('GET', path(uuid, '/archive/text'), {
        query: { path: archive, entry },
        timeoutMillis: ENTRY_TIMEOUT_MILLIS,
        ...signalOf(signal),
      })
    ).text;

  /** Where the browser loads one file of an archive from. */
  entryUrl = (uuid: string, archive: string, entry: string) =>
    `${path(uuid, '/archive/content')}?path=${encodeURIComponent(archive)}&entry=${encodeURIComponent(entry)}`;

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

/** For what costs a node much: it is not asked again because somebody looked elsewhere, or because it failed. */
const ONCE = { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false, retry: false };

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
    /** Asked once: what was found stays until somebody asks again. */
    contentSearch: (uuid: string, wanted: ContentQuery) =>
      queryOptions({
        queryKey: ['server', uuid, 'content-search', wanted],
        queryFn: ({ signal }) => files.searchContent(uuid, wanted, signal),
        ...ONCE,
      }),
    archive: (uuid: string, archive: string, directory: string) =>
      infiniteQueryOptions({
        queryKey: ['server', uuid, 'files', 'archive', archive, directory],
        queryFn: ({ signal, pageParam }) => files.archive(uuid, archive, directory, pageParam, signal),
        initialPageParam: null as string | null,
        getNextPageParam: ({ next }) => next,
        ...ONCE,
      }),
    archiveText: (uuid: string, archive: string, entry: string) =>
      queryOptions({
        queryKey: ['server', uuid, 'files', 'archive-text', archive, entry],
        queryFn: ({ signal }) => files.archiveText(uuid, archive, entry, signal),
        ...ONCE,
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
