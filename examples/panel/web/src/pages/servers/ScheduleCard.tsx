import { useMutation, useQueryClient } from '@tanstack/react-query';
import { panel, toApiError, type Server } from '../../api';
import { queries } from '../../api/queries';
import type { Schedule } from '../../api/schedules';
import { Button, IconButton } from '../../components/Button';
import { ConfirmDialog } from '../../components/Dialog';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Facts } from '../../components/Page';
import { Badge } from '../../components/Status';
import { useToast } from '../../components/Toasts';
import { formatDateTime } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import { describeCron } from '../../schedules/describeCron';
import { formatInZone, mayRun } from '../../schedules/scheduleForm';
import { allows } from '../../servers/power';
import type { OpenSchedule } from './SchedulesTab';

/** A schedule in a list: when it runs, and what can be done with it. */
export function ScheduleCard({
  server,
  schedule,
  onOpen,
}: {
  server: Server;
  schedule: Schedule;
  onOpen: (open: OpenSchedule) => void;
}) {
  const t = useT();
  const words = describeCron(schedule.cron, t);
  return (
    <li className="card schedule" data-schedule={schedule.name}>
      <div className="schedule__words">
        <h3>
          {schedule.name}{' '}
          {schedule.running ? (
            <Badge tone="busy">{t('schedule.runningNow')}</Badge>
          ) : (
            <Badge tone={schedule.enabled ? 'good' : 'idle'}>{t(schedule.enabled ? 'schedule.enabled' : 'schedule.disabled')}</Badge>
          )}
        </h3>
        <p>
          {words ?? <code>{schedule.cron}</code>} <span className="muted">· {schedule.zone}</span>{' '}
          <span className="muted">· {t.count('schedule.tasks', schedule.tasks.length)}</span>
        </p>
      </div>
      <Facts
        items={[
          [t('schedule.next'), schedule.nextRunAt ? formatInZone(schedule.nextRunAt, schedule.zone, t.locale) : t('schedule.never')],
          [t('schedule.last'), schedule.lastRunAt ? formatDateTime(schedule.lastRunAt, t.locale) : t('schedule.never')],
        ]}
      />
      <Actions server={server} schedule={schedule} onOpen={onOpen} />
    </li>
  );
}

function Actions({ server, schedule, onOpen }: { server: Server; schedule: Schedule; onOpen: (open: OpenSchedule) => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const update = allows(server.permissions, 'schedule.update');
  const able = mayRun(server.permissions, schedule);
  const act = useMutation({
    mutationFn: (action: () => Promise<unknown>) => action(),
    onSettled: () => client.invalidateQueries({ queryKey: queries.schedules(server.uuid).queryKey }),
  });
  const run = async () => {
    await panel.schedules.runNow(server.uuid, schedule.id);
    toast(t('schedule.runSent', { name: schedule.name }));
  };
  const enable = () => panel.schedules.enable(server.uuid, schedule.id, !schedule.enabled);
  const why = able ? undefined : t('schedule.cannotRun');
  return (
    <div className="schedule__actions" role="group" aria-label={t('schedule.actions', { name: schedule.name })}>
      {update && (
        <Button
          small
          icon="play"
          title={why}
          disabled={!able || schedule.running || schedule.tasks.length === 0}
          onClick={() => act.mutate(run)}
        >
          {t('schedule.run')}
        </Button>
      )}
      <Button small variant="quiet" icon="document" onClick={() => onOpen({ name: 'history', schedule })}>
        {t('schedule.history')}
      </Button>
      {update && (
        <Button small variant="quiet" title={why} disabled={!able && !schedule.enabled} onClick={() => act.mutate(enable)}>
          {t(schedule.enabled ? 'schedule.disable' : 'schedule.enable')}
        </Button>
      )}
      {update && (
        <IconButton icon="edit" label={t('schedule.edit', { name: schedule.name })} onClick={() => onOpen({ name: 'edit', schedule })} />
      )}
      {allows(server.permissions, 'schedule.delete') && (
        <IconButton icon="trash" label={t('schedule.delete', { name: schedule.name })} onClick={() => onOpen({ name: 'delete', schedule })} />
      )}
      {act.error && <ErrorNotice error={toApiError(act.error)} title={t('schedule.failed')} />}
    </div>
  );
}

/** The question before a schedule is removed. */
export function DeleteSchedule({ server, schedule, onClose }: { server: Server; schedule: Schedule; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  return (
    <ConfirmDialog
      title={t('schedule.deleteTitle', { name: schedule.name })}
      action={t('schedule.deleteAction')}
      onClose={onClose}
      onConfirm={async () => {
        await panel.schedules.delete(server.uuid, schedule.id);
        toast(t('schedule.deleted', { name: schedule.name }));
        await client.invalidateQueries({ queryKey: queries.schedules(server.uuid).queryKey });
      }}
    >
      <p>{t('schedule.deleteText')}</p>
    </ConfirmDialog>
  );
}
