import type { ReactNode } from 'react';
import { IconButton } from '../../../../../components/Button';
import { CheckField, TextField } from '../../../../../components/Field';
import { useT } from '../../../../../i18n/I18nProvider';
import type { JsonObject } from '../../../../../proxy/document';
import { getAt } from '../../../../../proxy/pointer';
import { plainChoices, SCHEMES } from '../choices';
import { listAt, textAt, useDocumentForm } from '../documentForm';
import { DocCheck, DocNumber, DocPart, DocSelect, DocText, DocTokens, Rows } from '../fields';
import { Section } from '../Section';

const HIDDEN = '[hidden]';
const FRESH: Record<string, JsonObject> = {
  basic: { type: 'basic', realm: 'restricted', accounts: [{ user: '', password: '' }] },
  forward: { type: 'forward', service: { scheme: 'http', host: '', port: 9091 }, path: '/', copyHeaders: [] },
  portal: { type: 'portal', policy: '' },
};

/** Who may pass: passwords, a service that is asked, a portal. */
export function AuthSection() {
  const t = useT();
  const form = useDocumentForm();
  const kinds = listAt<JsonObject>(form, '/auth').map(({ type }) => String(type));
  return (
    <Section icon="key" title={t('route.auth')} summary={kinds.map((kind) => t.find(`authKind.${kind}`) ?? kind).join(', ')} places={['/auth']}>
      <AuthKind kind="basic" label={t('route.basic')} hint={t('route.basicHint')} fields={(at) => <BasicFields at={at} />} />
      <AuthKind kind="forward" label={t('route.forward')} hint={t('route.forwardHint')} fields={(at) => <ForwardFields at={at} />} />
      <AuthKind kind="portal" label={t('route.portal')} hint={t('route.portalHint')} fields={(at) => <DocText at={`${at}/policy`} label={t('route.portalPolicy')} mono kept />} />
    </Section>
  );
}

function AuthKind({ kind, label, hint, fields }: { kind: string; label: string; hint: string; fields: (at: string) => ReactNode }) {
  const form = useDocumentForm();
  const all = listAt<JsonObject>(form, '/auth');
  const index = all.findIndex(({ type }) => type === kind);
  const toggle = (there: boolean) => {
    const next = there ? [...all, FRESH[kind] ?? {}] : all.filter((_, place) => place !== index);
    form.set('/auth', next.length === 0 ? undefined : next);
  };
  return (
    <div className="part">
      <CheckField label={label} hint={hint} checked={index >= 0} onChange={toggle} />
      {index >= 0 && <div className="part__fields">{fields(`/auth/${index}`)}</div>}
    </div>
  );
}

/** Passwords go to the panel and never come back: of those that are saved, only that they are is shown. */
function BasicFields({ at }: { at: string }) {
  const t = useT();
  const form = useDocumentForm();
  const accounts = listAt<JsonObject>(form, `${at}/accounts`);
  return (
    <>
      <DocText at={`${at}/realm`} label={t('route.realm')} example="restricted" optional />
      <Rows label={t('route.accounts')} error={accounts.length === 0 ? form.problem(`${at}/accounts`) : undefined} add={t('route.addAccount')} onAdd={() => form.set(`${at}/accounts`, [...accounts, { user: '', password: '' }])}>
        {accounts.map((account, index) => {
          const place = `${at}/accounts/${index}`;
          const saved = account['hash'] === HIDDEN;
          return (
            <li key={index} className="row row--pair">
              <TextField label={t('route.user')} value={textAt(form, `${place}/user`)} autoComplete="off" error={form.problem(`${place}/user`)} onChange={(user) => form.set(`${place}/user`, user)} />
              <TextField
                label={t('route.password')}
                type="password"
                autoComplete="new-password"
                placeholder={saved ? t('route.passwordSaved') : undefined}
                value={textAt(form, `${place}/password`)}
                error={form.problem(`${place}/hash`) ?? form.problem(`${place}/password`)}
                onChange={(password) => form.set(place, withPassword(account, password))}
              />
              <IconButton icon="trash" label={t('form.removeRow', { number: index + 1 })} onClick={() => form.set(`${at}/accounts`, accounts.filter((_, other) => other !== index))} />
            </li>
          );
        })}
      </Rows>
      <p className="field__hint">{t('route.passwordHint')}</p>
    </>
  );
}

/** A new password takes the place of the saved one; without it, the saved one stays. */
function withPassword(account: JsonObject, password: string): JsonObject {
  const { password: _before, ...rest } = account;
  return password === '' && 'hash' in rest ? rest : { ...rest, password };
}

function ForwardFields({ at }: { at: string }) {
  const t = useT();
  return (
    <>
      <div className="row row--upstream">
        <DocSelect at={`${at}/service/scheme`} label={t('route.scheme')} usual="http" choices={plainChoices(SCHEMES)} />
        <DocText at={`${at}/service/host`} label={t('route.host')} example="10.20.0.9" mono kept />
        <DocNumber at={`${at}/service/port`} label={t('route.port')} />
      </div>
      <DocText at={`${at}/path`} label={t('route.forwardPath')} example="/api/verify" mono />
      <DocTokens at={`${at}/copyHeaders`} label={t('route.copyHeaders')} hint={t('route.copyHeadersHint')} example="Remote-User" optional />
    </>
  );
}

/** Which addresses and countries may pass. */
export function AddressSection() {
  const t = useT();
  const form = useDocumentForm();
  const ip = getAt(form.value, '/ipAccess') !== undefined;
  const geo = getAt(form.value, '/geoAccess') !== undefined;
  return (
    <Section icon="shield" title={t('route.addresses')} summary={[ip ? t('route.ipShort') : '', geo ? t('route.geoShort') : ''].filter(Boolean).join(', ')} places={['/ipAccess', '/geoAccess']}>
      <DocPart at="/ipAccess" label={t('route.ipAccess')} hint={t('route.ipAccessHint')} begin={{ allow: [], deny: [], otherwise: false, peer: false, status: 403 }}>
        <DocTokens at="/ipAccess/allow" label={t('route.allow')} example="10.0.0.0/8" optional />
        <DocTokens at="/ipAccess/deny" label={t('route.deny')} example="203.0.113.0/24" optional />
        <DocCheck at="/ipAccess/otherwise" label={t('route.otherwise')} />
        <DocCheck at="/ipAccess/peer" label={t('route.peer')} hint={t('route.peerHint')} />
        <DocNumber at="/ipAccess/status" label={t('route.denyStatus')} example="403" optional />
      </DocPart>
      <DocPart at="/geoAccess" label={t('route.geoAccess')} hint={t('route.geoAccessHint')} begin={{ allow: [], deny: [], unknown: true, status: 403 }}>
        <DocTokens at="/geoAccess/allow" label={t('route.countriesAllowed')} example="DE" optional />
        <DocTokens at="/geoAccess/deny" label={t('route.countriesDenied')} optional />
        <DocCheck at="/geoAccess/unknown" label={t('route.countriesUnknown')} />
      </DocPart>
    </Section>
  );
}
