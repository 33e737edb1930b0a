import { useRef } from 'react';
import { Card } from '../../../../components/Page';
import { Segmented } from '../../../../components/Segmented';
import { useT } from '../../../../i18n/I18nProvider';
import type { ActionType, Json } from '../../../../proxy/document';
import { getAt } from '../../../../proxy/pointer';
import { ACTIONS, choicesOf, plainChoices } from './choices';
import { textAt, useDocumentForm } from './documentForm';
import { DocArea, DocCheck, DocNumber, DocPairs, DocSelect, DocText, DocTokens } from './fields';
import { UpstreamRows } from './UpstreamRows';

const FRESH: Record<ActionType, Json> = {
  proxy: { type: 'proxy', upstreams: [{ scheme: 'http', host: '', port: 8080 }] },
  redirect: { type: 'redirect', to: '', status: 308, keepPath: true },
  respond: { type: 'respond', status: 200, contentType: 'text/plain; charset=utf-8', body: '' },
  files: { type: 'files', root: '' },
  reject: { type: 'reject', status: 403 },
};

/** What is done with the requests. Another choice keeps what was typed for the one before, until the page is left. */
export function ActionCard() {
  const t = useT();
  const form = useDocumentForm();
  const type = textAt(form, '/action/type', 'proxy') as ActionType;
  const kept = useRef<Partial<Record<ActionType, Json>>>({});
  const choose = (next: ActionType) => {
    const now = getAt(form.value, '/action');
    if (now !== undefined) kept.current[type] = now;
    form.set('/action', kept.current[next] ?? FRESH[next]);
  };
  return (
    <Card title={t('route.action')}>
      <Segmented
        label={t('route.action')}
        value={type}
        options={choicesOf('actionType', ACTIONS, t).map(({ value, label }) => ({ value: value as ActionType, label }))}
        onChange={choose}
      />
      <p className="muted">{t.find(`actionText.${type}`)}</p>
      {type === 'proxy' && <UpstreamRows />}
      {type === 'redirect' && <RedirectFields />}
      {type === 'respond' && <RespondFields />}
      {type === 'files' && <FilesFields />}
      {type === 'reject' && <DocNumber at="/action/status" label={t('route.status')} hint={t('route.rejectHint')} optional />}
    </Card>
  );
}

function RedirectFields() {
  const t = useT();
  return (
    <>
      <div className="columns">
        <DocText at="/action/to" label={t('route.redirectTo')} example="https://www.example.net" mono kept />
        <DocSelect at="/action/status" label={t('route.status')} usual="308" number choices={plainChoices([301, 302, 303, 307, 308])} hint={t('route.redirectStatusHint')} />
      </div>
      <DocCheck at="/action/keepPath" label={t('route.keepPath')} hint={t('route.keepPathHint')} />
    </>
  );
}

function RespondFields() {
  const t = useT();
  return (
    <>
      <div className="columns">
        <DocNumber at="/action/status" label={t('route.status')} />
        <DocText at="/action/contentType" label={t('route.contentType')} mono />
      </div>
      <DocArea at="/action/body" label={t('route.body')} rows={6} optional />
      <DocPairs at="/action/headers" label={t('route.answerHeaders')} nameLabel={t('form.header')} valueLabel={t('form.value')} />
    </>
  );
}

function FilesFields() {
  const t = useT();
  return (
    <>
      <DocText at="/action/root" label={t('route.root')} hint={t('route.rootHint')} example="/srv/www" mono kept />
      <div className="columns">
        <DocTokens at="/action/index" label={t('route.index')} example="index.html" optional />
        <DocTokens at="/action/hide" label={t('route.hide')} example=".git" optional />
      </div>
      <DocCheck at="/action/browse" label={t('route.browse')} hint={t('route.browseHint')} />
      <DocCheck at="/action/fallback" label={t('route.fallback')} hint={t('route.fallbackHint')} />
    </>
  );
}
