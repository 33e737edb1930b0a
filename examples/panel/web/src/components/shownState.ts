import type { Server, ServerState, ServerStatus } from '../api/types';

export type ShownState = Exclude<ServerStatus, 'ready'> | ServerState | 'unreachable';
export type Tone = 'good' | 'busy' | 'bad' | 'idle';

/** The one word for a server: what the panel does with it comes first, then what its container does. */
export function shownState(server: Pick<Server, 'status' | 'state' | 'node'>): ShownState {
  if (server.status !== 'ready') return server.status;
  return server.node.reachable ? server.state : 'unreachable';
}

export function toneOf(state: ShownState): Tone {
  switch (state) {
    case 'running':
      return 'good';
    case 'starting':
    case 'stopping':
    case 'installing':
    case 'creating':
    case 'deleting':
    case 'restoring':
    case 'transferring':
      return 'busy';
    case 'install_failed':
    case 'create_failed':
    case 'suspended':
    case 'unreachable':
      return 'bad';
    default:
      return 'idle';
  }
}
