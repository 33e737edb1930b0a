import { useQuery } from '@tanstack/react-query';
import { toApiError } from '../../../api';
import type { Plugins } from '../../../api/proxy';
import { queries } from '../../../api/queries';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Skeleton } from '../../../components/Feedback';
import { useT } from '../../../i18n/I18nProvider';
import { DocumentFormProvider } from './form/documentForm';
import { PluginList } from './plugins/PluginList';
import { PolicyList } from './plugins/PolicyList';
import { Answers, Certificates, Listeners, Networks, PluginSettings } from './plugins/SettingsCards';
import { SettingsPanel } from './plugins/SettingsPanel';
import { usePluginsEditor } from './plugins/usePluginsEditor';

/** What counts for all routes: listeners, certificates, and what the engine's plugins need. */
export function PluginsPage() {
  const t = useT();
  const { data, error, refetch } = useQuery(queries.plugins());
  if (error && !data) return <ErrorNotice error={toApiError(error)} title={t('plugins.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} tall />;
  return <LoadedPlugins plugins={data} refetch={async () => (await refetch()).data} />;
}

function LoadedPlugins({ plugins, refetch }: { plugins: Plugins; refetch: () => Promise<Plugins | undefined> }) {
  const editor = usePluginsEditor(plugins, refetch);
  return (
    <DocumentFormProvider value={editor.form}>
      <form
        ref={editor.ref}
        className="plugins"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          editor.save();
        }}
      >
        <div className="plugins__parts">
          <PluginList plugins={plugins.plugins} title={plugins.engine.title} />
          <Listeners />
          <Certificates />
          <PolicyList />
          <Networks />
          <Answers />
          <PluginSettings />
        </div>
        <SettingsPanel editor={editor} />
      </form>
    </DocumentFormProvider>
  );
}
