import { toApiError, type ApiError } from '../api/errors';
import type { ConsoleFrame, ConsoleRequest } from '../api/types';
import { backoffMillis } from '../live/backoff';

export type ConnectionPhase =
  | { name: 'connecting' }
  | { name: 'open' }
  | { name: 'waiting'; retryInMillis: number; error: ApiError | null }
  | { name: 'ended'; reason: 'deleted' | 'refused' | 'closed'; error: ApiError | null };

/** The part of WebSocket that is used, so that a test can bring its own. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export interface ConnectionOptions {
  ticket: () => Promise<string>;
  open: (ticket: string, after: number | null) => Socket;
  /** The number to resume after; asked anew for every connection. */
  resumeAfter: () => number | null;
  onFrame: (frame: ConsoleFrame) => void;
  onPhase: (phase: ConnectionPhase) => void;
  random?: () => number;
  schedule?: (task: () => void, millis: number) => () => void;
}

const PING_MILLIS = 20_000;

/**
 * Keeps one console open: a fresh ticket for each socket, backoff with jitter between attempts, resuming after the last line
 * seen. Ends for good when the server is deleted or access is refused.
 */
export class ConsoleConnection {
  private readonly options: ConnectionOptions;
  private readonly schedule: (task: () => void, millis: number) => () => void;
  private socket: Socket | null = null;
  private attempt = 0;
  private cancelTimer: () => void = () => {};
  private cancelPing: () => void = () => {};
  private phase: ConnectionPhase = { name: 'connecting' };
  /** Grows with each attempt, so that what belongs to an older one is ignored. */
  private epoch = 0;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.schedule = options.schedule ?? scheduleTimeout;
  }

  start(): void {
    void this.connect();
  }

  /** Does not wait for the backoff, for instance because the network is back. */
  retryNow(): void {
    if (this.phase.name !== 'waiting') return;
    this.cancelTimer();
    this.attempt = 0;
    void this.connect();
  }

  /** Sends if the console is open, and says whether it did. */
  send(request: ConsoleRequest): boolean {
    if (this.phase.name !== 'open' || !this.socket) return false;
    this.socket.send(JSON.stringify(request));
    return true;
  }

  close(): void {
    this.end('closed', null);
  }

  private async connect(): Promise<void> {
    const epoch = ++this.epoch;
    this.enter({ name: 'connecting' });
    try {
      const ticket = await this.options.ticket();
      if (epoch === this.epoch) this.open(ticket, epoch);
    } catch (thrown) {
      if (epoch === this.epoch) this.failed(toApiError(thrown));
    }
  }

  private open(ticket: string, epoch: number): void {
    const socket = this.options.open(ticket, this.options.resumeAfter());
    this.socket = socket;
    socket.onopen = () => {
      if (epoch !== this.epoch) return;
      this.enter({ name: 'open' });
      this.ping(epoch);
    };
    socket.onmessage = (event) => {
      if (epoch === this.epoch) this.received(event.data);
    };
    socket.onclose = () => {
      if (epoch === this.epoch) this.retryLater(null);
    };
  }

  private received(data: unknown): void {
    const frame = readFrame(data);
    if (!frame) return;
    // Only a greeting proves that this connection works: a socket that opens and dies must still back off.
    if (frame.type === 'connected') this.attempt = 0;
    this.options.onFrame(frame);
    if (frame.type === 'deleted') this.end('deleted', null);
  }

  private failed(error: ApiError): void {
    if (error.status === 401 || error.status === 403 || error.status === 404) this.end('refused', error);
    else this.retryLater(error);
  }

  private retryLater(error: ApiError | null): void {
    this.release();
    const wait = backoffMillis(this.attempt++, this.options.random);
    this.enter({ name: 'waiting', retryInMillis: wait, error });
    this.cancelTimer = this.schedule(() => void this.connect(), wait);
  }

  private end(reason: 'deleted' | 'refused' | 'closed', error: ApiError | null): void {
    this.epoch++;
    this.cancelTimer();
    this.release();
    this.enter({ name: 'ended', reason, error });
  }

  private release(): void {
    this.cancelPing();
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private ping(epoch: number): void {
    this.cancelPing = this.schedule(() => {
      if (epoch !== this.epoch) return;
      this.send({ type: 'ping' });
      this.ping(epoch);
    }, PING_MILLIS);
  }

  private enter(phase: ConnectionPhase): void {
    this.phase = phase;
    this.options.onPhase(phase);
  }
}

function readFrame(data: unknown): ConsoleFrame | null {
  if (typeof data !== 'string') return null;
  try {
    const frame = JSON.parse(data) as { type?: unknown } | null;
    return frame && typeof frame.type === 'string' ? (frame as ConsoleFrame) : null;
  } catch {
    return null;
  }
}

function scheduleTimeout(task: () => void, millis: number): () => void {
  const timer = setTimeout(task, millis);
  return () => clearTimeout(timer);
}
