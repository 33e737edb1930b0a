import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { toApiError, type Server } from '../../api';
import { queries } from '../../api/queries';
import { useT } from '../../i18n/I18nProvider';
import { describeCron } from '../../schedules/describeCron';
import { formatInZone } from '../../schedules/scheduleForm';

const TYPING_MILLIS = 350;

/** What an expression means in words, and when it would be due next, as the panel says. */
export function SchedulePreview({ server, cron, zone }: { server: Server; cron: string; zone: string }) {
  const t = useT();
  const asked = useRested(cron);
  const complete = asked.split(/\s+/).length === 5;
  const { data, error } = useQuery({ ...queries.schedulePreview(server.uuid, asked, zone), enabled: complete });
  const words = describeCron(cron, t);
  const refusal = error ? toApiError(error) : undefined;
  return (
    <div className="schedule-preview" role="status">
      {words && <p className="schedule-preview__words">{words}</p>}
      {refusal && <p className="field__error">{refusal.fields['cron'] ?? t('schedule.previewFailed', { reason: refusal.message })}</p>}
      {complete && data && data.length === 0 && <p className="field__error">{t('schedule.neverDue')}</p>}
      {complete && data && data.length > 0 && (
        <>
          <p className="muted">{t('schedule.preview')}</p>
          <ol>
            {data.map((time) => (
              <li key={time}>{formatInZone(time, zone, t.locale)}</li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

/** A text once nobody has changed it for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), TYPING_MILLIS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
