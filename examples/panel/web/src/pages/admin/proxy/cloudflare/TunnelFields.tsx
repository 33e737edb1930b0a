import { useQuery } from '@tanstack/react-query';
import { toApiError } from '../../../../api';
import { queries } from '../../../../api/queries';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { SelectField, TextField } from '../../../../components/Field';
import type { Form } from '../../../../forms/useForm';
import { useT } from '../../../../i18n/I18nProvider';
import { tunnelNameOf, type BindingForm } from '../../../../proxy/cloudflare';

/** Which tunnel: one of those that the token sees, or one that is found or made by its name. */
export function TunnelFields({ form, known }: { form: Form<BindingForm>; known?: string }) {
  const t = useT();
  const { data, error, refetch } = useQuery({ ...queries.tunnels(known ?? ''), enabled: known !== undefined });
  const { tunnelId, id } = form.values;
  const listed = data ?? [];
  const choose = (chosen: string) => {
    form.set('tunnelId', chosen);
    const name = listed.find((tunnel) => tunnel.id === chosen)?.name;
    if (name !== undefined) form.set('tunnelName', name);
  };
  return (
    <div className="columns">
      {known !== undefined && !error && (
        <SelectField
          label={t('cf.tunnelChoose')}
          value={tunnelId}
          onChange={choose}
          choices={[
            { value: '', label: t('cf.tunnelAuto') },
            ...listed.map((tunnel) => ({ value: tunnel.id, label: `${tunnel.name} · ${tunnel.status}` })),
            ...(tunnelId === '' || listed.some((tunnel) => tunnel.id === tunnelId) ? [] : [{ value: tunnelId, label: tunnelId }]),
          ]}
        />
      )}
      {error && <ErrorNotice error={toApiError(error)} title={t('cf.tunnelsFailed')} onRetry={() => void refetch()} />}
      {tunnelId === '' && (
        <TextField
          label={t('cf.tunnelName')}
          hint={known === undefined ? t('cf.tunnelLater') : t('cf.tunnelNameHint', { name: tunnelNameOf({ id }) })}
          mono
          optional
          autoComplete="off"
          {...form.text('tunnelName')}
        />
      )}
    </div>
  );
}
