import { panel } from '../../../../api';
import type { Plugins } from '../../../../api/proxy';
import { seenWith } from '../../../../api/proxyTypes';
import { useT } from '../../../../i18n/I18nProvider';
import type { JsonObject } from '../../../../proxy/document';
import { settingsProblems } from '../../../../proxy/plugins';
import { useDocumentEditor, type DocumentEditor } from '../form/useDocumentEditor';

type Edited = Pick<Plugins, 'settings' | 'tlsPolicies'>;

interface Seen {
  number: number;
  etag: string;
}

export interface PluginsEditor extends DocumentEditor<Seen> {
  isNew: boolean;
}

/** The settings of the proxy in a form: typed, looked at by the panel, saved, and put onto what others did meanwhile. */
export function usePluginsEditor(loaded: Plugins, newest: () => Promise<Plugins>): PluginsEditor {
  const t = useT();
  const editor = useDocumentEditor<Seen>({
    initial: known(loaded),
    validate: (value) => settingsProblems(value, t),
    complete: (value) => value,
    own: (findings) => findings,
    plan: (value, seen) => panel.proxy.planPlugins(value as unknown as Edited, seen.etag),
    save: (value, seen) => panel.proxy.savePlugins(value as unknown as Edited, seen.etag),
    saved: (report) => ({ kept: !report.undone, seen: seenWith(report) }),
    newest: async () => known(await newest()),
  });
  // Nobody has typed anything: what is newer is taken over.
  if (!editor.dirty && loaded.revision > editor.seen.number) editor.take(known(loaded));
  return { ...editor, isNew: false };
}

function known({ settings, tlsPolicies, revision, etag }: Plugins): { value: JsonObject; seen: Seen } {
  return { value: { settings, tlsPolicies } as unknown as JsonObject, seen: { number: revision, etag } };
}
