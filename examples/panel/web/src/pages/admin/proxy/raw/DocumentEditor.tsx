import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { panel, toApiError } from '../../../../api';
import { seenWith } from '../../../../api/proxyTypes';
import { queries } from '../../../../api/queries';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Skeleton } from '../../../../components/Feedback';
import { useT } from '../../../../i18n/I18nProvider';
import type { JsonObject } from '../../../../proxy/document';
import { readObject } from '../../../../proxy/readJson';
import { CodeEditor, type CodeEditorHandle } from '../../../servers/files/CodeEditor';
import { editorPhrases } from '../../../servers/files/editorPhrases';
import { useChange } from '../useChange';
import { TextChange } from './TextChange';

/** The whole document as JSON. */
export function DocumentEditor() {
  const t = useT();
  const [version, setVersion] = useState(0);
  const { data, error, refetch } = useQuery({ ...queries.proxyDocument(), gcTime: 0, refetchOnWindowFocus: false });
  // What is edited is not thrown away because it could not be read again.
  if (error && !data) return <ErrorNotice error={toApiError(error)} title={t('raw.documentFailed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} tall />;
  const newest = async () => {
    await refetch();
    setVersion(version + 1);
  };
  return <LoadedDocument key={version} document={data.document} etag={data.etag} onReload={() => void newest()} />;
}

function LoadedDocument({ document, etag: read, onReload }: { document: JsonObject; etag: string; onReload: () => void }) {
  const t = useT();
  // What is edited stays what it is when the query is read again.
  const [initial] = useState(() => JSON.stringify(document, null, 2));
  const [etag, setEtag] = useState(read);
  const [problem, setProblem] = useState<string | null>(null);
  const editor = useRef<CodeEditorHandle>(null);
  const change = useChange<JsonObject>(
    (wanted) => panel.proxy.planDocument(wanted, etag),
    (wanted) => panel.proxy.saveDocument(wanted, etag),
  );
  const text = (): JsonObject | null => {
    const given = readObject(editor.current?.text() ?? '');
    setProblem('value' in given ? null : given.problem ? t('json.broken', { problem: given.problem }) : t('json.noObject'));
    return 'value' in given ? given.value : null;
  };
  const check = () => {
    const wanted = text();
    if (wanted) void change.check(wanted);
  };
  const save = async () => {
    const wanted = text();
    const report = wanted && (await change.save(wanted));
    if (report) setEtag(seenWith(report).etag);
  };
  return (
    <div className="editor-page">
      <div className="editor-page__fields">
        <p className="muted">{t('raw.documentLead')}</p>
        <div className="editor">
          <CodeEditor ref={editor} name="document.json" initial={initial} readOnly={false} label={t('raw.document')} phrases={editorPhrases(t)} onDirty={() => undefined} onSave={() => void save()} />
        </div>
        <p className="editor__hint muted">{t('editor.leaveHint')}</p>
        {problem && (
          <p className="field__error" role="alert">
            {problem}
          </p>
        )}
      </div>
      <TextChange change={change} onCheck={check} onSave={() => void save()} onReload={onReload} />
    </div>
  );
}
