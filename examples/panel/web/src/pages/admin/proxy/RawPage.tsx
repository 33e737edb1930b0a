import { useQuery } from '@tanstack/react-query';
import { toApiError } from '../../../api';
import { queries } from '../../../api/queries';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Skeleton } from '../../../components/Feedback';
import { useT } from '../../../i18n/I18nProvider';

export function RawPage() {
  const t = useT();
  const { data, error, refetch } = useQuery(queries.raw());
  return (
    <>
      <h2>{t('proxy.tabRaw')}</h2>
      {error && <ErrorNotice error={toApiError(error)} title={t('proxy.failed')} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} tall />}
    </>
  );
}
