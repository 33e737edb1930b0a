/** The values that travel between the panel and this UI. Fields that an older panel may leave out are optional. */

export type Language = 'en' | 'de';

export interface User {
  id: string;
  username: string;
  admin: boolean;
  language: string;
}

export interface Session {
  user: User;
  csrfToken: string;
  expiresAt: string;
}

export type ServerStatus =
  | 'creating'
  | 'create_failed'
  | 'installing'
  | 'install_failed'
  | 'ready'
  | 'suspended'
  | 'deleting';

export type ServerState = 'offline' | 'starting' | 'running' | 'stopping' | 'unknown';

export type PowerAction = 'start' | 'stop' | 'restart' | 'kill';

export interface Usage {
  memoryBytes: number;
  memoryLimitBytes: number;
  cpuPercent: number;
  diskBytes: number;
  rxBytes: number;
  txBytes: number;
  uptimeMillis: number;
}

export interface Limits {
  memoryMebibytes: number;
  swapMebibytes: number;
  diskMebibytes: number;
  cpuPercent: number;
}

export interface Server {
  uuid: string;
  name: string;
  description: string;
  status: ServerStatus;
  statusReason?: string | null;
  state: ServerState;
  node: { id: number; name: string; reachable: boolean };
  egg: { id: number; name: string };
  allocation: { ip: string; port: number } | null;
  image: string;
  limits: Limits;
  usage: Usage | null;
  permissions: string[];
  /** What the page can help with when the console says it; only in the answer about one server. */
  features?: string[];
  createdAt: string;
}

export interface Node {
  id: number;
  name: string;
  url: string;
  enrolled: boolean;
  /** SHA-256 of the node's own certificate, where no authority has signed it. */
  certificate?: string | null;
  reachable: boolean;
  lastError?: string | null;
  version?: string | null;
  servers: number;
  allocations: { total: number; used: number };
}

export interface Allocation {
  id: number | string;
  ip: string;
  port: number;
  server: { uuid: string; name: string } | null;
}

export interface EnrolmentKey {
  key: string;
  expiresAt: string;
  command: string;
}

export interface EggSummary {
  id: number;
  uuid: string;
  name: string;
  author: string;
  description: string;
  format: string;
  servers: number;
}

export interface EggVariable {
  name: string;
  description: string;
  envVariable: string;
  defaultValue: string;
  userViewable: boolean;
  userEditable: boolean;
  rules: string | string[];
}

export interface Egg extends EggSummary {
  updateUrl?: string | null;
  images: Record<string, string>;
  startupCommands: Record<string, string>;
  variables: EggVariable[];
}

export interface EggWarning {
  message: string;
  path?: string | null;
}

export interface ImportedEgg extends EggSummary {
  warnings?: EggWarning[];
}

export interface NewServer {
  name: string;
  description?: string;
  /** The name of the user it belongs to; its creator if there is none. */
  owner?: string;
  nodeId: number;
  eggId: number;
  allocationId: number | string;
  image: string;
  startup?: string;
  limits: Limits;
  variables: Record<string, string>;
  startOnCompletion: boolean;
}

export interface ConsoleTicket {
  ticket: string;
  expiresAt: string;
}

/** What the event stream says about one server. */
export interface ServerEvent {
  uuid: string;
  state: ServerState;
  status: ServerStatus;
  usage: Usage | null;
}

/** Frames of the console socket, from the panel. Unknown types are ignored. */
export type ConsoleFrame =
  | { type: 'connected'; permissions: string[] }
  | { type: 'status'; state: ServerState }
  | ({ type: 'stats' } & Usage)
  | { type: 'output'; line: string; number: number | null }
  | { type: 'gap'; from: number; to: number }
  | { type: 'install-output'; line: string }
  | { type: 'install'; phase: 'started' | 'completed' }
  | { type: 'daemon'; text: string }
  | { type: 'error'; text: string }
  | { type: 'deleted' }
  | { type: 'feature'; key: string }
  | { type: 'node'; connected: boolean };

/** Frames of the console socket, to the panel. */
export type ConsoleRequest =
  | { type: 'command'; line: string }
  | { type: 'power'; action: PowerAction }
  | { type: 'ping' };
