import { useRef, useState } from 'react';
import { panel } from '../../../../api';
import { Button } from '../../../../components/Button';
import { TextArea } from '../../../../components/Field';
import { Icon } from '../../../../components/Icon';
import { useT } from '../../../../i18n/I18nProvider';
import type { JsonObject } from '../../../../proxy/document';
import { readObject } from '../../../../proxy/readJson';
import { useChange } from '../useChange';
import { TextChange } from './TextChange';

/** Routes out of a file of Janus: looked at first, added only when asked. */
export function ImportRoutes() {
  const t = useT();
  const [text, setText] = useState('');
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const file = useRef<HTMLInputElement>(null);
  const change = useChange<JsonObject>(panel.proxy.planImport, panel.proxy.import);
  const read = (): JsonObject | null => {
    const given = readObject(text);
    setProblem('value' in given ? undefined : given.problem ? t('json.broken', { problem: given.problem }) : t('json.noObject'));
    return 'value' in given ? given.value : null;
  };
  const take = async (files: FileList | null) => {
    const [first] = Array.from(files ?? []);
    if (!first) return;
    change.clear();
    setProblem(undefined);
    setText(await first.text());
  };
  const check = () => {
    const wanted = read();
    if (wanted) void change.check(wanted);
  };
  const save = async () => {
    const wanted = read();
    if (wanted) await change.save(wanted);
  };
  return (
    <div className="editor-page">
      <div className="editor-page__fields">
        <div>
          <h2>{t('import.title')}</h2>
          <p className="muted">{t('import.text')}</p>
        </div>
        <div
          className={`drop${over ? ' drop--over' : ''}`}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            void take(event.dataTransfer.files);
          }}
        >
          <span className="drop__icon">
            <Icon name="upload" size={22} />
          </span>
          <div className="drop__words">
            <span>{t('import.drop')}</span>
            <span className="muted">{t('import.dropHint')}</span>
          </div>
          <Button icon="upload" onClick={() => file.current?.click()}>
            {t('import.choose')}
          </Button>
          <input ref={file} type="file" accept=".json,application/json" hidden data-testid="routes-file" onChange={(event) => void take(event.target.files)} />
        </div>
        <TextArea label={t('import.content')} rows={12} mono value={text} error={problem} onChange={setText} />
      </div>
      <TextChange change={change} saveLabel={t('import.save')} onCheck={check} onSave={() => void save()} />
    </div>
  );
}
