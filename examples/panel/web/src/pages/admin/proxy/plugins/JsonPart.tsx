import { lazy, Suspense, useId, useRef, useState } from 'react';
import { Button } from '../../../../components/Button';
import { Dialog } from '../../../../components/Dialog';
import { Skeleton } from '../../../../components/Feedback';
import { Icon } from '../../../../components/Icon';
import { loadCode } from '../../../../components/loadCode';
import { useT } from '../../../../i18n/I18nProvider';
import { readObject } from '../../../../proxy/plugins';
import { getAt } from '../../../../proxy/pointer';
import type { CodeEditorHandle } from '../../../servers/files/CodeEditor';
import { editorPhrases } from '../../../servers/files/editorPhrases';
import { useDocumentForm } from '../form/documentForm';

// The editor is large, and most visits do without it.
const CodeEditor = lazy(async () => ({ default: (await loadCode(() => import('../../../servers/files/CodeEditor'))).CodeEditor }));

/** A plugin's own configuration, as it is: shown as a text, and changed in an editor. */
export function JsonPart({ at, label, hint }: { at: string; label: string; hint: string }) {
  const t = useT();
  const form = useDocumentForm();
  const id = useId();
  const [open, setOpen] = useState(false);
  const value = getAt(form.value, at);
  const problem = form.problem(at);
  const text = value === undefined ? '' : JSON.stringify(value, null, 2);
  return (
    <div className={`json-part field${problem ? ' field--invalid' : ''}`} role="group" aria-labelledby={id}>
      <div className="json-part__head">
        <span className="field__label" id={id}>
          {label}
        </span>
        <Button small icon="edit" onClick={() => setOpen(true)}>
          {t(value === undefined ? 'plugins.jsonAdd' : 'plugins.jsonEdit')}
        </Button>
      </div>
      <p className="field__hint">{hint}</p>
      {value !== undefined && (
        <pre className="json-part__text" tabIndex={0}>
          {text}
        </pre>
      )}
      {problem && (
        <p className="field__error" role="alert">
          <Icon name="warning" size={15} />
          <span>{problem}</span>
        </p>
      )}
      {open && (
        <JsonDialog
          title={label}
          text={text === '' ? '{\n  \n}\n' : text}
          onClose={() => setOpen(false)}
          onUse={(next) => {
            form.set(at, next);
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

function JsonDialog({ title, text, onUse, onClose }: { title: string; text: string; onUse: (value: ReturnType<typeof getAt>) => void; onClose: () => void }) {
  const t = useT();
  const editor = useRef<CodeEditorHandle>(null);
  const [problem, setProblem] = useState('');
  const use = () => {
    const read = readObject(editor.current?.text() ?? text, t);
    if ('problem' in read) setProblem(read.problem);
    else onUse(read.value);
  };
  return (
    <Dialog title={title} onClose={onClose} className="dialog--wide">
      <div className="dialog__body">
        <p className="muted">{t('plugins.jsonText')}</p>
        <div className="json-editor">
          <Suspense fallback={<Skeleton rows={6} />}>
            <CodeEditor ref={editor} name="settings.json" initial={text} readOnly={false} label={title} phrases={editorPhrases(t)} onDirty={() => setProblem('')} onSave={use} />
          </Suspense>
        </div>
        {problem && (
          <p className="field__error" role="alert">
            <Icon name="warning" size={15} />
            <span>{problem}</span>
          </p>
        )}
      </div>
      <footer className="dialog__footer">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button variant="primary" onClick={use}>
          {t('plugins.jsonUse')}
        </Button>
      </footer>
    </Dialog>
  );
}
