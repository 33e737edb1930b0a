import { useQueryClient } from '@tanstack/react-query';
import { panel } from '../../../../api';
import type { Binding } from '../../../../api/cloudflare';
import { ChoiceCards } from '../../../../components/ChoiceCards';
import { CheckField, TextField } from '../../../../components/Field';
import { FormDialog } from '../../../../components/FormDialog';
import { Icon } from '../../../../components/Icon';
import { Segmented } from '../../../../components/Segmented';
import { useToast } from '../../../../components/Toasts';
import { useForm, type Form } from '../../../../forms/useForm';
import { useT } from '../../../../i18n/I18nProvider';
import { bindingProblems, formOf, TOKEN_RIGHTS, TOKENS_PAGE, wishOf, type BindingForm, type TokenSource } from '../../../../proxy/cloudflare';
import { requireKept } from '../../../../proxy/requireKept';
import { TunnelFields } from './TunnelFields';

/** Asks which account, with which token, by which tunnel, and what may be done there. */
export function BindingDialog({ item, etag, taken, onClose }: { item?: Binding; etag: string; taken: readonly string[]; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const before = item?.binding;
  const form = useForm<BindingForm>({
    initial: formOf(before),
    validate: (values) => bindingProblems(values, taken, t),
    submit: async (values) => {
      requireKept(await panel.cloudflare.save(wishOf(values, before), etag));
      toast(t('cf.changed', { id: values.id }));
      await client.invalidateQueries({ queryKey: ['cloudflare', values.id] });
      await client.invalidateQueries({ queryKey: ['proxy'] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={before ? t('cf.editTitle', { id: before.id }) : t('cf.addTitle')}
      submit={t(before ? 'cf.save' : 'cf.addSave')}
      form={form}
      onClose={onClose}
      wide
    >
      <h3>{t('cf.accountPart')}</h3>
      <div className="columns">
        {!before && <TextField label={t('cf.id')} hint={t('cf.idHint')} mono autoComplete="off" {...form.text('id')} />}
        <TextField label={t('cf.accountId')} hint={t('cf.accountHint')} mono autoComplete="off" spellCheck={false} {...form.text('accountId')} />
      </div>
      <TokenFields form={form} {...(before ? { place: before.token } : {})} />
      <h3>{t('cf.tunnelPart')}</h3>
      <TunnelFields form={form} {...(item?.tokenKnown ? { known: item.binding.id } : {})} />
      <div className="columns">
        <TextField label={t('cf.proxyUrl')} hint={t('cf.proxyUrlHint')} mono autoComplete="off" {...form.text('proxyUrl')} />
        <TextField label={t('cf.deleteGrace')} hint={t('cf.deleteGraceHint')} mono autoComplete="off" {...form.text('deleteGrace')} />
      </div>
      <ChoiceCards<BindingForm['dns']>
        label={t('cf.dns')}
        value={form.values.dns}
        onChange={(dns) => form.set('dns', dns)}
        options={(['owned', 'adopt-equal', 'report-only'] as const).map((value) => ({
          value,
          label: t(`cfDns.${value}`),
          text: t(`cfDnsText.${value}`),
        }))}
      />
      <CheckField
        label={t('cf.exclusive')}
        hint={t('cf.exclusiveHint')}
        checked={form.values.exclusive}
        onChange={(exclusive) => form.set('exclusive', exclusive)}
      />
    </FormDialog>
  );
}

/** The token is given once and never shown again; or where it is instead. */
function TokenFields({ form, place }: { form: Form<BindingForm>; place?: string }) {
  const t = useT();
  const { tokenSource } = form.values;
  const sources: { value: TokenSource; label: string }[] = [
    ...(place === undefined ? [] : [{ value: 'keep' as const, label: t('cf.tokenKeep') }]),
    { value: 'paste', label: t('cf.tokenPaste') },
    { value: 'env', label: t('cf.tokenEnv') },
    { value: 'file', label: t('cf.tokenFile') },
  ];
  const choose = (source: TokenSource) => {
    form.set('tokenSource', source, 'token');
    form.set('token', '');
  };
  return (
    <div className="token">
      <span className="field__label" aria-hidden="true">
        {t('cf.tokenWord')}
      </span>
      <Segmented<TokenSource> label={t('cf.tokenSource')} value={tokenSource} onChange={choose} options={sources} />
      {tokenSource === 'keep' && <p className="field__hint">{t('cf.tokenKeepHint', { place: place ?? '' })}</p>}
      {tokenSource === 'paste' && (
        <TextField
          label={t('cf.tokenWord')}
          type="password"
          autoComplete="off"
          spellCheck={false}
          hint={
            <>
              {t('cf.tokenPasteHint', { rights: TOKEN_RIGHTS.join(', ') })}{' '}
              <a href={TOKENS_PAGE} target="_blank" rel="noreferrer noopener">
                {t('cf.tokenPage')}
                <Icon name="external" size={14} />
              </a>
            </>
          }
          {...form.text('token')}
          error={form.problem('token') ?? form.problem('tokenValue')}
        />
      )}
      {tokenSource === 'env' && <TextField label={t('cf.tokenEnv')} hint={t('cf.tokenEnvHint')} mono autoComplete="off" {...form.text('token')} />}
      {tokenSource === 'file' && <TextField label={t('cf.tokenFile')} hint={t('cf.tokenFileHint')} mono autoComplete="off" {...form.text('token')} />}
    </div>
  );
}
