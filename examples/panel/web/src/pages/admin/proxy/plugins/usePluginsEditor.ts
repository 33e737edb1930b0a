import { useRef, useState, type RefObject } from 'react';
import { panel, toApiError, type ApiError } from '../../../../api';
import type { Plugins } from '../../../../api/proxy';
import { useT } from '../../../../i18n/I18nProvider';
import type { JsonObject } from '../../../../proxy/document';
import { problemAt } from '../../../../proxy/findings';
import { merge, type Merged } from '../../../../proxy/merge';
import { settingsProblems } from '../../../../proxy/plugins';
import { same, setAt } from '../../../../proxy/pointer';
import type { ShownEditor } from '../form/ChangePanel';
import type { DocumentForm } from '../form/documentForm';
import { focusFirstProblem } from '../../../../forms/focusFirstProblem';
import { useChange } from '../useChange';

type Edited = Pick<Plugins, 'settings' | 'tlsPolicies'>;

export interface PluginsEditor extends ShownEditor {
  ref: RefObject<HTMLFormElement | null>;
  form: DocumentForm;
  save: () => void;
  discard: () => void;
}

/** The settings of the proxy in a form: typed, looked at by the panel, saved, and put onto what others did meanwhile. */
export function usePluginsEditor(loaded: Plugins, newest: () => Promise<Plugins>): PluginsEditor {
  const t = useT();
  const ref = useRef<HTMLFormElement>(null);
  const [base, setBase] = useState(() => edited(loaded));
  const [value, setValue] = useState(base);
  const [seen, setSeen] = useState({ number: loaded.revision, etag: loaded.etag });
  const [asked, setAsked] = useState(false);
  const [merged, setMerged] = useState<Merged | null>(null);
  const [reloadFailed, setReloadFailed] = useState<ApiError | null>(null);
  const change = useChange<JsonObject>(
    (input) => panel.proxy.planPlugins(input as unknown as Edited, seen.etag),
    (input) => panel.proxy.savePlugins(input as unknown as Edited, seen.etag),
  );
  const dirty = !same(value, base);
  // Nobody has typed anything: what is newer is taken over.
  if (!dirty && loaded.revision > seen.number) {
    setSeen({ number: loaded.revision, etag: loaded.etag });
    setBase(edited(loaded));
    setValue(edited(loaded));
  }
  const local = asked ? settingsProblems(value, t) : {};

  const ready = (): boolean => {
    setAsked(true);
    if (Object.keys(settingsProblems(value, t)).length === 0) return true;
    focusFirstProblem(ref.current);
    return false;
  };
  const save = async () => {
    if (!ready()) return;
    const report = await change.save(value);
    if (!report) {
      focusFirstProblem(ref.current);
      return;
    }
    setMerged(null);
    setSeen(report.state.saved);
    if (!report.undone) setBase(value);
  };
  const reload = async () => {
    setReloadFailed(null);
    try {
      const theirs = await newest();
      const next = merge(base, value, edited(theirs));
      setValue(next.value as JsonObject);
      setBase(edited(theirs));
      setSeen({ number: theirs.revision, etag: theirs.etag });
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
      set: (pointer, next) => setValue((before) => setAt(before, pointer, next) as JsonObject),
      problem: (pointer) => local[pointer] ?? problemAt(change.findings, change.looked ?? {}, value, pointer),
    },
    isNew: false,
    dirty,
    change,
    stale: change.looked !== null && !same(change.looked, value),
    merged,
    reloadFailed,
    check: () => {
      if (ready()) void change.check(value);
    },
    save: () => void save(),
    discard: () => {
      setValue(base);
      setAsked(false);
      change.clear();
    },
    reload: () => void reload(),
  };
}

function edited({ settings, tlsPolicies }: Edited): JsonObject {
  return { settings, tlsPolicies } as unknown as JsonObject;
}
