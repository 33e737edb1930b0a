import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { panel, type Server, type Usage } from '../api';
import { queries } from '../api/queries';
import type { ConsoleFrame } from '../api/types';
import type { Said } from '../servers/startup';
import { ConsoleConnection, type ConnectionPhase, type Socket } from './connection';
import { ConsoleLog, type ConsoleEntry } from './log';
import { pushUsage } from './usageHistory';

export interface ServerConsole {
  log: ConsoleLog;
  phase: ConnectionPhase;
  usage: readonly Usage[];
  /** Whether the panel has its own connection to the node; null until it says. */
  nodeConnected: boolean | null;
  /** The egg's feature that the node said the console asks for, until the server starts again. */
  feature: Said | null;
  sendCommand: (line: string) => boolean;
  retryNow: () => void;
}

/** The live console of one server for as long as its page is open. */
export function useConsole(uuid: string): ServerConsole {
  const queryClient = useQueryClient();
  // A new log for each server: lines of one must never show up under another.
  const log = useMemo(() => new ConsoleLog(), [uuid]);
  const [phase, setPhase] = useState<ConnectionPhase>({ name: 'connecting' });
  const [usage, setUsage] = useState<readonly Usage[]>([]);
  const [nodeConnected, setNodeConnected] = useState<boolean | null>(null);
  const [feature, setFeature] = useState<Said | null>(null);
  const connection = useRef<ConsoleConnection | null>(null);

  useEffect(() => {
    const patch = (change: Partial<Server>) =>
      queryClient.setQueryData(queries.server(uuid).queryKey, (server) => server && { ...server, ...change });
    const refresh = () => void queryClient.invalidateQueries({ queryKey: queries.server(uuid).queryKey });

    const onFrame = (frame: ConsoleFrame) => {
      log.accept(frame);
      switch (frame.type) {
        case 'status':
          patch({ state: frame.state });
          if (frame.state === 'offline') setUsage([]);
          if (frame.state === 'starting') setFeature(null);
          return;
        case 'stats': {
          const { type: _, ...sample } = frame;
          setUsage((history) => pushUsage(history, sample));
          patch({ usage: sample });
          return;
        }
        case 'install':
          refresh();
          void queryClient.invalidateQueries({ queryKey: queries.installLog(uuid).queryKey });
          return;
        case 'feature':
          setFeature({ feature: frame.key, id: log.newestId });
          return;
        case 'node':
          setNodeConnected(frame.connected);
          return;
        case 'deleted':
          void queryClient.invalidateQueries({ queryKey: queries.servers().queryKey });
          return;
        default:
      }
    };

    const current = new ConsoleConnection({
      ticket: async () => (await panel.consoleTicket(uuid)).ticket,
      open: (ticket, after) => new WebSocket(consoleUrl(uuid, ticket, after)) as unknown as Socket,
      resumeAfter: () => log.resume(),
      onFrame,
      onPhase: setPhase,
    });
    connection.current = current;
    current.start();
    const online = () => current.retryNow();
    window.addEventListener('online', online);
    return () => {
      window.removeEventListener('online', online);
      connection.current = null;
      current.close();
    };
  }, [uuid, log, queryClient]);

  const sendCommand = useCallback(
    (line: string) => connection.current?.send({ type: 'command', line }) ?? false,
    [],
  );
  const retryNow = useCallback(() => connection.current?.retryNow(), []);
  return { log, phase, usage, nodeConnected, feature, sendCommand, retryNow };
}

/** The lines of a log; renders again when there are new ones. */
export function useEntries(log: ConsoleLog): readonly ConsoleEntry[] {
  return useSyncExternalStore(
    useCallback((changed) => log.subscribe(changed), [log]),
    useCallback(() => log.entries, [log]),
  );
}

function consoleUrl(uuid: string, ticket: string, after: number | null): string {
  const url = new URL(`/api/servers/${uuid}/console`, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('ticket', ticket);
  if (after !== null) url.searchParams.set('after', String(after));
  return url.href;
}
