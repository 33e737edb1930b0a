import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { toApiError, type Server } from '../../../api';
import { queries } from '../../../api/queries';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Skeleton } from '../../../components/Feedback';
import { loadCode } from '../../../components/loadCode';
import { useT } from '../../../i18n/I18nProvider';
import { inside } from '../../../servers/paths';
import type { ArchivePlace } from './ArchiveCrumbs';
import { editorPhrases } from './editorPhrases';

// The editor is large, and most visits do without it.
const CodeEditor = lazy(async () => ({ default: (await loadCode(() => import('./CodeEditor'))).CodeEditor }));

/** A text in an archive, to be looked at: changed it is only where it is unpacked. */
export function ArchiveText({ server, place, entry }: { server: Server; place: ArchivePlace; entry: string }) {
  const t = useT();
  const { data, error, refetch } = useQuery(queries.archiveText(server.uuid, inside(place.directory, place.archive), entry));
  const name = entry.split('/').pop() ?? entry;
  if (error) return <ErrorNotice error={toApiError(error)} title={t('archive.entryFailed')} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={6} />;
  return (
    <>
      <div className="editor">
        <Suspense fallback={<Skeleton rows={6} />}>
          <CodeEditor
            name={name}
            initial={data}
            readOnly
            label={t('editor.text', { name })}
            phrases={editorPhrases(t)}
            onDirty={() => undefined}
            onSave={() => undefined}
          />
        </Suspense>
      </div>
      <p className="editor__hint muted">{t('archive.readOnly')}</p>
    </>
  );
}
