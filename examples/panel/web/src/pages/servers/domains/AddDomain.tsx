import { useQueryClient } from '@tanstack/react-query';
import { ApiError, panel, toApiError, type Server } from '../../../api';
import type { DomainExposure, DomainPort, ServerDomains } from '../../../api/domains';
import { queries } from '../../../api/queries';
import { ChoiceCards } from '../../../components/ChoiceCards';
import { SelectField, TextField } from '../../../components/Field';
import { FormDialog } from '../../../components/FormDialog';
import { Icon } from '../../../components/Icon';
import { useToast } from '../../../components/Toasts';
import { useForm, type Form } from '../../../forms/useForm';
import { present } from '../../../forms/validation';
import { formatAddress } from '../../../i18n/format';
import { useT } from '../../../i18n/I18nProvider';
import type { Translator } from '../../../i18n/translate';
import { findingsOf } from '../../../proxy/findings';
import { requireKept } from '../../../proxy/requireKept';
import { chosenName, nameProblem, problemsAtFields, suffixOf, whereTo } from '../../../servers/domains';

interface Wish {
  suffix: string;
  name: string;
  port: DomainPort | undefined;
  exposure: DomainExposure;
}

/** Asks which name shall lead to which port. */
export function AddDomain({ server, domains, onClose }: { server: Server; domains: ServerDomains; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const taken = (wish: Wish) => domains.items.some(({ domain }) => domain === chosenName(wish));
  const form = useForm<Wish>({
    initial: {
      suffix: domains.offered[0] === undefined ? '' : suffixOf(domains.offered[0]),
      name: '',
      port: domains.ports.find(({ primary }) => primary) ?? domains.ports[0],
      exposure: 'PUBLIC',
    },
    validate: (wish) =>
      present({
        name: nameProblem(wish, t) ?? (taken(wish) ? t('domains.duplicate') : undefined),
        port: wish.port ? undefined : t('validation.required'),
      }),
    submit: async (wish) => {
      if (!wish.port) return;
      const { ip, port } = wish.port;
      const name = chosenName(wish);
      try {
        const { report } = await panel.domains.add(server.uuid, { domain: name, ip, port, exposure: wish.exposure });
        requireKept(report);
      } catch (thrown) {
        throw atFields(thrown, t);
      }
      toast(t('domains.added', { name }));
      await client.invalidateQueries({ queryKey: queries.domains(server.uuid).queryKey });
      onClose();
    },
  });
  return (
    <FormDialog title={t('domains.new')} submit={t('domains.add')} form={form} onClose={onClose} wide>
      <p>{t('domains.newText')}</p>
      <NameFields form={form} domains={domains} />
      <PortField form={form} ports={domains.ports} />
      <ChoiceCards<DomainExposure>
        label={t('domains.exposure')}
        value={form.values.exposure}
        onChange={(exposure) => form.set('exposure', exposure)}
        error={form.problem('exposure')}
        options={[
          { value: 'PUBLIC', icon: 'lock', label: t('domainExposure.PUBLIC'), text: t('domainExposureText.PUBLIC') },
          { value: 'TUNNEL', icon: 'cloud', label: t('domainExposure.TUNNEL'), text: t('domainExposureText.TUNNEL') },
          { value: 'PLAIN_HTTP', icon: 'unlock', label: t('domainExposure.PLAIN_HTTP'), text: t('domainExposureText.PLAIN_HTTP') },
        ]}
      />
      <Preview wish={form.values} ports={domains.ports} />
    </FormDialog>
  );
}

/** A label before an offered suffix, or a whole name for those who may have any. */
function NameFields({ form, domains }: { form: Form<Wish>; domains: ServerDomains }) {
  const t = useT();
  const { suffix } = form.values;
  const choices = domains.offered.map((offered) => ({ value: suffixOf(offered), label: suffixOf(offered) }));
  if (domains.free) choices.push({ value: '', label: t('domains.own') });
  const name = form.text('name');
  return (
    <div className={choices.length > 1 ? 'domain-name' : undefined}>
      <TextField
        label={t('domains.label')}
        mono
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...(suffix === '' ? { hint: t('domains.freeHint', { example: EXAMPLE }) } : {})}
        {...(choices.length === 1 && suffix !== '' ? { hint: <code>{suffix}</code> } : {})}
        {...name}
        error={name.error ?? form.problem('domain')}
      />
      {choices.length > 1 && (
        <SelectField label={t('domains.part')} value={suffix} onChange={(chosen) => form.set('suffix', chosen, 'domain')} choices={choices} />
      )}
    </div>
  );
}

function PortField({ form, ports }: { form: Form<Wish>; ports: readonly DomainPort[] }) {
  const t = useT();
  return (
    <SelectField
      label={t('domains.port')}
      hint={t('domains.portHint')}
      value={form.values.port ? formatAddress(form.values.port) : ''}
      onChange={(address) => form.set('port', ports.find((port) => formatAddress(port) === address))}
      error={form.problem('port')}
      choices={ports.map((port) => ({
        value: formatAddress(port),
        label: port.primary ? t('domains.primary', { address: formatAddress(port) }) : formatAddress(port),
      }))}
    />
  );
}

/** The way from the browser to the server, as it will be. */
function Preview({ wish, ports }: { wish: Wish; ports: readonly DomainPort[] }) {
  const t = useT();
  const name = chosenName(wish);
  const scheme = wish.exposure === 'PLAIN_HTTP' ? 'http://' : 'https://';
  return (
    <div className="way" aria-live="polite">
      <span className="visually-hidden">{t('domains.preview')}</span>
      <code>{scheme + (name === '' ? `…${wish.suffix}` : name)}</code>
      <Icon name="arrowRight" size={16} />
      {wish.port && <span>{whereTo(wish.port, ports, t)}</span>}
    </div>
  );
}

/** What the panel found in the document, said at the fields that led to it. */
function atFields(thrown: unknown, t: Translator): unknown {
  const error = toApiError(thrown);
  const { fields, others } = problemsAtFields(findingsOf(error), t);
  if (Object.keys(fields).length === 0) return error;
  return new ApiError(error.status, 'validation', others.join(' '), { fields, correlationId: error.correlationId });
}

const EXAMPLE = 'map.example.net';
