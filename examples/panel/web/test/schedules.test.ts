import { describe, expect, it } from 'vitest';
import type { Schedule } from '../src/api/schedules';
import { translator } from '../src/i18n/translate';
import { describeCron } from '../src/schedules/describeCron';
import { formatInZone, mayRun, newTask, permissionOf, scheduleProblems, specOf, valuesOf, zones } from '../src/schedules/scheduleForm';

const t = translator('en', ['en-GB']);
const de = translator('de', ['de-DE']);

const schedule: Schedule = {
  id: 'a',
  version: 3,
  running: false,
  nextRunAt: null,
  lastRunAt: null,
  name: 'Nightly',
  cron: '0 4 * * *',
  zone: 'Europe/Berlin',
  enabled: false,
  onlyWhenOnline: true,
  catchUp: 'PT1H',
  tasks: [
    { action: 'command', payload: 'say hi', offsetSeconds: 0, continueOnFailure: true },
    { action: 'power', payload: 'kill', offsetSeconds: 60, continueOnFailure: false },
  ],
};

describe('cron in words', () => {
  it.each([
    ['* * * * *', 'Every minute, every day'],
    ['*/15 * * * *', 'Every 15 minutes, every day'],
    ['30 * * * *', 'At minute 30 of every hour, every day'],
    ['0 */6 * * *', 'Every 6 hours, at minute 0, every day'],
    ['0 4 * * *', 'At 04:00, every day'],
    ['30 4,16 * * mon-fri', 'At 04:30 and 16:30, Monday to Friday'],
    ['0 4 * * 7', 'At 04:00, Sunday'],
    ['0 4 * * 0,sat', 'At 04:00, Sunday and Saturday'],
    ['0 4 1,15 * *', 'At 04:00, on day 1 and 15 of the month'],
    ['0 4 13 * FRI', 'At 04:00, on day 13 of the month or Friday'],
    ['0 0 1 jan,7 *', 'At 00:00, on day 1 of the month, in January and July'],
  ])('says %s', (cron, words) => {
    expect(describeCron(cron, t)).toBe(words);
  });

  it('speaks German', () => {
    expect(describeCron('30 4 * * mon-fri', de)).toBe('Um 04:30, Montag bis Freitag');
    expect(describeCron('*/5 * * dec *', de)).toBe('Alle 5 Minuten, jeden Tag, im Dezember');
  });

  it.each(['', '0 4 * *', '1-5/2 4 * * *', '0 4 */2 * *', '0 4 * * monday', '0-30 * * * *', '0,10,20,30 1,2 * * *', '0 4 * 13 *', '0 24 * * *', '60 4 * * *', '0 4 0 * *'])(
    'says nothing about %s',
    (cron) => {
      expect(describeCron(cron, t)).toBeUndefined();
    },
  );
});

describe('the form of a schedule', () => {
  it('gives back what it was given', () => {
    const { id, version, running, nextRunAt, lastRunAt, ...spec } = schedule;
    expect(specOf({ ...valuesOf(schedule, 'UTC') })).toMatchObject(spec);
    expect([id, version, running, nextRunAt, lastRunAt]).toHaveLength(5);
  });

  it('sends nothing that the panel does not know', () => {
    expect(Object.keys(specOf(valuesOf(schedule, 'UTC')).tasks[0] ?? {}).sort()).toEqual([
      'action',
      'continueOnFailure',
      'offsetSeconds',
      'payload',
    ]);
  });

  it('begins in the zone of the browser, with one task', () => {
    const values = valuesOf(undefined, 'Asia/Tokyo');
    expect(values.zone).toBe('Asia/Tokyo');
    expect(values.tasks).toHaveLength(1);
  });

  it('says what is missing', () => {
    const values = { ...valuesOf(undefined, 'UTC'), cron: '0 4 * *', tasks: [{ ...newTask(), offset: '901' }] };
    expect(Object.keys(scheduleProblems(values, t)).sort()).toEqual(['cron', 'name', 'tasks.0.offset', 'tasks.0.payload']);
    expect(scheduleProblems(valuesOf(schedule, 'UTC'), t)).toEqual({});
  });

  it('knows the permission of each action', () => {
    expect(schedule.tasks.map(permissionOf)).toEqual(['control.console', 'control.stop']);
    expect(permissionOf({ action: 'delete_files', payload: 'x' })).toBe('file.delete');
    expect(mayRun(['*'], schedule)).toBe(true);
    expect(mayRun(['schedule.update', 'control.console'], schedule)).toBe(false);
  });
});

describe('time zones', () => {
  it('are all there once, with those in use', () => {
    const all = zones('UTC', 'Etc/Strange');
    expect(all).toContain('Europe/Berlin');
    expect(all).toContain('Etc/Strange');
    expect(new Set(all).size).toBe(all.length);
  });

  it('decide how a time is shown', () => {
    expect(formatInZone('2026-03-29T01:00:00Z', 'Europe/Berlin', 'en-GB')).toBe('Sun, 29 Mar 2026, 03:00 CEST');
  });
});
