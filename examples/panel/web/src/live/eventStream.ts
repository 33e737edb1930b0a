import type { ServerEvent } from '../api/types';
import { backoffMillis } from './backoff';

export interface EventStreamListener {
  onServer: (event: ServerEvent) => void;
  onRemoved: (uuid: string) => void;
  /** What the user may do on some server has changed. */
  onAccess: () => void;
  /** Whether events arrive. While they do not, whoever shows live state has to ask. */
  onLive: (live: boolean) => void;
}

/** Opens the panel's event stream and keeps it open. Returns how to close it. */
export function openEventStream(listener: EventStreamListener, url = '/api/events'): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let closed = false;

  const open = () => {
    source = new EventSource(url, { withCredentials: true });
    source.onopen = () => {
      attempt = 0;
      listener.onLive(true);
    };
    source.onerror = () => {
      listener.onLive(false);
      // The browser reconnects by itself after a network error, but not after an error answer.
      if (source?.readyState === EventSource.CLOSED && !closed) {
        timer = setTimeout(open, Math.max(1_000, backoffMillis(attempt++)));
      }
    };
    source.addEventListener('server', (message) => {
      const event = parse<ServerEvent>(message.data);
      if (event) listener.onServer(event);
    });
    source.addEventListener('access', () => listener.onAccess());
    source.addEventListener('removed', (message) => {
      const event = parse<{ uuid: string }>(message.data);
      if (event) listener.onRemoved(event.uuid);
    });
  };
  open();

  return () => {
    closed = true;
    clearTimeout(timer);
    source?.close();
  };
}

function parse<T>(data: unknown): T | null {
  try {
    return JSON.parse(String(data)) as T;
  } catch {
    return null;
  }
}
