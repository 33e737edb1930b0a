import { useT } from '../../../../../i18n/I18nProvider';
import { getAt, isObject } from '../../../../../proxy/pointer';
import { useDocumentForm } from '../documentForm';
import { DocCheck, DocDuration, DocNumber, DocPart, DocSelect, DocText } from '../fields';
import { Section } from '../Section';
import { plainChoices } from '../choices';

const AT = '/action/transport';
const USUAL: Record<string, unknown> = { dialTimeout: '3s', idleTimeout: '120s', maxConnectionsPerHost: 0 };

/** The connections to upstreams. */
export function TransportSection() {
  const t = useT();
  const form = useDocumentForm();
  const value = getAt(form.value, AT);
  const set = Object.entries(isObject(value) ? value : {}).filter(([name, member]) => USUAL[name] !== member);
  const flush = getAt(form.value, '/action/flushAtOnce') === true;
  const discovery = getAt(form.value, '/action/discovery') !== undefined;
  const summary = [set.length > 0 ? t.count('form.settings', set.length) : '', discovery ? t('route.discoveryShort') : '', flush ? t('route.flushShort') : ''];
  return (
    <Section icon="plug" title={t('route.transport')} summary={summary.filter(Boolean).join(', ')} places={[AT, '/action/discovery']}>
      <div className="columns">
        <DocDuration at={`${AT}/dialTimeout`} label={t('route.dialTimeout')} example="3s" optional />
        <DocDuration at={`${AT}/responseTimeout`} label={t('route.responseTimeout')} optional />
        <DocDuration at={`${AT}/readTimeout`} label={t('route.readTimeout')} optional />
        <DocDuration at={`${AT}/writeTimeout`} label={t('route.writeTimeout')} optional />
        <DocDuration at={`${AT}/idleTimeout`} label={t('route.idleTimeout')} example="2m" optional />
        <DocNumber at={`${AT}/maxConnectionsPerHost`} label={t('route.maxConnections')} optional />
        <DocSelect at={`${AT}/proxyProtocol`} label={t('route.proxyProtocol')} optional number placeholder={t('form.no')} choices={plainChoices([1, 2])} />
      </div>
      <DocCheck at="/action/flushAtOnce" label={t('route.flush')} hint={t('route.flushHint')} />
      <DocPart at={`${AT}/tls`} label={t('route.upstreamTls')} hint={t('route.upstreamTlsHint')} begin={{ acceptInsecure: false }}>
        <div className="columns">
          <DocText at={`${AT}/tls/serverName`} label={t('route.tlsServerName')} mono optional />
          <DocText at={`${AT}/tls/authorityFile`} label={t('route.tlsAuthority')} mono optional />
          <DocText at={`${AT}/tls/certificateFile`} label={t('route.tlsCertificate')} mono optional />
          <DocText at={`${AT}/tls/keyFile`} label={t('route.tlsKey')} mono optional />
        </div>
        <DocCheck at={`${AT}/tls/acceptInsecure`} label={t('route.tlsInsecure')} hint={t('route.tlsInsecureHint')} />
      </DocPart>
      <DocPart at="/action/discovery" label={t('route.discovery')} hint={t('route.discoveryHint')} begin={{ kind: 'address', name: '', refresh: '60s' }}>
        <div className="columns">
          <DocSelect at="/action/discovery/kind" label={t('route.discoveryKind')} usual="address" choices={[{ value: 'address', label: t('route.discoveryAddress') }, { value: 'service', label: t('route.discoveryService') }]} />
          <DocText at="/action/discovery/name" label={t('route.discoveryName')} mono kept />
          <DocNumber at="/action/discovery/port" label={t('route.port')} optional />
          <DocDuration at="/action/discovery/refresh" label={t('route.discoveryRefresh')} />
        </div>
      </DocPart>
    </Section>
  );
}
