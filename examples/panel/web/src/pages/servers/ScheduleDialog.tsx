import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { panel, type Server } from '../../api';
import { queries } from '../../api/queries';
import type { Schedule } from '../../api/schedules';
import { CheckField, SelectField, TextField } from '../../components/Field';
import { FormDialog } from '../../components/FormDialog';
import { useToast } from '../../components/Toasts';
import { useForm, type Form } from '../../forms/useForm';
import { formatDuration } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import { describeCron } from '../../schedules/describeCron';
import { GRACES, ownZone, scheduleProblems, specOf, valuesOf, zones, type ScheduleValues } from '../../schedules/scheduleForm';
import { SchedulePreview } from './SchedulePreview';
import { ScheduleTasks } from './ScheduleTasks';

const EXAMPLES = ['*/30 * * * *', '0 * * * *', '0 4 * * *', '0 4 * * mon-fri', '0 4 * * sun', '0 4 1 * *'] as const;

/** Sets a schedule up, or changes it. */
export function ScheduleDialog({ server, schedule, onClose }: { server: Server; schedule?: Schedule; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const form = useForm({
    initial: useMemo(() => valuesOf(schedule, ownZone()), [schedule]),
    validate: (values) => scheduleProblems(values, t),
    submit: async (values) => {
      const spec = specOf(values);
      if (schedule) await panel.schedules.update(server.uuid, schedule, spec);
      else await panel.schedules.create(server.uuid, spec);
      toast(t(schedule ? 'schedule.saved' : 'schedule.created', { name: spec.name }));
      await client.invalidateQueries({ queryKey: queries.schedules(server.uuid).queryKey });
      onClose();
    },
  });
  return (
    <FormDialog
      wide
      title={schedule ? t('schedule.editTitle', { name: schedule.name }) : t('schedules.new')}
      submit={t('schedule.save')}
      form={form}
      onClose={onClose}
    >
      <TextField label={t('nodes.name')} autoComplete="off" {...form.text('name')} />
      <When server={server} form={form} />
      <ScheduleTasks server={server} form={form} />
      <CatchUp form={form} />
      <CheckField
        label={t('schedule.online')}
        hint={t('schedule.onlineHint')}
        checked={form.values.onlyWhenOnline}
        onChange={(checked) => form.set('onlyWhenOnline', checked)}
      />
      <CheckField
        label={t('schedule.enabled')}
        hint={t('schedule.enabledHint')}
        checked={form.values.enabled}
        onChange={(checked) => form.set('enabled', checked)}
      />
    </FormDialog>
  );
}

function When({ server, form }: { server: Server; form: Form<ScheduleValues> }) {
  const t = useT();
  const { cron, zone } = form.values;
  const example = EXAMPLES.find((text) => text === cron.trim());
  const own = useMemo(ownZone, []);
  return (
    <fieldset className="schedule-part">
      <legend>{t('schedule.when')}</legend>
      <div className="columns">
        <SelectField
          label={t('schedule.cronExample')}
          value={example ?? ''}
          onChange={(value) => form.set('cron', value)}
          placeholder={t('schedule.cronOwn')}
          choices={EXAMPLES.map((text) => ({ value: text, label: describeCron(text, t) ?? text }))}
        />
        <TextField label={t('schedule.cron')} hint={t('schedule.cronHint')} mono autoComplete="off" {...form.text('cron')} />
      </div>
      <SelectField
        label={t('schedule.zone')}
        value={zone}
        onChange={(value) => form.set('zone', value)}
        choices={useMemo(() => zones(own, zone), [own, zone]).map((id) => ({ value: id, label: id }))}
        error={form.problem('zone')}
      />
      <SchedulePreview server={server} cron={cron.trim()} zone={zone} />
    </fieldset>
  );
}

function CatchUp({ form }: { form: Form<ScheduleValues> }) {
  const t = useT();
  const { catchUp } = form.values;
  const graces = [...new Set([...GRACES, ...(catchUp.startsWith('PT') ? [catchUp] : [])])];
  return (
    <SelectField
      label={t('schedule.catchUp')}
      hint={t('schedule.catchUpHint')}
      value={catchUp}
      onChange={(value) => form.set('catchUp', value)}
      choices={[
        { value: 'skip', label: t('schedule.catchUpSkip') },
        ...graces.map((grace) => ({ value: grace, label: t('schedule.catchUpWithin', { time: durationText(grace, t) }) })),
        { value: 'once', label: t('schedule.catchUpOnce') },
      ]}
      error={form.problem('catchUp')}
    />
  );
}

/** `PT1H30M` in words; what has another shape stays as it is. */
function durationText(iso: string, t: Parameters<typeof formatDuration>[1]): string {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(iso);
  if (!match) return iso;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return formatDuration(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000, t);
}
