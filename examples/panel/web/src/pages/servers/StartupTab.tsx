import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { panel, toApiError } from '../../api';
import type { Startup } from '../../api/hosting';
import { queries } from '../../api/queries';
import { Button } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Skeleton } from '../../components/Feedback';
import { SelectField } from '../../components/Field';
import { Card } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { useChecked } from '../../forms/useChecked';
import { useT } from '../../i18n/I18nProvider';
import { allows } from '../../servers/power';
import { changedValues, problemsOf } from '../../servers/startup';
import { useServerContext } from './ServerPage';
import { StartupVariableField } from './StartupVariableField';

/** How this server is started: the image it runs in, and the variables of its egg. */
export function StartupTab() {
  const t = useT();
  const { server } = useServerContext();
  const { data, error, refetch } = useQuery(queries.startup(server.uuid));
  if (error) return <ErrorNotice error={toApiError(error)} title={t('startup.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} />;
  return (
    <div className="settings">
      <Card title={t('startup.command')} className="card--span">
        <p className="muted">{t('startup.commandText')}</p>
        <div className="command-block">
          <pre tabIndex={0}>{data.invocation}</pre>
        </div>
      </Card>
      <ImageCard startup={data} />
      {/* Begins anew when the panel knows other values. */}
      <VariablesCard key={JSON.stringify(data.variables.map((variable) => variable.value))} startup={data} />
    </div>
  );
}

function ImageCard({ startup }: { startup: Startup }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const { server } = useServerContext();
  const change = useMutation({
    mutationFn: (image: string) => panel.hosting.changeImage(server.uuid, image),
    onSuccess: async (changed) => {
      client.setQueryData(queries.startup(server.uuid).queryKey, changed);
      toast(t('startup.saved'));
      await client.invalidateQueries({ queryKey: queries.server(server.uuid).queryKey, exact: true });
    },
  });
  const images = Object.entries(startup.images);
  const known = images.some(([, image]) => image === startup.image);
  return (
    <Card className="card--span">
      <SelectField
        label={t('startup.image')}
        hint={startup.imageChangeable ? t('startup.imageHint') : t('startup.imageFixed')}
        value={startup.image}
        disabled={!startup.imageChangeable || change.isPending || !allows(server.permissions, 'startup.docker-image')}
        onChange={(image) => change.mutate(image)}
        choices={[
          ...(known ? [] : [{ value: startup.image, label: startup.image }]),
          ...images.map(([label, image]) => ({ value: image, label: label === image ? image : `${label} (${image})` })),
        ]}
      />
      {change.error && <ErrorNotice error={toApiError(change.error)} title={t('startup.notSaved')} />}
    </Card>
  );
}

function VariablesCard({ startup }: { startup: Startup }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const { server } = useServerContext();
  const initial = useMemo(
    () => Object.fromEntries(startup.variables.map((variable) => [variable.envVariable, variable.value])),
    [startup],
  );
  const [values, setValues] = useState<Record<string, string>>(initial);
  const changed = changedValues(initial, values);
  const count = Object.keys(changed).length;
  const problems = useChecked(changed, (wanted, signal) => panel.hosting.checkVariables(server.uuid, wanted, signal));
  const save = useMutation({
    mutationFn: () => panel.hosting.changeVariables(server.uuid, changed),
    onSuccess: (answer) => {
      toast(t('startup.saved'));
      client.setQueryData(queries.startup(server.uuid).queryKey, answer);
    },
  });
  const refused = save.error ? toApiError(save.error) : null;
  const shown = { ...problems, ...problemsOf(refused) };
  const mayChange = allows(server.permissions, 'startup.update');
  return (
    <Card title={t('egg.variables')} className="card--span">
      {startup.variables.length === 0 && <p className="muted">{t('egg.noVariables')}</p>}
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (count > 0 && Object.keys(problems).length === 0 && !save.isPending) save.mutate();
        }}
      >
        <div className="columns">
          {startup.variables.map((variable) => (
            <StartupVariableField
              key={variable.envVariable}
              variable={variable}
              value={values[variable.envVariable] ?? ''}
              readOnly={!variable.changeable || !mayChange}
              error={shown[variable.envVariable]}
              onChange={(value) => {
                if (save.error) save.reset();
                setValues((before) => ({ ...before, [variable.envVariable]: value }));
              }}
            />
          ))}
        </div>
        {refused && <ErrorNotice error={refused} title={t('startup.notSaved')} />}
        {mayChange && startup.variables.some((variable) => variable.changeable) && (
          <div className="form__actions">
            <Button variant="primary" type="submit" busy={save.isPending} disabled={count === 0 || Object.keys(problems).length > 0}>
              {t('startup.save')}
            </Button>
            <span className="muted">{t('startup.restart')}</span>
          </div>
        )}
      </form>
    </Card>
  );
}
