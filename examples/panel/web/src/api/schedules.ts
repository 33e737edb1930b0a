import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from './client';

export type TaskKind = 'command' | 'power' | 'backup' | 'delete_files';

export interface ScheduleTask {
  action: TaskKind;
  payload: string;
  offsetSeconds: number;
  continueOnFailure: boolean;
}

/** What somebody decides about a schedule. */
export interface ScheduleSpec {
  name: string;
  cron: string;
  zone: string;
  enabled: boolean;
  onlyWhenOnline: boolean;
  /** `skip`, `once`, or a duration such as `PT10M`. */
  catchUp: string;
  tasks: ScheduleTask[];
}

export interface Schedule extends ScheduleSpec {
  id: string;
  version: number;
  running: boolean;
  nextRunAt: string | null;
  lastRunAt: string | null;
}

export type RunOutcome = 'running' | 'succeeded' | 'failed' | 'skipped' | 'missed' | 'cancelled';
export type TaskState = 'pending' | 'started' | 'done' | 'failed' | 'denied' | 'interrupted';

export interface ScheduleRun {
  id: string;
  trigger: 'time' | 'manual';
  dueAt: string;
  startedAt: string;
  endedAt: string | null;
  outcome: RunOutcome;
  reason: string | null;
  tasks: { task: ScheduleTask; state: TaskState; startedAt: string | null; endedAt: string | null; error: string | null }[];
}

/** The calls about the schedules of a server. */
export class SchedulesApi {
  private readonly client: ApiClient;

  constructor(client: ApiClient) {
    this.client = client;
  }

  list = async (uuid: string, signal?: AbortSignal) =>
    (await this.client.request<{ items: Schedule[] }>('GET', path(uuid), signal ? { signal } : {})).items;

  runs = async (uuid: string, id: string, signal?: AbortSignal) =>
    (await this.client.request<{ items: ScheduleRun[] }>('GET', `${path(uuid)}/${id}/runs`, signal ? { signal } : {}))
      .items;

  /** The next times of an expression in a time zone; none if it never comes. */
  preview = async (uuid: string, cron: string, zone: string, signal?: AbortSignal) =>
    (
      await this.client.request<{ times: string[] }>('POST', `/api/servers/${uuid}/schedule-preview`, {
        body: { cron, zone },
        ...(signal ? { signal } : {}),
      })
    ).times;

  create = (uuid: string, spec: ScheduleSpec) => this.client.request<Schedule>('POST', path(uuid), { body: spec });

  update = (uuid: string, schedule: { id: string; version: number }, spec: ScheduleSpec) =>
    this.client.request<Schedule>('PUT', `${path(uuid)}/${schedule.id}`, {
      body: { ...spec, version: schedule.version },
    });

  enable = (uuid: string, id: string, enabled: boolean) =>
    this.client.request<Schedule>('PUT', `${path(uuid)}/${id}/enabled`, { body: { enabled } });

  runNow = (uuid: string, id: string) => this.client.request<ScheduleRun>('POST', `${path(uuid)}/${id}/run`);

  delete = (uuid: string, id: string) => this.client.request<void>('DELETE', `${path(uuid)}/${id}`);
}

/** The cached reads about schedules. */
export function scheduleQueries(schedules: SchedulesApi) {
  return {
    schedules: (uuid: string) =>
      queryOptions({ queryKey: ['server', uuid, 'schedules'], queryFn: ({ signal }) => schedules.list(uuid, signal) }),
    scheduleRuns: (uuid: string, id: string) =>
      queryOptions({
        queryKey: ['server', uuid, 'schedules', id, 'runs'],
        queryFn: ({ signal }) => schedules.runs(uuid, id, signal),
      }),
    schedulePreview: (uuid: string, cron: string, zone: string) =>
      queryOptions({
        queryKey: ['server', uuid, 'schedule-preview', cron, zone],
        queryFn: ({ signal }) => schedules.preview(uuid, cron, zone, signal),
        retry: false,
      }),
  };
}

function path(uuid: string): string {
  return `/api/servers/${uuid}/schedules`;
}
