import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { toApiError } from '../../../api';
import type { Plugins } from '../../../api/proxy';
import { queries } from '../../../api/queries';
import { Button } from '../../../components/Button';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Skeleton } from '../../../components/Feedback';
import { useT } from '../../../i18n/I18nProvider';
import { ChangePanel } from './form/ChangePanel';
import { DocumentFormProvider } from './form/documentForm';
import { PluginList } from './plugins/PluginList';
import { PolicyList } from './plugins/PolicyList';
import { Answers, Certificates, Listeners, Networks, PluginSettings } from './plugins/SettingsCards';
import { usePluginsEditor } from './plugins/usePluginsEditor';

/** What counts for all routes: listeners, certificates, and what the engine's plugins need. */
export function PluginsPage() {
  const t = useT();
  const { data, error, refetch } = useQuery(queries.plugins());
  if (error && !data) return <ErrorNotice error={toApiError(error)} title={t('plugins.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} tall />;
  return <LoadedPlugins plugins={data} />;
}

function LoadedPlugins({ plugins }: { plugins: Plugins }) {
  const t = useT();
  const id = useId();
  const client = useQueryClient();
  const editor = usePluginsEditor(plugins, () => client.fetchQuery({ ...queries.plugins(), staleTime: 0 }));
  return (
    <DocumentFormProvider value={editor.form}>
      <form
        ref={editor.ref}
        id={id}
        className="editor-page plugins"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          editor.save();
        }}
      >
        <div className="editor-page__fields">
          <PluginList plugins={plugins.plugins} title={plugins.engine.title} />
          <Listeners />
          <Certificates />
          <PolicyList />
          <Networks />
          <Answers />
          <PluginSettings />
        </div>
        <ChangePanel editor={editor} form={id}>
          {editor.dirty && (
            <Button small variant="quiet" icon="clear" onClick={editor.discard}>
              {t('plugins.discard')}
            </Button>
          )}
        </ChangePanel>
      </form>
    </DocumentFormProvider>
  );
}
