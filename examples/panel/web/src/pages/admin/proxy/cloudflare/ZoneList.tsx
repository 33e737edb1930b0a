import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toApiError } from '../../../../api';
import { queries } from '../../../../api/queries';
import { Button } from '../../../../components/Button';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Skeleton } from '../../../../components/Feedback';
import { useT } from '../../../../i18n/I18nProvider';

/** The zones that a token sees. Cloudflare is asked only when somebody wants to know. */
export function ZoneList({ id }: { id: string }) {
  const t = useT();
  const [wanted, setWanted] = useState(false);
  const { data, error, refetch } = useQuery({ ...queries.zones(id), enabled: wanted });
  if (!wanted) {
    return (
      <p>
        <Button small variant="quiet" icon="globe" onClick={() => setWanted(true)}>
          {t('cf.zonesShow')}
        </Button>
      </p>
    );
  }
  if (error) return <ErrorNotice error={toApiError(error)} title={t('cf.zonesFailed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={1} />;
  return (
    <div className="zones">
      <h4>{t('cf.zones')}</h4>
      {data.length === 0 && <p className="muted">{t('cf.zonesNone')}</p>}
      <ul className="zones__list">
        {data.map((zone) => (
          <li key={zone.id} className="tag">
            {zone.name}
            {zone.status !== 'active' && ` · ${zone.status}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
