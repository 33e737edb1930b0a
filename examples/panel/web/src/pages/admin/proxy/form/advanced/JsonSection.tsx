import { useRef, useState } from 'react';
import { Button } from '../../../../../components/Button';
import { Icon } from '../../../../../components/Icon';
import { useT } from '../../../../../i18n/I18nProvider';
import type { JsonObject } from '../../../../../proxy/document';
import { readObject } from '../../../../../proxy/readJson';
import { CodeEditor, type CodeEditorHandle } from '../../../../servers/files/CodeEditor';
import { editorPhrases } from '../../../../servers/files/editorPhrases';

/** The whole route as JSON, for what the form does not have. It is put into the form, and only then checked and saved. */
export function JsonSection({ value, onReplace }: { value: JsonObject; onReplace: (value: JsonObject) => void }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [version, setVersion] = useState(0);
  const [dirty, setDirty] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const editor = useRef<CodeEditorHandle>(null);
  const text = JSON.stringify(value, null, 2);
  const take = () => {
    const read = readObject(editor.current?.text() ?? '');
    if ('problem' in read) {
      setProblem(read.problem ? t('json.broken', { problem: read.problem }) : t('json.noObject'));
      return;
    }
    setProblem(null);
    setDirty(false);
    onReplace(read.value);
    editor.current?.keep(editor.current.text());
  };
  const reload = () => {
    setProblem(null);
    setDirty(false);
    setVersion(version + 1);
  };
  return (
    <details className="section" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="section__summary">
        <Icon name="code" size={18} />
        <span className="section__title">{t('json.title')}</span>
        <span className="section__state">{t('json.summary')}</span>
        <Icon name="chevronDown" size={16} />
      </summary>
      {open && (
        <div className="section__body">
          <p className="muted">{t('json.text')}</p>
          <div className="editor editor--short">
            <CodeEditor key={version} ref={editor} name="route.json" initial={text} readOnly={false} label={t('json.title')} phrases={editorPhrases(t)} onDirty={setDirty} onSave={take} />
          </div>
          <p className="editor__hint muted">{t('editor.leaveHint')}</p>
          {problem && (
            <p className="field__error" role="alert">
              {problem}
            </p>
          )}
          <div className="form__actions">
            <Button icon="check" onClick={take} disabled={!dirty}>
              {t('json.take')}
            </Button>
            <Button variant="quiet" icon="restart" onClick={reload}>
              {t('json.reload')}
            </Button>
          </div>
        </div>
      )}
    </details>
  );
}
