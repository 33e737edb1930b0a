import type { RouteCalls } from '../../../../api/proxy';
import { seenWith, type Report } from '../../../../api/proxyTypes';
import { useT } from '../../../../i18n/I18nProvider';
import type { Translator } from '../../../../i18n/translate';
import type { JsonObject } from '../../../../proxy/document';
import { split } from '../../../../proxy/findings';
import type { Problems } from '../../../../proxy/routeProblems';
import { useDocumentEditor, type DocumentEditor } from './useDocumentEditor';

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

export interface RouteEditor extends DocumentEditor<string | null> {
  isNew: boolean;
}

/** The form of one route. */
export function useRouteEditor<R extends { id: string }>(options: Options<R>): RouteEditor {
  const { calls } = options;
  const t = useT();
  const route = (input: JsonObject) => input as unknown as R;
  const editor = useDocumentEditor<string | null>({
    initial: { value: options.initial, seen: options.saved?.etag ?? null },
    validate: (value) => options.validate(value, t),
    complete: options.complete,
    own: (findings, value) => split(findings, String(value['id'] ?? '')).own,
    plan: (value, etag) => (etag === null ? calls.planCreate(route(value)) : calls.planSave(route(value), etag)),
    save: (value, etag) => (etag === null ? calls.create(route(value)) : calls.save(route(value), etag)),
    saved: (report, value, etag) => {
      const kept = report.outcome !== 'ROLLED_BACK' || !report.undone;
      if (kept) options.onSaved(report, String(value['id']));
      return { kept, seen: kept || etag !== null ? seenWith(report).etag : null };
    },
    newest: async (value) => {
      const newest = await calls.one(String(value['id']));
      return { value: newest.route as unknown as JsonObject, seen: newest.etag };
    },
  });
  return { ...editor, isNew: options.saved === null };
}
