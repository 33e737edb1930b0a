import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { panel, toApiError } from '../../../../api';
import type { Report } from '../../../../api/proxyTypes';
import { Button } from '../../../../components/Button';
import { Dialog } from '../../../../components/Dialog';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Skeleton } from '../../../../components/Feedback';
import { useT } from '../../../../i18n/I18nProvider';
import { PlanView } from '../PlanView';

/** The question before an earlier revision comes back, with what that would do. */
export function RollBackDialog({ number, onClose, onDone }: { number: number; onClose: () => void; onDone: (report: Report) => void }) {
  const t = useT();
  const client = useQueryClient();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['proxy', 'rollback', number],
    queryFn: ({ signal }) => panel.proxy.planRollBack(number, signal),
    retry: false,
    gcTime: 0,
  });
  const back = useMutation({
    mutationFn: (seen: string) => panel.proxy.rollBack(number, seen),
    onSuccess: async (report) => {
      onDone(report);
      await client.invalidateQueries({ queryKey: ['proxy'] });
    },
  });
  return (
    <Dialog title={t('history.rollBackTitle', { number })} onClose={onClose} className="dialog--wide">
      <div className="dialog__body stack">
        <p>{t('history.rollBackText')}</p>
        {error && <ErrorNotice error={toApiError(error)} title={t('history.planFailed')} onRetry={() => void refetch()} />}
        {!data && isFetching && <Skeleton rows={4} />}
        {data && <PlanView plan={data} />}
        {back.error && <ErrorNotice error={toApiError(back.error)} title={t('history.notRolledBack')} />}
      </div>
      <footer className="dialog__footer">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button variant="primary" icon="restart" busy={back.isPending} disabled={!data?.possible} onClick={() => data && back.mutate(data.base.etag)}>
          {t('history.rollBackAction')}
        </Button>
      </footer>
    </Dialog>
  );
}
