import { useQuery } from '@tanstack/react-query';
import { toApiError, type Server } from '../../api';
import { queries } from '../../api/queries';
import type { RunOutcome, Schedule, ScheduleRun, ScheduleTask, TaskKind, TaskState } from '../../api/schedules';
import { Dialog } from '../../components/Dialog';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Skeleton } from '../../components/Feedback';
import { Badge } from '../../components/Status';
import { formatDateTime, formatDuration } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import type { MessageKey } from '../../i18n/translate';

const POLL_MILLIS = 2_000;

const OUTCOMES = {
  running: ['busy', 'runOutcome.running'],
  succeeded: ['good', 'runOutcome.succeeded'],
  failed: ['bad', 'runOutcome.failed'],
  skipped: ['idle', 'runOutcome.skipped'],
  missed: ['bad', 'runOutcome.missed'],
  cancelled: ['idle', 'runOutcome.cancelled'],
} as const satisfies Record<RunOutcome, readonly ['good' | 'busy' | 'bad' | 'idle', MessageKey]>;

const STATES = {
  pending: 'runState.pending',
  started: 'runState.started',
  done: 'runState.done',
  failed: 'runState.failed',
  denied: 'runState.denied',
  interrupted: 'runState.interrupted',
} as const satisfies Record<TaskState, MessageKey>;

const ACTIONS = {
  command: 'task.command',
  power: 'task.power',
  backup: 'task.backup',
  delete_files: 'task.delete_files',
} as const satisfies Record<TaskKind, MessageKey>;

/** The last runs of a schedule and what became of their tasks. */
export function ScheduleHistory({ server, schedule, onClose }: { server: Server; schedule: Schedule; onClose: () => void }) {
  const t = useT();
  const { data, error, refetch } = useQuery({
    ...queries.scheduleRuns(server.uuid, schedule.id),
    refetchInterval: POLL_MILLIS,
    staleTime: 0,
  });
  return (
    <Dialog title={t('schedule.historyTitle', { name: schedule.name })} onClose={onClose} className="dialog--wide">
      <div className="dialog__body stack">
        {error && <ErrorNotice error={toApiError(error)} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={3} />}
        {data?.length === 0 && <p className="muted">{t('schedule.historyNone')}</p>}
        {data && data.length > 0 && (
          <ul className="runs">
            {data.map((run) => (
              <Run key={run.id} run={run} />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

function Run({ run }: { run: ScheduleRun }) {
  const t = useT();
  const [tone, key] = OUTCOMES[run.outcome];
  return (
    <li className="run" data-outcome={run.outcome}>
      <p className="run__head">
        <Badge tone={tone}>{t(key)}</Badge>
        <span>{formatDateTime(run.startedAt, t.locale)}</span>
        <span className="muted">
          {run.trigger === 'manual' ? t('run.manual') : t('run.time', { time: formatDateTime(run.dueAt, t.locale) })}
        </span>
      </p>
      {run.reason && <p className="muted">{run.reason}</p>}
      <ol className="run__tasks">
        {run.tasks.map(({ task, state, error }, index) => (
          <li key={index} data-state={state}>
            {task.offsetSeconds > 0 && (
              <span className="muted">{t('task.waits', { time: formatDuration(task.offsetSeconds * 1000, t) })} </span>
            )}
            <Task task={task} /> <span className="run__state">{t(STATES[state])}</span>
            {error && <span className="run__error">{error}</span>}
          </li>
        ))}
      </ol>
    </li>
  );
}

function Task({ task }: { task: ScheduleTask }) {
  const t = useT();
  return (
    <>
      {t(ACTIONS[task.action])} {task.payload && <code>{task.payload}</code>}
    </>
  );
}
