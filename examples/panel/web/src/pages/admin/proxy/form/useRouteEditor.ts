import { useRef, useState, type RefObject } from 'react';
import { toApiError, type ApiError } from '../../../../api';
import type { RouteCalls } from '../../../../api/proxy';
import type { Report } from '../../../../api/proxyTypes';
import { useT } from '../../../../i18n/I18nProvider';
import type { Translator } from '../../../../i18n/translate';
import type { Json, JsonObject } from '../../../../proxy/document';
import { problemAt, split } from '../../../../proxy/findings';
import { merge, type Merged } from '../../../../proxy/merge';
import { same, setAt } from '../../../../proxy/pointer';
import type { Problems } from '../../../../proxy/routeProblems';
import { useChange, type Change } from '../useChange';
import type { DocumentForm } from './documentForm';
import { focusFirstProblem } from '../../../../forms/focusFirstProblem';

interface Options<R extends { id: string }> {
  calls: RouteCalls<R>;
  /** What is saved, and of which revision; without one, a route is made. */
  saved: { route: R; etag: string } | null;
  initial: JsonObject;
  validate: (route: JsonObject, t: Translator) => Problems;
  /** Puts in what nobody has to type. */
  complete: (route: JsonObject) => JsonObject;
  onSaved: (report: Report, id: string) => void;
}

export interface RouteEditor {
  ref: RefObject<HTMLFormElement | null>;
  form: DocumentForm;
  isNew: boolean;
  /** Another one for each text that did not come from the fields: they begin anew then. */
  version: number;
  dirty: boolean;
  change: Change<JsonObject>;
  /** Whether the route was changed since it was looked at. */
  stale: boolean;
  /** What became of my input when the newest state was loaded. */
  merged: Merged | null;
  reloadFailed: ApiError | null;
  check: () => void;
  save: () => void;
  /** Loads the newest state and puts my input onto it. */
  reload: () => void;
  replace: (route: JsonObject) => void;
}

/** The state of the form of one route: what is typed, what was found about it, and what others did meanwhile. */
export function useRouteEditor<R extends { id: string }>(options: Options<R>): RouteEditor {
  const { calls, validate, complete } = options;
  const t = useT();
  const ref = useRef<HTMLFormElement>(null);
  const [value, setValue] = useState(options.initial);
  const [base, setBase] = useState(options.initial);
  const [etag, setEtag] = useState(options.saved?.etag ?? null);
  const [version, setVersion] = useState(0);
  const [asked, setAsked] = useState(false);
  const [merged, setMerged] = useState<Merged | null>(null);
  const [reloadFailed, setReloadFailed] = useState<ApiError | null>(null);
  const route = (input: JsonObject) => input as unknown as R;
  const change = useChange<JsonObject>(
    (input) => (etag === null ? calls.planCreate(route(input)) : calls.planSave(route(input), etag)),
    (input) => (etag === null ? calls.create(route(input)) : calls.save(route(input), etag)),
  );

  const completed = complete(value);
  const local = asked ? validate(completed, t) : {};
  const { own } = split(change.findings, String(completed['id'] ?? ''));
  const form: DocumentForm = {
    value,
    set: (pointer, next: Json | undefined) => setValue((before) => setAt(before, pointer, next) as JsonObject),
    problem: (pointer) =>
      local[pointer] ?? problemAt(own, change.looked ?? {}, completed, pointer),
  };

  const replace = (next: JsonObject) => {
    setValue(next);
    setVersion((before) => before + 1);
  };
  const ready = (): boolean => {
    setAsked(true);
    if (Object.keys(validate(completed, t)).length === 0) return true;
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
    const kept = report.outcome !== 'ROLLED_BACK' || !report.undone;
    if (kept) {
      setBase(completed);
      options.onSaved(report, String(completed['id']));
    }
    if (kept || etag !== null) setEtag(report.state.saved.etag);
  };
  const reload = async () => {
    setReloadFailed(null);
    try {
      const newest = await calls.one(String(completed['id']));
      const theirs = newest.route as unknown as JsonObject;
      const next = merge(base, value, theirs);
      replace(next.value as JsonObject);
      setBase(theirs);
      setEtag(newest.etag);
      setMerged(next);
      change.clear();
    } catch (thrown) {
      setReloadFailed(toApiError(thrown));
    }
  };
  return {
    ref,
    form,
    isNew: options.saved === null,
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
  };
}
