import { useEffect, useState } from 'react';
import { Button, IconButton } from '../../../../components/Button';
import { ChoiceCards } from '../../../../components/ChoiceCards';
import { Icon } from '../../../../components/Icon';
import { Card } from '../../../../components/Page';
import { useT } from '../../../../i18n/I18nProvider';
import type { Json } from '../../../../proxy/document';
import { EXAMPLES, FRESH, ISSUERS, issuerOf, newPolicy, POLICIES, type IssuerType } from '../../../../proxy/plugins';
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
          <li key={index}>
            <Policy at={`${POLICIES}/${index}`} policy={policy} onRemove={() => form.set(`${POLICIES}/${index}`, undefined)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** One policy: closed it says what it does, open it can be changed. One that has not said enough yet is open. */
function Policy({ at, policy, onRemove }: { at: string; policy: Json; onRemove: () => void }) {
  const t = useT();
  const form = useDocumentForm();
  const name = String(getAt(policy, '/name') ?? '');
  const type = (getAt(policy, '/issuer/type') ?? 'acme') as IssuerType;
  const subjects = listAt<string>(form, `${at}/subjects`);
  const wrong = form.problem(at) !== undefined || form.problem(`${at}/name`) !== undefined || form.problem(`${at}/issuer`) !== undefined;
  const [open, setOpen] = useState(() => name.startsWith(FRESH) && subjects.length === 0);
  useEffect(() => {
    if (wrong) setOpen(true);
  }, [wrong]);
  return (
    <details className="policy" data-policy={name} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="policy__summary">
        <Icon name="shield" size={18} />
        <strong>{name || t('tls.unnamed')}</strong>
        <span className="muted">{[t(`tlsIssuer.${type}`), ...subjects].join(' · ')}</span>
        <Icon name="chevronDown" size={16} />
      </summary>
      {open && (
        <div className="policy__fields">
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
        </div>
      )}
    </details>
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
