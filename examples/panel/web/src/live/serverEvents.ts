import type { Server, ServerEvent } from '../api/types';

/** Puts what an event says into a server, or returns the same object if it says nothing new. */
export function applyEvent(server: Server, event: ServerEvent): Server {
  if (server.uuid !== event.uuid) return server;
  if (server.state === event.state && server.status === event.status && sameUsage(server.usage, event.usage)) {
    return server;
  }
  return { ...server, state: event.state, status: event.status, usage: event.usage };
}

/** Puts an event into a list, keeping the identity of every server it is not about. */
export function applyToList(servers: Server[], event: ServerEvent): Server[] {
  let changed = false;
  const next = servers.map((server) => {
    const applied = applyEvent(server, event);
    if (applied !== server) changed = true;
    return applied;
  });
  return changed ? next : servers;
}

function sameUsage(a: Server['usage'], b: Server['usage']): boolean {
  if (a === b) return true;
  return a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b);
}
