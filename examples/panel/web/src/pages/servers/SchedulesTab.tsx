import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toApiError } from '../../api';
import { queries } from '../../api/queries';
import type { Schedule } from '../../api/schedules';
import { Button } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../components/Feedback';
import { useT } from '../../i18n/I18nProvider';
import { allows } from '../../servers/power';
import { DeleteSchedule, ScheduleCard } from './ScheduleCard';
import { ScheduleDialog } from './ScheduleDialog';
import { ScheduleHistory } from './ScheduleHistory';
import { useServerContext } from './ServerPage';

const POLL_MILLIS = 15_000;
const RUNNING_POLL_MILLIS = 1_500;

export type OpenSchedule = { name: 'new' } | { name: 'edit' | 'history' | 'delete'; schedule: Schedule } | null;

/** What is done with this server at which times. */
export function SchedulesTab() {
  const t = useT();
  const { server } = useServerContext();
  const [open, setOpen] = useState<OpenSchedule>(null);
  const { data, error, refetch } = useQuery({
    ...queries.schedules(server.uuid),
    refetchInterval: ({ state }) => (state.data?.some(({ running }) => running) ? RUNNING_POLL_MILLIS : POLL_MILLIS),
  });
  const close = () => setOpen(null);
  const add = allows(server.permissions, 'schedule.create') && (
    <Button variant="primary" icon="plus" onClick={() => setOpen({ name: 'new' })}>
      {t('schedules.new')}
    </Button>
  );

  if (error) return <ErrorNotice error={toApiError(error)} title={t('schedules.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} tall />;
  return (
    <>
      {data.length === 0 ? (
        <EmptyState icon="clock" title={t('schedules.none')} action={add}>
          {t('schedules.noneText')}
        </EmptyState>
      ) : (
        <>
          <header className="schedules__head">
            <div>
              <h2>{t('schedules.title')}</h2>
              <p className="muted">{t('schedules.lead')}</p>
            </div>
            {add}
          </header>
          <ul className="schedules">
            {data.map((schedule) => (
              <ScheduleCard key={schedule.id} server={server} schedule={schedule} onOpen={setOpen} />
            ))}
          </ul>
        </>
      )}
      {open?.name === 'new' && <ScheduleDialog server={server} onClose={close} />}
      {open?.name === 'edit' && <ScheduleDialog server={server} schedule={open.schedule} onClose={close} />}
      {open?.name === 'history' && <ScheduleHistory server={server} schedule={open.schedule} onClose={close} />}
      {open?.name === 'delete' && <DeleteSchedule server={server} schedule={open.schedule} onClose={close} />}
    </>
  );
}
