import { panel } from '../api';
import { ApiError, toApiError } from '../api/errors';
import type { FilesApi } from '../api/files';

export type UploadState = 'waiting' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled';

export interface Upload {
  readonly id: number;
  readonly server: string;
  readonly directory: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly state: UploadState;
  readonly error: ApiError | null;
}

export type UploadTransport = Pick<FilesApi, 'upload' | 'beginUpload' | 'partialUpload' | 'appendUpload' | 'cancelUpload'>;

interface Options {
  /** How many are sent at a time. */
  parallel?: number;
  pieceBytes?: number;
  /** How long to wait before the connection is tried again. */
  pauseMillis?: (tries: number) => number;
}

interface Work {
  file: Blob;
  /** Whether the node keeps pieces over a break. */
  pieces: boolean;
  /** Whether somebody has said to replace what was written meanwhile. */
  overwrite: boolean;
  partialId: string | null;
  abort: AbortController;
}

const TRIES = 8;

/**
 * The files on their way from this browser. They go on while other pages are looked at. Where a node takes files in pieces, one that breaks
 * off goes on by itself where it was, or later when somebody says so; elsewhere it begins anew.
 */
export class UploadQueue {
  private readonly transport: UploadTransport;
  private readonly parallel: number;
  private readonly pieceBytes: number;
  private readonly pauseMillis: (tries: number) => number;
  private readonly listeners = new Set<() => void>();
  private readonly doneListeners = new Set<(upload: Upload) => void>();
  private readonly work = new Map<number, Work>();
  private uploads: readonly Upload[] = [];
  private nextId = 1;

  constructor(transport: UploadTransport, options: Options = {}) {
    this.transport = transport;
    this.parallel = options.parallel ?? 2;
    this.pieceBytes = options.pieceBytes ?? 8 * 1024 * 1024;
    this.pauseMillis = options.pauseMillis ?? ((tries) => Math.min(15_000, 500 * 2 ** tries));
  }

  /** All of them, in the order in which they were added. The same array until something changes. */
  all = (): readonly Upload[] => this.uploads;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Tells of each file that has arrived. */
  onDone(listener: (upload: Upload) => void): () => void {
    this.doneListeners.add(listener);
    return () => this.doneListeners.delete(listener);
  }

  add(server: string, directory: string, path: string, file: Blob, pieces: boolean): void {
    const id = this.nextId++;
    this.work.set(id, { file, pieces, overwrite: false, partialId: null, abort: new AbortController() });
    this.uploads = [
      ...this.uploads,
      { id, server, directory, path, sizeBytes: file.size, sentBytes: 0, state: 'waiting', error: null },
    ];
    this.changed();
    this.next();
  }

  /** Ends one; what has arrived of it is thrown away. */
  cancel(id: number): void {
    const work = this.work.get(id);
    const upload = this.find(id);
    if (!work || !upload || upload.state === 'done') return;
    this.set(id, { state: 'cancelled' });
    work.abort.abort();
    if (work.partialId !== null) void this.transport.cancelUpload(upload.server, work.partialId).catch(() => undefined);
    this.work.delete(id);
    this.next();
  }

  /** Goes on with one that failed; over what somebody else has written meanwhile, if that was why and is said. */
  retry(id: number, overwrite = false): void {
    const work = this.work.get(id);
    if (!work || this.find(id)?.state !== 'failed') return;
    work.overwrite = overwrite;
    work.abort = new AbortController();
    this.set(id, { state: 'waiting', error: null });
    this.next();
  }

  /** Forgets those that have ended. */
  forgetEnded(server: string): void {
    const ended = (upload: Upload) => upload.server === server && !isActive(upload);
    this.uploads.filter(ended).forEach(({ id }) => this.work.delete(id));
    this.uploads = this.uploads.filter((upload) => !ended(upload));
    this.changed();
  }

  /** Whether something would be lost if the page went. */
  busy(): boolean {
    return this.uploads.some(isActive);
  }

  private next(): void {
    const running = this.uploads.filter(({ state }) => state === 'running' || state === 'paused').length;
    const waiting = this.uploads.filter(({ state }) => state === 'waiting');
    for (const upload of waiting.slice(0, Math.max(0, this.parallel - running))) void this.run(upload);
  }

  private async run(upload: Upload): Promise<void> {
    const work = this.work.get(upload.id);
    if (!work) return;
    const { signal } = work.abort;
    this.set(upload.id, { state: 'running' });
    try {
      if (work.pieces && work.file.size > 0) await this.sendPieces(upload, work, signal);
      else await this.transport.upload(upload.server, upload.path, work.file, this.sending(upload.id, signal, 0));
      if (signal.aborted) return;
      this.work.delete(upload.id);
      this.set(upload.id, { state: 'done', sentBytes: upload.sizeBytes });
      const done = this.find(upload.id);
      if (done) this.doneListeners.forEach((listener) => listener(done));
    } catch (thrown) {
      if (signal.aborted) return;
      this.set(upload.id, { state: 'failed', error: toApiError(thrown) });
    }
    this.next();
  }

  private async sendPieces(upload: Upload, work: Work, signal: AbortSignal): Promise<void> {
    for (let tries = 0; !signal.aborted; ) {
      let offset = 0;
      try {
        offset = await this.offset(upload, work);
        while (offset < work.file.size) {
          if (signal.aborted || work.partialId === null) return;
          const piece = work.file.slice(offset, offset + this.pieceBytes);
          const sending = this.sending(upload.id, signal, offset);
          offset = (await this.transport.appendUpload(upload.server, work.partialId, offset, piece, work.overwrite, sending))
            .offsetBytes;
          this.set(upload.id, { state: 'running', sentBytes: offset });
          tries = 0;
        }
        return;
      } catch (thrown) {
        const error = toApiError(thrown);
        if (signal.aborted || !mayPass(error) || refusedAtEnd(error, offset, work) || ++tries > TRIES) throw thrown;
        this.set(upload.id, { state: 'paused' });
        await new Promise((resolve) => setTimeout(resolve, this.pauseMillis(tries)));
      }
    }
  }

  /** How much has arrived; begins where nothing has, or the node has given it up. */
  private async offset(upload: Upload, work: Work): Promise<number> {
    if (work.partialId !== null) {
      try {
        const { offsetBytes } = await this.transport.partialUpload(upload.server, work.partialId);
        this.set(upload.id, { sentBytes: offsetBytes });
        return offsetBytes;
      } catch (thrown) {
        if (toApiError(thrown).status !== 404) throw thrown;
      }
    }
    const begun = await this.transport.beginUpload(upload.server, upload.path, work.file.size);
    work.partialId = begun.id;
    return begun.offsetBytes;
  }

  private sending(id: number, signal: AbortSignal, before: number) {
    return { signal, onProgress: (sent: number) => this.set(id, { state: 'running', sentBytes: before + sent }) };
  }

  private find(id: number): Upload | undefined {
    return this.uploads.find((upload) => upload.id === id);
  }

  private set(id: number, change: Partial<Upload>): void {
    this.uploads = this.uploads.map((upload) =>
      upload.id === id && upload.state !== 'cancelled' ? { ...upload, ...change } : upload,
    );
    this.changed();
  }

  private changed(): void {
    this.listeners.forEach((listener) => listener());
  }
}

export function isActive({ state }: Pick<Upload, 'state'>): boolean {
  return state === 'waiting' || state === 'running' || state === 'paused';
}

/** Whether it may work in a moment: nobody answered, somebody in between was away, or the last piece is still being taken. */
function mayPass(error: ApiError): boolean {
  return error.unreachable || error.status === 429 || error.status === 409 || (error.status >= 502 && error.status <= 504);
}

/** The node lacks but the last byte, and does not take it: somebody has changed the file since. */
function refusedAtEnd(error: ApiError, offset: number, work: Work): boolean {
  return error.status === 409 && offset === work.file.size - 1;
}

/** The uploads of this browser. */
export const uploads = new UploadQueue(panel.files);

if (typeof window !== 'undefined') {
  window.addEventListener('beforeunload', (event) => {
    if (uploads.busy()) event.preventDefault();
  });
}
