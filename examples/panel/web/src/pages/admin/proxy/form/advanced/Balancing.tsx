import { useT } from '../../../../../i18n/I18nProvider';
import { getAt } from '../../../../../proxy/pointer';
import { choicesOf, POLICIES } from '../choices';
import { textAt, useDocumentForm } from '../documentForm';
import { DocDuration, DocNumber, DocPairs, DocPart, DocSelect, DocText, DocTokens } from '../fields';
import { Section } from '../Section';

const KEYED = new Set(['header', 'cookie', 'query']);

/** Which upstream is taken, what happens if it fails, and how it is known that one works. */
export function BalancingSection() {
  const t = useT();
  const form = useDocumentForm();
  const policy = textAt(form, '/action/balancing/policy', 'random');
  const active = getAt(form.value, '/action/activeHealth') !== undefined;
  const passive = getAt(form.value, '/action/passiveHealth') !== undefined;
  const summary = [
    policy === 'random' ? '' : (t.find(`balancing.${policy}`) ?? policy),
    active ? t('route.activeShort') : '',
    passive ? t('route.passiveShort') : '',
  ].filter(Boolean);
  return (
    <Section icon="nodes" title={t('route.balancing')} summary={summary.join(', ')} places={['/action/balancing', '/action/activeHealth', '/action/passiveHealth']}>
      <div className="columns">
        <DocSelect at="/action/balancing/policy" label={t('route.policy')} usual="random" choices={choicesOf('balancing', POLICIES, t)} />
        {KEYED.has(policy) && <DocText at="/action/balancing/key" label={t('route.policyKey')} mono />}
        {policy === 'cookie' && <DocText at="/action/balancing/secret" label={t('route.policySecret')} hint={t('form.secretRef')} example="env:LB_SECRET" optional mono />}
        {policy === 'random-choose' && <DocNumber at="/action/balancing/choose" label={t('route.choose')} example="2" />}
      </div>
      <div className="columns">
        <DocNumber at="/action/balancing/retries" label={t('route.retries')} example="0" optional />
        <DocDuration at="/action/balancing/tryDuration" label={t('route.tryDuration')} example="0s" optional />
        <DocDuration at="/action/balancing/tryInterval" label={t('route.tryInterval')} example="250ms" optional />
        <DocTokens at="/action/balancing/retryMethods" label={t('route.retryMethods')} example="GET" optional />
      </div>
      <DocPart at="/action/activeHealth" label={t('route.activeHealth')} hint={t('route.activeHealthHint')} begin={{ path: '/', interval: '30s', timeout: '5s' }}>
        <ActiveFields />
      </DocPart>
      <DocPart at="/action/passiveHealth" label={t('route.passiveHealth')} hint={t('route.passiveHealthHint')} begin={{ failDuration: '10s', maxFails: 1 }}>
        <div className="columns">
          <DocDuration at="/action/passiveHealth/failDuration" label={t('route.failDuration')} />
          <DocNumber at="/action/passiveHealth/maxFails" label={t('route.maxFails')} />
          <DocTokens at="/action/passiveHealth/unhealthyStatus" label={t('route.unhealthyStatus')} example="503" numbers optional />
          <DocDuration at="/action/passiveHealth/unhealthyLatency" label={t('route.unhealthyLatency')} optional />
          <DocNumber at="/action/passiveHealth/maxConcurrent" label={t('route.maxConcurrent')} optional />
        </div>
      </DocPart>
    </Section>
  );
}

function ActiveFields() {
  const t = useT();
  const at = '/action/activeHealth';
  return (
    <>
      <div className="columns">
        <DocText at={`${at}/path`} label={t('route.healthPath')} mono />
        <DocDuration at={`${at}/interval`} label={t('route.healthInterval')} />
        <DocDuration at={`${at}/timeout`} label={t('route.healthTimeout')} />
        <DocNumber at={`${at}/expectStatus`} label={t('route.expectStatus')} hint={t('route.expectStatusHint')} optional />
        <DocText at={`${at}/expectBody`} label={t('route.expectBody')} mono optional />
        <DocNumber at={`${at}/port`} label={t('route.healthPort')} optional />
        <DocNumber at={`${at}/passes`} label={t('route.passes')} optional />
        <DocNumber at={`${at}/fails`} label={t('route.fails')} optional />
      </div>
      <DocPairs at={`${at}/headers`} label={t('route.healthHeaders')} nameLabel={t('form.header')} valueLabel={t('form.value')} />
    </>
  );
}
