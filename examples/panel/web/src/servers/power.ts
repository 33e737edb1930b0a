import type { PowerAction, Server } from '../api/types';

/** Whether a list of permissions holds one: `*` holds every one that is not reserved for administrators. */
export function allows(permissions: readonly string[], permission: string): boolean {
  return permissions.includes(permission) || (permissions.includes('*') && !permission.startsWith('admin'));
}

export const POWER_PERMISSION: Record<PowerAction, string> = {
  start: 'control.start',
  restart: 'control.restart',
  stop: 'control.stop',
  kill: 'control.stop',
};

/** Whether a power action makes sense now. Kill is there as long as anything may run. */
export function powerPossible(server: Pick<Server, 'status' | 'state' | 'node'>, action: PowerAction): boolean {
  if (server.status !== 'ready') return false;
  switch (action) {
    case 'start':
      return server.state === 'offline' || server.state === 'unknown';
    case 'restart':
    case 'stop':
      return server.state === 'running' || server.state === 'starting';
    case 'kill':
      return server.state !== 'offline';
  }
}
