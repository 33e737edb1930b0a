import type { Schedule, ScheduleSpec, ScheduleTask, TaskKind } from '../api/schedules';
import type { Translator } from '../i18n/translate';
import type { Problems } from '../forms/useForm';
import { nameProblem, numberProblem, present } from '../forms/validation';
import { allows, POWER_PERMISSION } from '../servers/power';

const LONGEST_OFFSET = 900;
const LONGEST_PAYLOAD = 4096;
export const MOST_TASKS = 10;

/** A task as it is typed. `key` tells tasks apart while they are moved about. */
export interface TaskValues {
  key: number;
  action: TaskKind;
  payload: string;
  offset: string;
  continueOnFailure: boolean;
}

export interface ScheduleValues {
  name: string;
  cron: string;
  zone: string;
  enabled: boolean;
  onlyWhenOnline: boolean;
  catchUp: string;
  tasks: TaskValues[];
}

/** How late a missed run may begin, as it is offered. */
export const GRACES = ['PT10M', 'PT1H', 'PT6H', 'PT24H'] as const;

let lastKey = 0;

export function newTask(): TaskValues {
  return { key: ++lastKey, action: 'command', payload: '', offset: '0', continueOnFailure: false };
}

export function valuesOf(schedule: Schedule | undefined, zone: string): ScheduleValues {
  if (!schedule) {
    return { name: '', cron: '0 4 * * *', zone, enabled: true, onlyWhenOnline: false, catchUp: 'skip', tasks: [newTask()] };
  }
  const { name, cron, enabled, onlyWhenOnline, catchUp } = schedule;
  const tasks = schedule.tasks.map(({ offsetSeconds, ...task }) => ({
    ...task,
    key: ++lastKey,
    offset: String(offsetSeconds),
  }));
  return { name, cron, zone: schedule.zone, enabled, onlyWhenOnline, catchUp, tasks };
}

export function specOf(values: ScheduleValues): ScheduleSpec {
  const tasks: ScheduleTask[] = values.tasks.map(({ action, payload, offset, continueOnFailure }) => ({
    action,
    payload: action === 'command' ? payload : payload.trim(),
    offsetSeconds: Number(offset),
    continueOnFailure,
  }));
  return { ...values, name: values.name.trim(), cron: values.cron.trim(), tasks };
}

export function scheduleProblems(values: ScheduleValues, t: Translator): Problems {
  const problems: Record<string, string | undefined> = {
    name: nameProblem(values.name, t),
    cron: values.cron.trim().split(/\s+/).length === 5 ? undefined : t('schedule.cronFields'),
  };
  values.tasks.forEach((task, index) => {
    problems[`tasks.${index}.payload`] = payloadProblem(task, t);
    problems[`tasks.${index}.offset`] = numberProblem(task.offset, 0, LONGEST_OFFSET, t);
  });
  return present(problems);
}

function payloadProblem({ action, payload }: TaskValues, t: Translator): string | undefined {
  if (action !== 'backup' && payload.trim() === '') return t('validation.required');
  return payload.length > LONGEST_PAYLOAD ? t('validation.tooLong', { max: LONGEST_PAYLOAD }) : undefined;
}

/** What a task needs: the permission of what it does. */
export function permissionOf({ action, payload }: Pick<ScheduleTask, 'action' | 'payload'>): string {
  switch (action) {
    case 'command':
      return 'control.console';
    case 'backup':
      return 'backup.create';
    case 'delete_files':
      return 'file.delete';
    case 'power':
      return POWER_PERMISSION[payload as keyof typeof POWER_PERMISSION] ?? 'control.stop';
  }
}

/** Whether somebody may have all of a schedule's tasks done. */
export function mayRun(permissions: readonly string[], schedule: Pick<ScheduleSpec, 'tasks'>): boolean {
  return schedule.tasks.every((task) => allows(permissions, permissionOf(task)));
}

/** The time zones of the browser, its own and the schedule's among them. */
export function zones(own: string, given: string): string[] {
  return [...new Set(['UTC', own, given, ...Intl.supportedValuesOf('timeZone')])].sort();
}

export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** A time as the clocks of a zone show it, with the day of the week. */
export function formatInZone(iso: string, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(new Date(iso));
}
