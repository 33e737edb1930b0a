// The mock panel's schedules. They know their next times, in UTC whatever their time zone, and run when somebody asks for it.
import { randomUUID } from 'node:crypto';
import { backUp } from './backups.js';
import { ApiFailure } from './model.js';

const MINUTE = 60e3;
const SEARCHED_MINUTES = 60 * 24 * 400;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function schedulesOf(panel, uuid) {
  const server = panel.server(uuid);
  server.schedules ??= new Map();
  return server.schedules;
}

function find(panel, uuid, id) {
  const schedule = schedulesOf(panel, uuid).get(id);
  if (!schedule) throw new ApiFailure(404, 'schedule_not_found', `There is no schedule ${id}.`);
  return schedule;
}

function view({ runs, ...schedule }) {
  const nextRunAt = schedule.enabled ? (times(schedule.cron, 1)[0] ?? null) : null;
  return { ...schedule, nextRunAt, running: runs.some((run) => run.outcome === 'running') };
}

function matches(field, value, names = []) {
  return field.toLowerCase().split(',').some((part) => {
    const [range, step] = part.split('/');
    if (range === '*') return value % Number(step ?? 1) === 0;
    const [from, to = from] = range.split('-').map((text) => (names.includes(text) ? names.indexOf(text) : Number(text)));
    if (!Number.isInteger(from) || !Number.isInteger(to)) {
      throw new ApiFailure(422, 'validation', `cron: '${field}'`, { cron: `cron: '${field}' (expected: numbers)` });
    }
    return value >= from && value <= to;
  });
}

function times(cron, count) {
  const [minute, hour, day, month, weekday] = cron.split(/\s+/);
  const found = [];
  let time = Math.floor(Date.now() / MINUTE) * MINUTE;
  for (let tries = 0; tries < SEARCHED_MINUTES && found.length < count; tries++) {
    time += MINUTE;
    const date = new Date(time);
    const due =
      matches(minute, date.getUTCMinutes()) &&
      matches(hour, date.getUTCHours()) &&
      matches(day, date.getUTCDate()) &&
      matches(month, date.getUTCMonth() + 1) &&
      matches(weekday, date.getUTCDay(), WEEKDAYS);
    if (due) found.push(date.toISOString());
  }
  return found;
}

function run(server, schedule, pace) {
  const now = new Date().toISOString();
  const begun = {
    id: randomUUID(), trigger: 'manual', dueAt: now, startedAt: now, endedAt: null, outcome: 'running', reason: null,
    tasks: schedule.tasks.map((task) => ({ task, state: 'pending', startedAt: null, endedAt: null, error: null })),
  };
  schedule.runs.unshift(begun);
  schedule.lastRunAt = now;
  schedule.tasks.filter(({ action }) => action === 'backup').forEach(({ payload }) => backUp(server, { name: 'Schedule', ignoredFiles: payload }));
  setTimeout(() => {
    const ended = new Date().toISOString();
    Object.assign(begun, { endedAt: ended, outcome: 'succeeded' });
    begun.tasks.forEach((task) => Object.assign(task, { state: 'done', startedAt: now, endedAt: ended }));
  }, 800 * pace);
  return begun;
}

const SAMPLE = {
  name: 'Restart at night', cron: '0 4 * * mon-fri', zone: 'Europe/Berlin', enabled: true, onlyWhenOnline: true, catchUp: 'PT1H',
  tasks: [
    { action: 'command', payload: 'say The server restarts in a minute', offsetSeconds: 0, continueOnFailure: true },
    { action: 'power', payload: 'restart', offsetSeconds: 60, continueOnFailure: false },
  ],
};

/** Gives a server two schedules, one of which has failed. */
export function fillSchedules(server) {
  const at = new Date(Date.now() - 9 * 3600e3).toISOString();
  const failed = {
    id: randomUUID(), trigger: 'time', dueAt: at, startedAt: at, endedAt: at, outcome: 'failed', reason: null,
    tasks: [
      { task: SAMPLE.tasks[0], state: 'done', startedAt: at, endedAt: at, error: null },
      { task: SAMPLE.tasks[1], state: 'failed', startedAt: at, endedAt: at, error: 'node 1 cannot be reached: connection refused' },
    ],
  };
  const weekly = {
    ...SAMPLE, name: 'Clean up', cron: '15 5 * * sun', zone: 'UTC', enabled: false, catchUp: 'skip',
    tasks: [{ action: 'delete_files', payload: 'logs/old\ncrash-reports', offsetSeconds: 0, continueOnFailure: false }],
  };
  server.schedules = new Map(
    [{ ...SAMPLE, runs: [failed], lastRunAt: at }, { ...weekly, runs: [], lastRunAt: null }].map((schedule) => {
      const id = randomUUID();
      return [id, { id, version: 1, ...schedule }];
    }),
  );
}

export const SCHEDULE_ROUTES = [
  ['GET', /^\/api\/servers\/([^/]+)\/schedules$/, ({ panel, id }) => [200, { items: [...schedulesOf(panel, id).values()].map(view) }]],
  ['POST', /^\/api\/servers\/([^/]+)\/schedules$/, ({ panel, id, json }) => {
    const schedule = { id: randomUUID(), version: 1, ...json(), runs: [], lastRunAt: null };
    schedulesOf(panel, id).set(schedule.id, schedule);
    return [201, view(schedule)];
  }],
  ['POST', /^\/api\/servers\/([^/]+)\/schedule-preview$/, ({ json }) => [200, { times: times(json().cron, 5) }]],
  ['PUT', /^\/api\/servers\/([^/]+)\/schedules\/([^/]+)\/enabled$/, ({ panel, id, second, json }) =>
    [200, view(Object.assign(find(panel, id, second), json()))]],
  ['POST', /^\/api\/servers\/([^/]+)\/schedules\/([^/]+)\/run$/, ({ panel, id, second }) => [202, run(panel.server(id), find(panel, id, second), panel.pace)]],
  ['GET', /^\/api\/servers\/([^/]+)\/schedules\/([^/]+)\/runs$/, ({ panel, id, second }) => [200, { items: find(panel, id, second).runs }]],
  ['PUT', /^\/api\/servers\/([^/]+)\/schedules\/([^/]+)$/, ({ panel, id, second, json }) => {
    const schedule = find(panel, id, second);
    return [200, view(Object.assign(schedule, json(), { version: schedule.version + 1 }))];
  }],
  ['DELETE', /^\/api\/servers\/([^/]+)\/schedules\/([^/]+)$/, ({ panel, id, second }) => {
    find(panel, id, second);
    schedulesOf(panel, id).delete(second);
    return [204];
  }],
];
