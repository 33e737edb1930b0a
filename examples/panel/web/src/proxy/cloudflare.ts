import type { Binding, BindingState, BindingWish, CloudPlan, Connector, HostState } from '../api/cloudflare';
import type { Tone } from '../components/shownState';
import { present } from '../forms/validation';
import type { Problems } from '../forms/useForm';
import type { Translator } from '../i18n/translate';
import type { CloudflareBinding } from './document';
import { isDuration, shownDuration } from './values';

export type ShownBinding = BindingState | 'NO_TOKEN' | 'DRIFTED' | 'UNKNOWN';

/** The one word for a binding: without a token nothing else counts, and what somebody else has changed comes before “done”. */
export function shownBinding({ tokenKnown, status }: Pick<Binding, 'tokenKnown' | 'status'>): ShownBinding {
  if (!tokenKnown) return 'NO_TOKEN';
  if (!status) return 'UNKNOWN';
  return status.state === 'DONE' && status.drift.length > 0 ? 'DRIFTED' : status.state;
}

export function toneOfBinding(state: ShownBinding): Tone {
  switch (state) {
    case 'DONE':
      return 'good';
    case 'PENDING':
    case 'RUNNING':
    case 'WAITING':
    case 'DRIFTED':
      return 'busy';
    case 'PAUSED':
    case 'FAILED':
    case 'NO_TOKEN':
      return 'bad';
    default:
      return 'idle';
  }
}

/** Whether something is to change by itself in a moment. */
export function underWay(bindings: readonly Pick<Binding, 'status' | 'connector'>[]): boolean {
  return bindings.some(
    ({ status, connector }) =>
      status?.state === 'PENDING' || status?.state === 'RUNNING' || (connector.running && !connector.ready),
  );
}

export type ShownConnector = 'ready' | 'connecting' | 'ended' | 'stopped' | 'elsewhere';

export function shownConnector(connector: Connector): ShownConnector {
  if (connector.running) return connector.ready ? 'ready' : 'connecting';
  if (connector.kind === 'none') return 'elsewhere';
  return connector.exitCode === null || connector.exitCode === undefined ? 'stopped' : 'ended';
}

export function toneOfConnector(connector: ShownConnector): Tone {
  return ({ ready: 'good', connecting: 'busy', ended: 'bad', stopped: 'idle', elsewhere: 'idle' } as const)[connector];
}

export function toneOfHost({ state }: HostState): Tone {
  if (state === 'DONE' || state === 'OK') return 'good';
  return /CONFLICT|NO_ZONE|FAILED/.test(state) ? 'bad' : 'busy';
}

/** What happens to a line of the plan, as it is shown. */
export type PlanSign = 'add' | 'change' | 'remove' | 'keep' | 'later' | 'foreign';

export function signOf(change: string): PlanSign {
  switch (change) {
    case 'ADD':
    case 'CREATE':
      return 'add';
    case 'UPDATE':
    case 'CHANGE':
    case 'ADOPT':
      return 'change';
    case 'REMOVE':
    case 'DELETE':
      return 'remove';
    case 'WAIT':
      return 'later';
    case 'FOREIGN':
    case 'CONFLICT':
    case 'NO_ZONE':
      return 'foreign';
    default:
      return 'keep';
  }
}

/** How many lines of a plan do what. */
export function countSigns(plan: Pick<CloudPlan, 'ingress' | 'records'>): Record<PlanSign, number> {
  const counts: Record<PlanSign, number> = { add: 0, change: 0, remove: 0, keep: 0, later: 0, foreign: 0 };
  for (const { change } of [...plan.ingress, ...plan.records]) counts[signOf(change)]++;
  return counts;
}

export type TokenSource = 'keep' | 'paste' | 'env' | 'file';

/** What the form about a binding holds. */
export interface BindingForm {
  id: string;
  accountId: string;
  tokenSource: TokenSource;
  token: string;
  /** Of a tunnel that there is; empty finds or makes one by its name. */
  tunnelId: string;
  tunnelName: string;
  proxyUrl: string;
  dns: NonNullable<CloudflareBinding['dns']>;
  exclusive: boolean;
  deleteGrace: string;
}

export function formOf(binding?: CloudflareBinding): BindingForm {
  return {
    id: binding?.id ?? '',
    accountId: binding?.accountId ?? '',
    tokenSource: binding ? 'keep' : 'paste',
    token: '',
    tunnelId: binding?.tunnelId ?? '',
    tunnelName: binding?.tunnelName ?? '',
    proxyUrl: binding?.proxyUrl ?? 'http://127.0.0.1:8080',
    dns: binding?.dns ?? 'owned',
    exclusive: binding?.exclusive ?? false,
    deleteGrace: shownDuration(binding?.deleteGrace ?? '1h'),
  };
}

const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const ACCOUNT = /^[0-9a-f]{32}$/;
const TUNNEL = /^[A-Za-z0-9._-]{1,100}$/;
const PROXY = /^https?:\/\/[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const FILE = /^\/[A-Za-z0-9._/-]{1,1000}$/;
const TOKEN_MIN = 20;

export function bindingProblems(form: BindingForm, taken: readonly string[], t: Translator): Problems {
  return present({
    id: idProblem(form.id, taken, t),
    accountId: ACCOUNT.test(form.accountId.trim()) ? undefined : t('cf.accountForm'),
    token: tokenProblem(form, t),
    tunnelName: form.tunnelName === '' || TUNNEL.test(form.tunnelName) ? undefined : t('cf.tunnelForm'),
    proxyUrl: PROXY.test(form.proxyUrl.trim()) ? undefined : t('cf.proxyUrlForm'),
    deleteGrace: isDuration(form.deleteGrace.trim()) ? undefined : t('validation.duration'),
  });
}

function idProblem(id: string, taken: readonly string[], t: Translator): string | undefined {
  if (!ID.test(id)) return t('cf.idForm');
  return taken.includes(id) ? t('cf.idTaken') : undefined;
}

function tokenProblem({ tokenSource, token }: BindingForm, t: Translator): string | undefined {
  switch (tokenSource) {
    case 'keep':
      return undefined;
    case 'paste':
      if (token.trim() === '') return t('validation.required');
      return token.trim().length < TOKEN_MIN || /\s/.test(token.trim()) ? t('cf.tokenForm') : undefined;
    case 'env':
      return VARIABLE.test(token.trim()) ? undefined : t('cf.tokenEnvForm');
    case 'file':
      return FILE.test(token.trim()) && !token.includes('..') ? undefined : t('cf.tokenFileForm');
  }
}

/** The binding as it is sent. What nobody chose is left to the panel; what this page does not show stays as it is. */
export function wishOf(form: BindingForm, before?: CloudflareBinding): BindingWish {
  const { tunnelId: _tunnel, tunnelName: _name, ...rest } = before ?? { id: '', accountId: '', token: '' };
  return {
    ...rest,
    id: form.id,
    accountId: form.accountId.trim(),
    ...tokenOf(form, before),
    ...(form.tunnelId === '' ? {} : { tunnelId: form.tunnelId }),
    ...(form.tunnelName === '' ? {} : { tunnelName: form.tunnelName }),
    proxyUrl: form.proxyUrl.trim(),
    dns: form.dns,
    exclusive: form.exclusive,
    deleteGrace: form.deleteGrace.trim(),
  };
}

/** A pasted token is kept in a file whose name only the panel knows; what is sent beside it counts for nothing. */
function tokenOf({ tokenSource, token }: BindingForm, before?: CloudflareBinding): Pick<BindingWish, 'token' | 'tokenValue'> {
  switch (tokenSource) {
    case 'keep':
      return { token: before?.token ?? '' };
    case 'paste':
      return { token: before?.token ?? 'file:/token', tokenValue: token.trim() };
    default:
      return { token: `${tokenSource}:${token.trim()}` };
  }
}

/** The name of a binding's tunnel; one that has none is called after its binding. */
export function tunnelNameOf({ id, tunnelName }: Pick<CloudflareBinding, 'id' | 'tunnelName'>): string {
  return tunnelName ?? `rookery-${id}`;
}

/** `https://dash.cloudflare.com/profile/api-tokens`, where tokens are made and mended. */
export const TOKENS_PAGE = 'https://dash.cloudflare.com/profile/api-tokens';

/** What a token has to be allowed, as Cloudflare's page calls it. */
export const TOKEN_RIGHTS = ['Account › Cloudflare Tunnel › Edit', 'Zone › DNS › Edit', 'Zone › Zone › Read'] as const;
