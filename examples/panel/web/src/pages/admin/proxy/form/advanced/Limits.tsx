import { IconButton } from '../../../../../components/Button';
import { useT } from '../../../../../i18n/I18nProvider';
import { formatBytes } from '../../../../../i18n/format';
import type { JsonObject } from '../../../../../proxy/document';
import { getAt } from '../../../../../proxy/pointer';
import { choicesOf } from '../choices';
import { listAt, textAt, useDocumentForm } from '../documentForm';
import { DocDuration, DocNumber, DocPart, DocSelect, DocText, Rows } from '../fields';
import { PathRows, without } from '../NamesCard';
import { Section } from '../Section';

/** How many requests in how much time. */
export function RateSection() {
  const t = useT();
  const form = useDocumentForm();
  const limits = listAt<JsonObject>(form, '/rateLimits');
  const begin = { zone: `zone${limits.length + 1}`, key: 'client-ip', events: 100, window: '60s' };
  return (
    <Section icon="clock" title={t('route.rateLimits')} summary={limits.length > 0 ? t.count('route.limits', limits.length) : ''} places={['/rateLimits']}>
      <Rows label={t('route.rateLimits')} hint={t('route.rateLimitsHint')} error={form.problem('/rateLimits')} add={t('route.addLimit')} onAdd={() => form.set('/rateLimits', [...limits, begin])}>
        {limits.map((_, index) => {
          const at = `/rateLimits/${index}`;
          return (
            <li key={index} className="part">
              <div className="row row--rate">
                <DocNumber at={`${at}/events`} label={t('route.events')} />
                <DocDuration at={`${at}/window`} label={t('route.window')} />
                <DocSelect at={`${at}/key`} label={t('route.rateKey')} usual="client-ip" choices={choicesOf('rateKey', ['client-ip', 'header', 'all'], t)} />
                <IconButton icon="trash" label={t('form.removeRow', { number: index + 1 })} onClick={() => form.set('/rateLimits', without(limits, index))} />
              </div>
              <div className="columns">
                <DocText at={`${at}/zone`} label={t('route.zone')} mono kept />
                {textAt(form, `${at}/key`) === 'header' && <DocText at={`${at}/header`} label={t('form.header')} mono />}
              </div>
              <PathRows at={`${at}/paths`} label={t('route.ratePaths')} hint={t('route.ratePathsHint')} />
            </li>
          );
        })}
      </Rows>
    </Section>
  );
}

/** Answers that are kept. */
export function CacheSection() {
  const t = useT();
  const form = useDocumentForm();
  const there = getAt(form.value, '/cache') !== undefined;
  return (
    <Section icon="archive" title={t('route.cache')} summary={there ? textAt(form, '/cache/ttl', '120s') : ''} places={['/cache']}>
      <DocPart at="/cache" label={t('route.cacheOn')} hint={t('route.cacheHint')} begin={{ ttl: '120s', stale: '0s' }}>
        <div className="columns">
          <DocDuration at="/cache/ttl" label={t('route.cacheTtl')} />
          <DocDuration at="/cache/stale" label={t('route.cacheStale')} />
          <DocText at="/cache/defaultCacheControl" label={t('route.cacheControl')} example="public, max-age=60" mono optional />
        </div>
      </DocPart>
    </Section>
  );
}

/** How long requests and streams may be. */
export function BodySection() {
  const t = useT();
  const form = useDocumentForm();
  const limit = getAt(form.value, '/bodyLimitBytes');
  const timeout = textAt(form, '/webSockets/timeout');
  const summary = [typeof limit === 'number' ? (limit === 0 ? t('route.unlimited') : formatBytes(limit, t.locale)) : '', timeout];
  return (
    <Section icon="upload" title={t('route.limitsTitle')} summary={summary.filter(Boolean).join(', ')} places={['/bodyLimitBytes', '/webSockets']}>
      <div className="columns">
        <DocNumber at="/bodyLimitBytes" label={t('route.bodyLimit')} hint={t('route.bodyLimitHint')} optional />
        <DocDuration at="/webSockets/timeout" label={t('route.streamTimeout')} optional />
        <DocDuration at="/webSockets/keptOverReloads" label={t('route.streamKept')} example="5m" optional />
      </div>
    </Section>
  );
}
