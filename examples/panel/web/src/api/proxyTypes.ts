import type { Json, JsonObject } from '../proxy/document';

/** What the panel answers about the proxy. */

export interface Revision {
  number: number;
  etag: string;
  author: string;
  reason: string;
  at: string;
}

export type StageOutcome = 'DONE' | 'ROLLED_BACK' | 'WAITING' | 'FAILED' | 'UNKNOWN';

/** How far something behind the store has come. */
export interface Stage {
  name: string;
  /** The newest revision that it has for certain; 0 is none. */
  revision: number;
  tried: number;
  outcome: StageOutcome;
  said: string;
  at: string;
}

export interface ProxyState {
  saved: Revision;
  engine: Stage;
  cloud?: Stage | null;
  applied: boolean;
}

export interface ProxyOn {
  on: true;
  engine: { kind: 'caddy' | 'nginx'; version: string; title: string };
  state: ProxyState;
  counts: { routes: number; enabledRoutes: number; l4Routes: number; raw: number; bindings: number; certificates: number };
  /** Names that users of servers may take. */
  offered: string[];
}

/** A certificate that the panel gets for its proxy. */
export interface Certificate {
  domain: string;
  /** Until when the one counts that is there. */
  expires?: string | null;
  /** Why the last try to get one failed; empty if it did not. */
  said: string;
  nextAt?: string | null;
}

export type ProxyOverview = ProxyOn | { on: false };

export type Severity = 'ERROR' | 'WARNING' | 'NOTE';

export interface Finding {
  code: string;
  severity: Severity;
  route?: string | null;
  pointer: string;
  message: string;
}

export interface Difference {
  place: string;
  before?: Json;
  after?: Json;
}

export type CloudState = 'SKIPPED' | 'PLANNED' | 'DONE' | 'PARTIAL' | 'WAITING' | 'PAUSED' | 'FAILED';

export interface CloudReport {
  revision: number;
  state: CloudState;
  parts: { binding: string; name?: string | null; state: CloudState; said: string }[];
  nextAt?: string | null;
}

/** What a change would do. */
export interface Plan {
  possible: boolean;
  base: Revision;
  differences: Difference[];
  findings: Finding[];
  engine: { changes: boolean; before?: string | null; after?: string | null; cut?: boolean };
  cloud?: CloudReport | null;
}

export type Outcome = 'APPLIED' | 'UNTOUCHED' | 'WAITING' | 'ROLLED_BACK' | 'UNKNOWN';

/** What became of a change. */
export interface Report {
  revision: Revision;
  outcome: Outcome;
  said: string;
  proof?: string | null;
  undone?: Revision | null;
  state: ProxyState;
  findings?: Finding[];
}

/** The revision that whoever made a change has seen with its answer: others may have saved one since. */
export const seenWith = ({ revision, undone }: Pick<Report, 'revision' | 'undone'>): Revision => undone ?? revision;

export interface RevisionDetail {
  revision: Revision;
  document: JsonObject;
  differences: Difference[];
}

export interface PluginState {
  id: string;
  module: string;
  installed: boolean;
  source: string;
  /** The routes that use it. */
  routes: string[];
}
