import type { DomainPort, DomainStage, DomainStageName, DomainStageState, ServerDomain } from '../api/domains';
import type { Finding } from '../api/proxyTypes';
import { formatAddress } from '../i18n/format';
import type { Translator } from '../i18n/translate';
import type { Problems } from '../forms/useForm';
import type { Tone } from '../components/shownState';

/** What a domain is, in one word. */
export type DomainState = 'live' | 'onItsWay' | 'broken' | 'off';

const ORDER: readonly DomainStageName[] = ['saved', 'engine', 'certificate', 'cloud', 'tunnel', 'reached'];
const LABEL_MAX = 63;
const NAME_MAX = 253;

/** The stages that this domain has to pass, in their order: one that is switched off is none of them. */
export function steps(domain: Pick<ServerDomain, 'stages'>): DomainStage[] {
  return ORDER.flatMap((name) => domain.stages.filter(({ stage, state }) => stage === name && state !== 'OFF'));
}

/** The stage at which a domain hangs; none if it has arrived. */
export function hangingAt(domain: Pick<ServerDomain, 'stages'>): DomainStage | undefined {
  const all = steps(domain);
  return all.find(({ state }) => state === 'FAILED') ?? all.find(({ state }) => state !== 'DONE');
}

export function domainState(domain: Pick<ServerDomain, 'stages' | 'enabled'>): DomainState {
  if (!domain.enabled) return 'off';
  const hanging = hangingAt(domain);
  if (!hanging) return 'live';
  return hanging.state === 'FAILED' ? 'broken' : 'onItsWay';
}

export function toneOfDomain(state: DomainState): Tone {
  return ({ live: 'good', onItsWay: 'busy', broken: 'bad', off: 'idle' } as const)[state];
}

const SOON_MILLIS = 2_000;
const LATER_MILLIS = 10_000;
const IDLE_MILLIS = 30_000;
const SLOW: readonly DomainStageName[] = ['cloud', 'tunnel', 'reached'];

/** When to ask again. Whether a name is reached is found out by asking it, which is not to be done all the time; and Cloudflare takes its time. */
export function askAgainAfter(domains: readonly Pick<ServerDomain, 'stages' | 'enabled'>[]): number {
  const waiting = domains.filter((domain) => domainState(domain) === 'onItsWay').map(hangingAt);
  if (waiting.length === 0) return IDLE_MILLIS;
  return waiting.some((stage) => stage && !SLOW.includes(stage.stage)) ? SOON_MILLIS : LATER_MILLIS;
}

/** The key of what to do when a stage hangs. Nothing is to be done about one whose turn has not come. */
export function adviceKey({ stage, state }: { stage: DomainStageName; state: DomainStageState }): string | undefined {
  return state === 'FAILED' || state === 'WAITING' ? `domainAdvice.${stage}.${state}` : undefined;
}

/** Where a domain leads, in words: a number tells the server's ports apart, unless it has the same one at several addresses. */
export function whereTo({ ip, port }: { ip?: string | null; port: number }, ports: readonly DomainPort[], t: Translator): string {
  const several = ports.filter((other) => other.port === port).length > 1;
  return ip && several ? t('domains.toAddress', { address: formatAddress({ ip, port }) }) : t('domains.toPort', { port });
}

/** What stands behind the label of an offered name: `.play.example.net` of `*.play.example.net`. */
export function suffixOf(offered: string): string {
  return offered.startsWith('*.') ? offered.slice(1) : `.${offered}`;
}

/** What one has chosen in the form for a new domain. */
export interface DomainChoice {
  /** The suffix of an offered name, or nothing for a name of one's own. */
  suffix: string;
  name: string;
}

/** The name as it is sent: without the blanks around it, in lower case, without the dot of the root. */
export function chosenName({ suffix, name }: DomainChoice): string {
  const typed = name.trim().toLowerCase().replace(/\.$/, '');
  return typed === '' ? '' : typed + suffix;
}

/** What is wrong with a chosen name, or nothing. The panel looks at it again. */
export function nameProblem(choice: DomainChoice, t: Translator): string | undefined {
  const name = chosenName(choice);
  if (name === '') return t('validation.required');
  if (choice.suffix !== '' && choice.name.trim().replace(/\.$/, '').includes('.')) return t('domains.oneLabel');
  if (/[\s/:@?#\\]/.test(name)) return t('domains.onlyName');
  const labels = name.split('.');
  if (choice.suffix === '' && labels.length < 2) return t('domains.wholeName');
  if (name.length > NAME_MAX || labels.some((label) => label.length > LABEL_MAX)) return t('validation.tooLong', { max: LABEL_MAX });
  const sound = labels.every((label, index) => (label === '*' && index === 0 && choice.suffix === '') || isLabel(label));
  return sound ? undefined : t('domains.letters');
}

function isLabel(label: string): boolean {
  return /^[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u.test(label);
}

/** What the findings of a refusal mean to the fields of the form: a place in the document is a place in the form. */
export function problemsAtFields(findings: readonly Finding[], t: Translator): { fields: Problems; others: string[] } {
  const fields: Problems = {};
  const others: string[] = [];
  for (const { code, pointer, message, severity } of findings) {
    if (severity !== 'ERROR') continue;
    const field = fieldOf(pointer);
    const words = t.find(`domainFinding.${code}`) ?? message;
    if (field && fields[field] === undefined) fields[field] = words;
    else if (!field) others.push(words);
  }
  return { fields, others };
}

function fieldOf(pointer: string): string | undefined {
  if (/\/(domains|match|host)\b/.test(pointer)) return 'name';
  if (/\/(upstreams?|action|port)\b/.test(pointer)) return 'port';
  return /\/(exposure|binding|cloudflare|tls\w*|tunnelPort)\b/.test(pointer) ? 'exposure' : undefined;
}
