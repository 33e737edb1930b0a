import { Button, IconButton } from '../../../../components/Button';
import { ChoiceCards } from '../../../../components/ChoiceCards';
import { Card } from '../../../../components/Page';
import { useT } from '../../../../i18n/I18nProvider';
import type { Json } from '../../../../proxy/document';
import { EXAMPLES, ISSUERS, issuerOf, newPolicy, POLICIES, type IssuerType } from '../../../../proxy/plugins';
import { getAt } from '../../../../proxy/pointer';
import { listAt, useDocumentForm } from '../form/documentForm';
import { DocDuration, DocPart, DocText, DocTokens } from '../form/fields';

/** How names get their certificates, where it is not the usual way. */
export function PolicyList() {
  const t = useT();
  const form = useDocumentForm();
  const policies = listAt<Json>(form, POLICIES);
  return (
    <Card
      title={t('tls.title')}
      actions={
        <Button small icon="plus" onClick={() => form.set(POLICIES, [...policies, newPolicy(policies)])}>
          {t('tls.add')}
        </Button>
      }
    >
      <p className="muted">{t(policies.length === 0 ? 'tls.none' : 'tls.lead')}</p>
      <ul className="policies">
        {policies.map((policy, index) => (
          <li key={index} className="policy" data-policy={String(getAt(policy, '/name') ?? '')}>
            <Policy at={`${POLICIES}/${index}`} onRemove={() => form.set(`${POLICIES}/${index}`, undefined)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Policy({ at, onRemove }: { at: string; onRemove: () => void }) {
  const t = useT();
  const form = useDocumentForm();
  const name = String(getAt(form.value, `${at}/name`) ?? '');
  const type = (getAt(form.value, `${at}/issuer/type`) ?? 'acme') as IssuerType;
  return (
    <>
      <div className="policy__head">
        <DocText at={`${at}/name`} label={t('tls.name')} hint={t('tls.nameHint')} kept mono />
        <IconButton icon="trash" label={t('tls.remove', { name })} onClick={onRemove} />
      </div>
      <ChoiceCards<IssuerType>
        label={t('tls.issuer')}
        value={type}
        onChange={(chosen) => form.set(`${at}/issuer`, issuerOf(chosen))}
        error={type === 'internal' ? form.problem(`${at}/issuer`) : undefined}
        options={ISSUERS.map((value) => ({ value, label: t(`tlsIssuer.${value}`), text: t(`tlsIssuerText.${value}`) }))}
      />
      <IssuerFields at={`${at}/issuer`} type={type} />
      <DocTokens at={`${at}/subjects`} label={t('tls.subjects')} hint={t('tls.subjectsHint')} placeholder={EXAMPLES.wildcard} optional />
      <DocText at={`${at}/clientAuthorityFile`} label={t('tls.clients')} hint={t('tls.clientsHint')} optional mono />
    </>
  );
}

function IssuerFields({ at, type }: { at: string; type: IssuerType }) {
  const t = useT();
  switch (type) {
    case 'internal':
      return <DocDuration at={`${at}/lifetime`} label={t('tls.lifetime')} hint={t('tls.lifetimeHint')} optional />;
    case 'files':
      return (
        <div className="columns">
          <DocText at={`${at}/certificate`} label={t('tls.certificate')} hint={t('tls.certificateHint')} kept mono />
          <DocText at={`${at}/key`} label={t('tls.key')} hint={t('tls.keyHint')} kept mono />
        </div>
      );
    case 'on-demand':
      return <DocText at={`${at}/ask`} label={t('tls.ask')} hint={t('tls.askHint')} placeholder={EXAMPLES.permission} kept mono />;
    default:
      return (
        <>
          <div className="columns">
            <DocText at={`${at}/directory`} label={t('tls.directory')} hint={t('tls.directoryHint')} placeholder={EXAMPLES.directory} optional mono />
            <DocText at={`${at}/email`} label={t('proxySettings.acmeEmail')} hint={t('tls.emailHint')} optional />
          </div>
          <DocPart at={`${at}/dns`} label={t('tls.dns')} hint={t('tls.dnsHint')} begin={{ provider: 'cloudflare', token: '' }}>
            <div className="columns">
              <DocText at={`${at}/dns/provider`} label={t('tls.provider')} mono />
              <DocText at={`${at}/dns/token`} label={t('tls.token')} hint={t('tls.tokenHint')} placeholder={EXAMPLES.token} kept mono />
            </div>
            <DocTokens at={`${at}/dns/resolvers`} label={t('tls.resolvers')} hint={t('tls.resolversHint')} placeholder={EXAMPLES.resolver} optional />
          </DocPart>
        </>
      );
  }
}
