import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { queries } from '../api/queries';
import type { ServerEvent } from '../api/types';
import { openEventStream } from './eventStream';
import { applyEvent, applyToList } from './serverEvents';

const LiveContext = createContext(false);

/** How often to ask while the event stream is down, and while it is up (for what it does not tell, such as a node's state). */
const POLL_MILLIS = 4_000;
const REFRESH_MILLIS = 60_000;

/** Feeds the panel's events into the cached servers. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    let wasDown = false;
    return openEventStream({
      onServer: (event) => serverChanged(client, event),
      onRemoved: (uuid) => serverRemoved(client, uuid),
      onAccess: () => {
        void client.invalidateQueries({ queryKey: queries.servers().queryKey });
        void client.invalidateQueries({ queryKey: ['server'] });
      },
      onLive: (up) => {
        setLive(up);
        // What happened while nobody listened has to be asked for.
        if (up && wasDown) void client.invalidateQueries({ queryKey: queries.servers().queryKey });
        wasDown = !up;
      },
    });
  }, [client]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** The interval at which a query of live state asks again. */
export function useLiveInterval(): number {
  return use(LiveContext) ? REFRESH_MILLIS : POLL_MILLIS;
}

function serverChanged(client: QueryClient, event: ServerEvent): void {
  const list = client.getQueryData(queries.servers().queryKey);
  const listed = list?.find((server) => server.uuid === event.uuid);
  if (list && !listed) void client.invalidateQueries({ queryKey: queries.servers().queryKey });
  else if (list) client.setQueryData(queries.servers().queryKey, applyToList(list, event));

  const detail = queries.server(event.uuid).queryKey;
  const known = client.getQueryData(detail);
  if (!known) return;
  client.setQueryData(detail, applyEvent(known, event));
  // The reason of a new status is only in the full answer.
  if (known.status !== event.status) {
    void client.invalidateQueries({ queryKey: detail });
    void client.invalidateQueries({ queryKey: queries.servers().queryKey });
    void client.invalidateQueries({ queryKey: queries.installLog(event.uuid).queryKey });
  }
}

function serverRemoved(client: QueryClient, uuid: string): void {
  client.setQueryData(queries.servers().queryKey, (list) => list?.filter((server) => server.uuid !== uuid));
  void client.invalidateQueries({ queryKey: queries.server(uuid).queryKey });
  // Nodes and eggs say how many servers they have, and what that allows.
  void client.invalidateQueries({ queryKey: queries.nodes().queryKey });
  void client.invalidateQueries({ queryKey: queries.eggs().queryKey });
}
