import { Button } from '../../../../../components/Button';
import { useT } from '../../../../../i18n/I18nProvider';
import type { JsonObject } from '../../../../../proxy/document';
import { getAt } from '../../../../../proxy/pointer';
import { listAt, textAt, useDocumentForm } from '../documentForm';
import { DocArea, DocCheck, DocDuration, DocNumber, DocPart, DocText, DocTokens, Rows } from '../fields';
import { without } from '../NamesCard';
import { Section } from '../Section';

/** A page for everybody but some, as long as something is being done. */
export function MaintenanceSection() {
  const t = useT();
  const form = useDocumentForm();
  const on = getAt(form.value, '/maintenance') !== undefined;
  return (
    <Section icon="restart" title={t('route.maintenance')} summary={on ? t('route.maintenanceOn') : ''} places={['/maintenance']}>
      <DocPart
        at="/maintenance"
        label={t('route.maintenanceSwitch')}
        hint={t('route.maintenanceHint')}
        begin={{ retryAfter: '600s', contentType: 'text/html; charset=utf-8', body: '' }}
      >
        <DocArea at="/maintenance/body" label={t('route.page')} rows={6} optional />
        <div className="columns">
          <DocText at="/maintenance/contentType" label={t('route.contentType')} mono />
          <DocDuration at="/maintenance/retryAfter" label={t('route.retryAfter')} optional />
        </div>
        <DocTokens at="/maintenance/bypass" label={t('route.bypass')} hint={t('route.bypassHint')} example="203.0.113.7" optional />
      </DocPart>
    </Section>
  );
}

/** What is answered in place of errors of the proxy's own. */
export function ErrorPagesSection() {
  const t = useT();
  const form = useDocumentForm();
  const pages = listAt<JsonObject>(form, '/errorPages');
  const begin = { status: 502, contentType: 'text/html; charset=utf-8', body: '' };
  return (
    <Section icon="warning" title={t('route.errorPages')} summary={pages.map(({ status }) => String(status)).join(', ')} places={['/errorPages']}>
      <Rows label={t('route.errorPages')} hint={t('route.errorPagesHint')} add={t('route.addPage')} onAdd={() => form.set('/errorPages', [...pages, begin])}>
        {pages.map((_, index) => (
          <li key={index} className="part">
            <div className="columns">
              <DocNumber at={`/errorPages/${index}/status`} label={t('route.status')} hint={t('route.errorStatusHint')} />
              <DocText at={`/errorPages/${index}/contentType`} label={t('route.contentType')} mono />
            </div>
            <DocArea at={`/errorPages/${index}/body`} label={t('route.page')} rows={5} />
            <div>
              <Button small icon="trash" variant="danger" onClick={() => form.set('/errorPages', without(pages, index))}>
                {t('route.removePage')}
              </Button>
            </div>
          </li>
        ))}
      </Rows>
    </Section>
  );
}

/** Whether each request is noted. */
export function LogSection() {
  const t = useT();
  const form = useDocumentForm();
  const on = getAt(form.value, '/accessLog/enabled') === true;
  return (
    <Section icon="terminal" title={t('route.accessLog')} summary={on ? textAt(form, '/accessLog/file') || t('form.on') : ''} places={['/accessLog']}>
      <DocCheck at="/accessLog/enabled" label={t('route.accessLogOn')} hint={t('route.accessLogHint')} />
      {on && (
        <div className="columns">
          <DocText at="/accessLog/file" label={t('route.logFile')} hint={t('route.logFileHint')} example="/var/log/caddy/app.log" mono optional />
          <DocNumber at="/accessLog/rollMebibytes" label={t('route.logRoll')} example="20" optional />
          <DocNumber at="/accessLog/keep" label={t('route.logKeep')} example="5" optional />
        </div>
      )}
    </Section>
  );
}
