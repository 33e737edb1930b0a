import type { Difference } from '../api/proxyTypes';
import { differencesOf } from './differencesOf';
import type { Json } from './document';
import { isObject, membersOf } from './pointer';

/** What a place of the document belongs to. */
export type SubjectKind = 'routes' | 'l4Routes' | 'settings' | 'tlsPolicies' | 'cloudflare' | 'raw' | 'document';

/** One thing of the document, and what differs in it. */
export interface Subject {
  kind: SubjectKind;
  /** Its id, its name, or its place in its list; empty of things of which there is one. */
  name: string;
  /** Whether all of it came or went. */
  change: 'added' | 'removed' | 'changed';
  parts: SubjectPart[];
}

export interface SubjectPart extends Difference {
  /** The place inside of the thing, as people read it; empty if it is all of it. */
  words: string;
}

const LISTS: readonly string[] = ['routes', 'l4Routes', 'tlsPolicies', 'cloudflare', 'raw'];

/** Differences in the order in which they came, those of one thing together. */
export function subjectsOf(differences: readonly Difference[]): Subject[] {
  const subjects = new Map<string, Subject>();
  for (const difference of differences.flatMap(expanded)) {
    const [first = '', second = '', ...rest] = membersOf(difference.place);
    const kind = kindOf(first);
    const name = kind === 'settings' || kind === 'document' ? '' : second;
    const words = (name === '' ? membersOf(difference.place).slice(kind === 'settings' ? 1 : 0) : rest).join(' › ');
    const key = `${kind} ${name}`;
    const subject = subjects.get(key) ?? { kind, name, change: changeOf(difference, words), parts: [] };
    subject.parts.push({ ...difference, words });
    subjects.set(key, subject);
  }
  return [...subjects.values()];
}

function kindOf(member: string): SubjectKind {
  return member === 'settings' || LISTS.includes(member) ? (member as SubjectKind) : 'document';
}

function changeOf({ before, after }: Difference, words: string): Subject['change'] {
  if (words !== '') return 'changed';
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}

/** A whole list that came or went is as many things; so are settings that nobody had before. */
function expanded(difference: Difference): Difference[] {
  const { place, before, after } = difference;
  const [first = '', ...rest] = membersOf(place);
  if (rest.length > 0 || (before !== undefined && after !== undefined)) return [difference];
  if (LISTS.includes(first)) return things(place, before, after);
  const none = isObject(before ?? after) ? {} : undefined;
  return first === 'settings' && none ? differencesOf(before ?? none, after ?? none, place) : [difference];
}

function things(place: string, before: Json | undefined, after: Json | undefined): Difference[] {
  const found = differencesOf(before ?? [], after ?? [], place);
  return found.length > 0 ? found : [{ place, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

/** A value as people read it: a text as it is, anything larger with its members below each other. */
export function spread(value: Json | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)) return value.join(', ');
  return JSON.stringify(value, null, 2);
}
