import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { panel } from '../../../../api';
import type { RawOverrides } from '../../../../api/proxy';
import { seenWith } from '../../../../api/proxyTypes';
import { queries } from '../../../../api/queries';
import { SelectField, TextField } from '../../../../components/Field';
import { Card } from '../../../../components/Page';
import { useT } from '../../../../i18n/I18nProvider';
import type { RawEngine, RawOverride, RawPoint } from '../../../../proxy/document';
import { CodeEditor, type CodeEditorHandle } from '../../../servers/files/CodeEditor';
import { editorPhrases } from '../../../servers/files/editorPhrases';
import { choicesOf } from '../form/choices';
import { useProxyContext } from '../ProxyPage';
import { useChange } from '../useChange';
import { needsRoute, patchText, pointsOf, readPatch } from './patch';
import { TextChange } from './TextChange';

const EXAMPLES: Record<RawEngine, string> = { caddy: '{\n  "handle": []\n}', nginx: '' };

/** One piece of an engine's own configuration: where it goes, why, and what it is. */
export function RawEditor({ all, index, onClose }: { all: RawOverrides; index: number | null; onClose: () => void }) {
  const t = useT();
  const { engine: running } = useProxyContext();
  const { data: routes } = useQuery(queries.routes());
  const piece: RawOverride = (index === null ? undefined : all.items[index]) ?? { engine: running.kind, point: 'route', patch: running.kind === 'nginx' ? '' : { handle: [] } };
  const [engine, setEngine] = useState<RawEngine>(piece.engine);
  const [point, setPoint] = useState<RawPoint>(piece.point);
  const [route, setRoute] = useState(piece.route ?? '');
  const [reason, setReason] = useState(piece.reason ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [etag, setEtag] = useState(all.etag);
  const editor = useRef<CodeEditorHandle>(null);
  const change = useChange<RawOverride[]>(
    (items) => panel.proxy.planRaw(items, etag),
    (items) => panel.proxy.saveRaw(items, etag),
  );
  const items = (): RawOverride[] | null => {
    const read = readPatch(engine, editor.current?.text() ?? '');
    if ('problem' in read) {
      setProblem(t('json.broken', { problem: read.problem }));
      return null;
    }
    setProblem(null);
    const next: RawOverride = { engine, point, patch: read.value, reason, ...(needsRoute(point) && route ? { route } : {}) };
    return index === null ? [...all.items, next] : all.items.map((one, place) => (place === index ? next : one));
  };
  const check = () => {
    const wanted = items();
    if (wanted) void change.check(wanted);
  };
  const save = async () => {
    const wanted = items();
    const report = wanted && (await change.save(wanted));
    if (!report) return;
    if (report.outcome === 'ROLLED_BACK') setEtag(seenWith(report).etag);
    else onClose();
  };
  const ids = routes?.items.map(({ id }) => id) ?? [];
  return (
    <div className="editor-page">
      <div className="editor-page__fields">
        <Card title={index === null ? t('raw.new') : t('raw.editTitle')}>
          <TextField label={t('raw.reason')} hint={t('raw.reasonHint')} value={reason} onChange={setReason} autoComplete="off" />
          <div className="columns">
            <SelectField label={t('raw.engine')} choices={choicesOf('engineKind', ['caddy', 'nginx'], t)} value={engine} onChange={(next) => setEngine(next as RawEngine)} />
            <SelectField label={t('raw.point')} choices={choicesOf('rawPoint', pointsOf(engine), t)} value={point} onChange={(next) => setPoint(next as RawPoint)} />
            {needsRoute(point) && (
              <SelectField label={t('raw.route')} placeholder={t('raw.routeChoose')} choices={[...new Set([...ids, ...(route ? [route] : [])])].map((id) => ({ value: id, label: id }))} value={route} onChange={setRoute} />
            )}
          </div>
          <div className="field">
            <span className="field__label">{t('raw.patch')}</span>
            <span className="field__hint">{engine === 'nginx' ? t('raw.patchNginx') : t('raw.patchCaddy')}</span>
            <div className="editor editor--short">
              <CodeEditor
                key={engine}
                ref={editor}
                name={engine === 'nginx' ? 'piece.conf' : 'piece.json'}
                initial={engine === piece.engine ? patchText(piece.patch) : EXAMPLES[engine]}
                readOnly={false}
                label={t('raw.patch')}
                phrases={editorPhrases(t)}
                onDirty={() => undefined}
                onSave={() => void save()}
              />
            </div>
            <p className="editor__hint muted">{t('editor.leaveHint')}</p>
            {problem && (
              <p className="field__error" role="alert">
                {problem}
              </p>
            )}
          </div>
        </Card>
      </div>
      <TextChange change={change} onCheck={check} onSave={() => void save()} onClose={onClose} />
    </div>
  );
}
