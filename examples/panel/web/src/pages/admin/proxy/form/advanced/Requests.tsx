import { useT } from '../../../../../i18n/I18nProvider';
import { getAt, isObject } from '../../../../../proxy/pointer';
import type { Json } from '../../../../../proxy/document';
import { textAt, useDocumentForm } from '../documentForm';
import { DocCheck, DocNumber, DocPairs, DocText, DocTokens } from '../fields';
import { Section } from '../Section';

/** What a request has to be besides its host and path, and which route comes first. */
export function MatchSection() {
  const t = useT();
  const form = useDocumentForm();
  const count = size(getAt(form.value, '/match/methods')) + size(getAt(form.value, '/match/headers')) + size(getAt(form.value, '/match/query'));
  const priority = textAt(form, '/priority', '0');
  const summary = [count > 0 ? t.count('route.conditions', count) : '', priority === '0' ? '' : t('route.priorityShort', { priority })];
  return (
    <Section icon="search" title={t('route.match')} summary={summary.filter(Boolean).join(', ')} places={['/match', '/priority']}>
      <DocTokens at="/match/methods" label={t('route.methods')} example="GET" optional />
      <DocPairs at="/match/headers" label={t('route.matchHeaders')} hint={t('route.anyValueHint')} nameLabel={t('form.header')} valueLabel={t('form.value')} />
      <DocPairs at="/match/query" label={t('route.matchQuery')} hint={t('route.anyValueHint')} nameLabel={t('form.parameter')} valueLabel={t('form.value')} />
      <DocNumber at="/priority" label={t('route.priority')} hint={t('route.priorityHint')} example="0" optional />
    </Section>
  );
}

/** What the upstream is asked for. */
export function RewriteSection() {
  const t = useT();
  const form = useDocumentForm();
  const strip = textAt(form, '/rewrite/stripPrefix');
  const add = textAt(form, '/rewrite/addPrefix');
  const path = textAt(form, '/rewrite/path');
  const summary = [strip && `− ${strip}`, add && `+ ${add}`, path, textAt(form, '/rewrite/method')].filter(Boolean).join(', ');
  return (
    <Section icon="edit" title={t('route.rewrite')} summary={summary} places={['/rewrite']}>
      <div className="columns">
        <DocText at="/rewrite/stripPrefix" label={t('route.stripPrefix')} example="/map" mono optional />
        <DocText at="/rewrite/addPrefix" label={t('route.addPrefix')} example="/v2" mono optional />
        <DocText at="/rewrite/path" label={t('route.rewritePath')} hint={t('route.rewritePathHint')} mono optional />
        <DocText at="/rewrite/method" label={t('route.rewriteMethod')} example="GET" mono optional />
      </div>
    </Section>
  );
}

/** Headers on both ways. */
export function HeadersSection() {
  const t = useT();
  const form = useDocumentForm();
  const count = ['/headersUp', '/headersDown'].flatMap((way) => ['set', 'add', 'delete', 'replace'].map((part) => size(getAt(form.value, `${way}/${part}`))));
  const all = count.reduce((sum, one) => sum + one, 0);
  return (
    <Section icon="document" title={t('route.headers')} summary={all > 0 ? t.count('route.headerChanges', all) : ''} places={['/headersUp', '/headersDown']}>
      <h3>{t('route.headersUp')}</h3>
      <HeaderFields at="/headersUp" />
      <h3>{t('route.headersDown')}</h3>
      <HeaderFields at="/headersDown" />
    </Section>
  );
}

function HeaderFields({ at }: { at: string }) {
  const t = useT();
  return (
    <div className="stack">
      <DocPairs at={`${at}/set`} label={t('route.headersSet')} nameLabel={t('form.header')} valueLabel={t('form.value')} />
      <DocPairs at={`${at}/add`} label={t('route.headersAdd')} nameLabel={t('form.header')} valueLabel={t('form.value')} />
      <DocTokens at={`${at}/delete`} label={t('route.headersDelete')} example="Server" optional />
      <DocCheck at={`${at}/template`} label={t('route.headersTemplate')} hint={t('route.headersTemplateHint')} />
    </div>
  );
}

function size(value: Json | undefined): number {
  return Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;
}
