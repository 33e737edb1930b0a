import { ChoiceCards } from '../../../../components/ChoiceCards';
import { Card } from '../../../../components/Page';
import { useT } from '../../../../i18n/I18nProvider';
import { compressionFor, compressionOf, EXAMPLES, type CompressionChoice } from '../../../../proxy/plugins';
import { getAt } from '../../../../proxy/pointer';
import { useDocumentForm } from '../form/documentForm';
import { DocCheck, DocDuration, DocNumber, DocText, DocTokens } from '../form/fields';
import { JsonPart } from './JsonPart';

/** Where the proxy listens. */
export function Listeners() {
  const t = useT();
  return (
    <Card title={t('proxySettings.listeners')}>
      <div className="columns">
        <DocText at="/settings/listenAddress" label={t('proxySettings.listenAddress')} hint={t('proxySettings.listenAddressHint')} placeholder={t('proxySettings.allAddresses')} optional mono />
        <DocNumber at="/settings/httpPort" label={t('proxySettings.httpPort')} placeholder="80" />
        <DocNumber at="/settings/httpsPort" label={t('proxySettings.httpsPort')} placeholder="443" />
        <DocNumber at="/settings/tunnelPort" label={t('proxySettings.tunnelPort')} hint={t('proxySettings.tunnelPortHint')} optional />
      </div>
      <DocCheck at="/settings/http3" label={t('proxySettings.http3')} hint={t('proxySettings.http3Hint')} />
    </Card>
  );
}

/** Who authorities write to, and where certificates are kept. */
export function Certificates() {
  const t = useT();
  return (
    <Card title={t('proxySettings.certificates')}>
      <div className="columns">
        <DocText at="/settings/acmeEmail" label={t('proxySettings.acmeEmail')} hint={t('proxySettings.acmeEmailHint')} optional autoComplete="email" />
        <DocText at="/settings/storage" label={t('proxySettings.storage')} hint={t('proxySettings.storageHint')} optional mono />
      </div>
    </Card>
  );
}

/** Whom the proxy believes, where it may lead, and which names nobody gets. */
export function Networks() {
  const t = useT();
  return (
    <Card title={t('proxySettings.networks')}>
      <DocTokens at="/settings/trustedProxies" label={t('proxySettings.trustedProxies')} hint={t('proxySettings.trustedProxiesHint')} placeholder={EXAMPLES.network} optional />
      <DocTokens at="/settings/allowedUpstreams" label={t('proxySettings.allowedUpstreams')} hint={t('proxySettings.allowedUpstreamsHint')} placeholder={EXAMPLES.host} optional />
      <DocTokens at="/settings/reserved" label={t('proxySettings.reserved')} hint={t('proxySettings.reservedHint')} placeholder={EXAMPLES.name} optional />
    </Card>
  );
}

/** How answers go out, and how long old ones may take. */
export function Answers() {
  const t = useT();
  const form = useDocumentForm();
  const at = '/settings/compression';
  const compression = getAt(form.value, at);
  const choice = compressionOf(compression);
  return (
    <Card title={t('proxySettings.answers')}>
      <ChoiceCards<CompressionChoice>
        label={t('proxySettings.compression')}
        value={choice}
        onChange={(chosen) => form.set(at, compressionFor(chosen, compression))}
        error={form.problem(at)}
        options={[
          { value: 'off', label: t('proxySettings.compressionOff'), text: t('proxySettings.compressionOffText') },
          { value: 'gzip', label: t('proxySettings.compressionGzip'), text: t('proxySettings.compressionGzipText') },
          { value: 'both', label: t('proxySettings.compressionBoth'), text: t('proxySettings.compressionBothText') },
          ...(choice === 'other' ? [{ value: 'other' as const, label: t('proxySettings.compressionOther') }] : []),
        ]}
      />
      <div className="columns">
        {choice !== 'off' && <DocNumber at={`${at}/minimumBytes`} label={t('proxySettings.minimumBytes')} hint={t('proxySettings.minimumBytesHint')} />}
        <DocDuration at="/settings/gracePeriod" label={t('proxySettings.gracePeriod')} hint={t('proxySettings.gracePeriodHint')} placeholder="15s" />
      </div>
    </Card>
  );
}

/** What plugins need to be told once; the rest stands at each route. */
export function PluginSettings() {
  const t = useT();
  return (
    <Card title={t('proxySettings.plugins')}>
      <p className="muted">{t('proxySettings.pluginsText')}</p>
      <DocText at="/settings/geoDatabase" label={t('proxySettings.geoDatabase')} hint={t('proxySettings.geoDatabaseHint')} placeholder={EXAMPLES.geoDatabase} optional mono />
      <JsonPart at="/settings/cache" label={t('proxySettings.cache')} hint={t('proxySettings.cacheHint')} />
      <JsonPart at="/settings/security" label={t('proxySettings.security')} hint={t('proxySettings.securityHint')} />
    </Card>
  );
}
