import type { Server } from '../../api';
import type { TaskKind } from '../../api/schedules';
import { Button, IconButton } from '../../components/Button';
import { CheckField, SelectField, TextArea, TextField } from '../../components/Field';
import type { Form } from '../../forms/useForm';
import { useT } from '../../i18n/I18nProvider';
import { MOST_TASKS, newTask, type ScheduleValues, type TaskValues } from '../../schedules/scheduleForm';
import { allows, POWER_PERMISSION } from '../../servers/power';

const POWER_ACTIONS = ['start', 'restart', 'stop', 'kill'] as const;

/** What a schedule does, one after the other. What one may not do oneself cannot be chosen. */
export function ScheduleTasks({ server, form }: { server: Server; form: Form<ScheduleValues> }) {
  const t = useT();
  const { tasks } = form.values;
  const change = (index: number, changed: Partial<TaskValues>) =>
    form.set('tasks', tasks.map((task, at) => (at === index ? { ...task, ...changed } : task)));
  return (
    <fieldset className="schedule-part">
      <legend>{t('schedule.tasks')}</legend>
      <ol className="tasks">
        {tasks.map((task, index) => (
          <li key={task.key} className="task">
            <TaskFields server={server} form={form} task={task} index={index} onChange={(changed) => change(index, changed)} />
            <div className="task__tools">
              {index > 0 && (
                <IconButton
                  icon="up"
                  label={t('task.moveUp', { number: index + 1 })}
                  onClick={() => form.set('tasks', movedUp(tasks, index))}
                />
              )}
              <IconButton
                icon="trash"
                label={t('task.remove', { number: index + 1 })}
                onClick={() => form.set('tasks', tasks.filter((other) => other !== task))}
              />
            </div>
          </li>
        ))}
      </ol>
      {tasks.length < MOST_TASKS && (
        <Button small icon="plus" onClick={() => form.set('tasks', [...tasks, newTask()])}>
          {t('task.add')}
        </Button>
      )}
    </fieldset>
  );
}

interface TaskProps {
  server: Server;
  form: Form<ScheduleValues>;
  task: TaskValues;
  index: number;
  onChange: (changed: Partial<TaskValues>) => void;
}

function TaskFields({ server, form, task, index, onChange }: TaskProps) {
  const t = useT();
  const lacks = (permission: string) => !allows(server.permissions, permission);
  const field = `tasks.${index}`;
  return (
    <div className="task__fields">
      <div className="columns">
        <SelectField
          label={t('task.action', { number: index + 1 })}
          value={task.action}
          onChange={(action) => onChange({ action: action as TaskKind, payload: '' })}
          choices={[
            { value: 'command', label: t('task.command'), disabled: lacks('control.console') },
            { value: 'power', label: t('task.power'), disabled: POWER_ACTIONS.every((action) => lacks(POWER_PERMISSION[action])) },
            { value: 'delete_files', label: t('task.delete_files'), disabled: lacks('file.delete') },
            { value: 'backup', label: t('task.backup'), disabled: lacks('backup.create') },
          ]}
          error={form.problem(field)}
        />
        <TextField
          label={t('task.offset')}
          suffix={t('task.offsetUnit')}
          inputMode="numeric"
          autoComplete="off"
          value={task.offset}
          onChange={(offset) => onChange({ offset })}
          onBlur={() => form.leave(`${field}.offset`)}
          error={form.problem(`${field}.offset`)}
        />
      </div>
      <Payload server={server} form={form} task={task} index={index} onChange={onChange} />
      <CheckField
        label={t('task.continue')}
        checked={task.continueOnFailure}
        onChange={(continueOnFailure) => onChange({ continueOnFailure })}
      />
    </div>
  );
}

function Payload({ server, form, task, index, onChange }: TaskProps) {
  const t = useT();
  const field = `tasks.${index}.payload`;
  const common = { value: task.payload, onChange: (payload: string) => onChange({ payload }), error: form.problem(field) };
  switch (task.action) {
    case 'command':
      return <TextField label={t('task.commandLine')} mono autoComplete="off" onBlur={() => form.leave(field)} {...common} />;
    case 'power':
      return (
        <SelectField
          label={t('task.powerAction')}
          placeholder={t('task.powerChoose')}
          choices={POWER_ACTIONS.map((action) => ({
            value: action,
            label: t(`power.${action}`),
            disabled: !allows(server.permissions, POWER_PERMISSION[action]),
          }))}
          {...common}
        />
      );
    case 'delete_files':
      return <TextArea label={t('task.files')} hint={t('task.filesHint')} mono {...common} />;
    case 'backup':
      return (
        <>
          <p className="field__hint">{t('task.backupRoom')}</p>
          <TextArea label={t('task.backupIgnored')} hint={t('task.backupIgnoredHint')} mono optional {...common} />
        </>
      );
  }
}

function movedUp(tasks: readonly TaskValues[], index: number): TaskValues[] {
  const moved = [...tasks];
  moved.splice(index - 1, 0, ...moved.splice(index, 1));
  return moved;
}
