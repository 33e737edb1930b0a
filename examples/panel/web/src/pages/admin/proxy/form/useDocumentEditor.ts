import { useRef, useState, type RefObject } from 'react';
import { toApiError, type ApiError } from '../../../../api';
import type { Finding, Plan, Report } from '../../../../api/proxyTypes';
import { focusFirstProblem } from '../../../../forms/focusFirstProblem';
import type { Json, JsonObject } from '../../../../proxy/document';
import { problemAt } from '../../../../proxy/findings';
import { merge, type Merged } from '../../../../proxy/merge';
import { same, setAt } from '../../../../proxy/pointer';
import type { Problems } from '../../../../proxy/routeProblems';
import { useChange, type Change } from '../useChange';
import type { DocumentForm } from './documentForm';

/** Something as it is saved, and what names that revision in a change of it. */
interface Known<Seen> {
  value: JsonObject;
  seen: Seen;
}

interface Options<Seen> {
  initial: Known<Seen>;
  validate: (value: JsonObject) => Problems;
  /** Puts in what nobody has to type. */
  complete: (value: JsonObject) => JsonObject;
  /** Which of the findings are about what is edited. */
  own: (findings: readonly Finding[], value: JsonObject) => readonly Finding[];
  plan: (value: JsonObject, seen: Seen) => Promise<Plan>;
  save: (value: JsonObject, seen: Seen) => Promise<Report>;
  /** What is seen once something was saved, and whether that stays. */
  saved: (report: Report, value: JsonObject, seen: Seen) => { kept: boolean; seen: Seen };
  newest: (value: JsonObject) => Promise<Known<Seen>>;
}

export interface DocumentEditor<Seen> {
  ref: RefObject<HTMLFormElement | null>;
  form: DocumentForm;
  seen: Seen;
  /** Another one for each text that did not come from the fields: they begin anew then. */
  version: number;
  dirty: boolean;
  change: Change<JsonObject>;
  /** Whether it was changed since it was looked at. */
  stale: boolean;
  /** What became of my input when the newest state was loaded. */
  merged: Merged | null;
  reloadFailed: ApiError | null;
  check: () => void;
  save: () => void;
  /** Loads the newest state and puts my input onto it. */
  reload: () => void;
  replace: (value: JsonObject) => void;
  discard: () => void;
  /** Takes over what is newer, while nobody has typed anything. */
  take: (newer: Known<Seen>) => void;
}

/** The state of a form: what is typed, what was found about it, and what others did meanwhile. */
export function useDocumentEditor<Seen>(options: Options<Seen>): DocumentEditor<Seen> {
  const { initial, validate } = options;
  const ref = useRef<HTMLFormElement>(null);
  const [value, setValue] = useState(initial.value);
  const [base, setBase] = useState(initial.value);
  const [seen, setSeen] = useState(initial.seen);
  const [version, setVersion] = useState(0);
  const [asked, setAsked] = useState(false);
  const [merged, setMerged] = useState<Merged | null>(null);
  const [reloadFailed, setReloadFailed] = useState<ApiError | null>(null);
  const change = useChange<JsonObject>(
    (input) => options.plan(input, seen),
    (input) => options.save(input, seen),
  );

  const completed = options.complete(value);
  const local = asked ? validate(completed) : {};
  const own = options.own(change.findings, completed);

  const replace = (next: JsonObject) => {
    setValue(next);
    setVersion((before) => before + 1);
  };
  const ready = (): boolean => {
    setAsked(true);
    if (Object.keys(validate(completed)).length === 0) return true;
    focusFirstProblem(ref.current);
    return false;
  };
  const save = async () => {
    if (!ready()) return;
    const report = await change.save(completed);
    if (!report) {
      focusFirstProblem(ref.current);
      return;
    }
    setMerged(null);
    const after = options.saved(report, completed, seen);
    if (after.kept) setBase(completed);
    setSeen(after.seen);
  };
  const reload = async () => {
    setReloadFailed(null);
    try {
      const theirs = await options.newest(completed);
      const next = merge(base, value, theirs.value);
      replace(next.value as JsonObject);
      setBase(theirs.value);
      setSeen(theirs.seen);
      setMerged(next);
      change.clear();
    } catch (thrown) {
      setReloadFailed(toApiError(thrown));
    }
  };
  return {
    ref,
    form: {
      value,
      set: (pointer, next: Json | undefined) => setValue((before) => setAt(before, pointer, next) as JsonObject),
      problem: (pointer) => local[pointer] ?? problemAt(own, change.looked ?? {}, completed, pointer),
    },
    seen,
    version,
    dirty: !same(value, base),
    change,
    stale: change.looked !== null && !same(change.looked, completed),
    merged,
    reloadFailed,
    check: () => {
      if (ready()) void change.check(completed);
    },
    save: () => void save(),
    reload: () => void reload(),
    replace,
    discard: () => {
      setValue(base);
      setAsked(false);
      change.clear();
    },
    take: (newer) => {
      setSeen(newer.seen);
      setBase(newer.value);
      setValue(newer.value);
    },
  };
}
