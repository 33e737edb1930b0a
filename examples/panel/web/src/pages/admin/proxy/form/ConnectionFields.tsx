import { useQuery } from '@tanstack/react-query';
import { queries } from '../../../../api/queries';
import { IconButton } from '../../../../components/Button';
import { Card } from '../../../../components/Page';
import { useT } from '../../../../i18n/I18nProvider';
import { JsonSection } from './advanced/JsonSection';
import { choicesOf, L4_POLICIES, plainChoices } from './choices';
import { listAt, textAt, useDocumentForm } from './documentForm';
import { DocCheck, DocDuration, DocNumber, DocSelect, DocText, DocTokens, Rows } from './fields';
import { without } from './NamesCard';
import { PeopleCard } from './UseCard';
import type { RouteEditor } from './useRouteEditor';

/** Where connections come in, which ones, and where they go. */
export function ConnectionFields({ editor, idHint }: { editor: RouteEditor; idHint: string }) {
  const t = useT();
  return (
    <>
      <ListenCard />
      <TargetCard />
      <WhichCard />
      <Card title={t('route.use')}>
        <DocCheck at="/enabled" label={t('l4.enabled')} hint={t('route.enabledHint')} />
      </Card>
      <PeopleCard isNew={editor.isNew} idHint={idHint} />
      <div className="sections">
        <JsonSection value={editor.form.value} onReplace={editor.replace} />
      </div>
    </>
  );
}

function ListenCard() {
  const t = useT();
  const form = useDocumentForm();
  const listen = listAt(form, '/listen');
  return (
    <Card title={t('l4.listenTitle')}>
      <Rows
        label={t('l4.listen')}
        hint={t('l4.listenHint')}
        error={listen.length === 0 ? form.problem('/listen') : undefined}
        add={t('l4.addListen')}
        onAdd={() => form.set('/listen', [...listen, { protocol: 'tcp', host: '' }])}
      >
        {listen.map((_, index) => (
          <li key={index} className="row row--listen">
            <DocSelect at={`/listen/${index}/protocol`} label={t('l4.protocol')} usual="tcp" choices={choicesOf('protocol', ['tcp', 'udp'], t)} />
            <DocText at={`/listen/${index}/host`} label={t('l4.address')} placeholder={t('l4.allAddresses')} mono />
            <DocNumber at={`/listen/${index}/port`} label={t('route.port')} example="25565" />
            <DocNumber at={`/listen/${index}/ports`} label={t('l4.ports')} example="1" />
            {listen.length > 1 && (
              <IconButton icon="trash" label={t('form.removeRow', { number: index + 1 })} onClick={() => form.set('/listen', without(listen, index))} />
            )}
          </li>
        ))}
      </Rows>
    </Card>
  );
}

function TargetCard() {
  const t = useT();
  const form = useDocumentForm();
  const upstreams = listAt(form, '/upstreams');
  const several = upstreams.length > 1;
  return (
    <Card title={t('l4.target')}>
      <Rows
        label={t('route.upstreams')}
        error={upstreams.length === 0 ? form.problem('/upstreams') : undefined}
        add={t('route.addUpstream')}
        onAdd={() => form.set('/upstreams', [...upstreams, { host: '' }])}
      >
        {upstreams.map((_, index) => (
          <li key={index} className="row row--upstream">
            <DocText at={`/upstreams/${index}/host`} label={t('route.host')} example="10.20.0.7" mono kept />
            <DocNumber at={`/upstreams/${index}/port`} label={t('route.port')} example="25565" />
            {several && <DocNumber at={`/upstreams/${index}/weight`} label={t('route.weight')} example="1" />}
            {several && (
              <IconButton icon="trash" label={t('form.removeRow', { number: index + 1 })} onClick={() => form.set('/upstreams', without(upstreams, index))} />
            )}
          </li>
        ))}
      </Rows>
      <div className="columns">
        {several && <DocSelect at="/policy" label={t('route.policy')} usual="round-robin" choices={choicesOf('balancing', L4_POLICIES, t)} />}
        <DocSelect at="/proxyProtocol" label={t('route.proxyProtocol')} hint={t('l4.proxyProtocolHint')} usual="0" number choices={[{ value: '0', label: t('form.no') }, ...plainChoices([1, 2])]} />
        <DocDuration at="/idleTimeout" label={t('l4.idleTimeout')} hint={t('l4.idleTimeoutHint')} example="30s" optional />
      </div>
    </Card>
  );
}

function WhichCard() {
  const t = useT();
  const form = useDocumentForm();
  const { data: plugins } = useQuery(queries.plugins());
  const ends = textAt(form, '/tls') === 'terminate';
  return (
    <Card title={t('l4.which')}>
      <DocTokens at="/sources" label={t('l4.sources')} hint={t('l4.sourcesHint')} example="10.0.0.0/8" optional />
      <DocTokens at="/serverNames" label={t('l4.serverNames')} hint={t('l4.serverNamesHint')} example="mail.example.net" optional />
      <div className="columns">
        <DocSelect at="/tls" label={t('l4.tls')} usual="pass" choices={choicesOf('l4Tls', ['pass', 'terminate'], t)} />
        {ends && (
          <DocSelect at="/tlsPolicy" label={t('route.tlsPolicy')} optional placeholder={t('route.tlsUsual')} choices={(plugins?.tlsPolicies ?? []).map(({ name }) => ({ value: name, label: name }))} />
        )}
      </div>
    </Card>
  );
}
