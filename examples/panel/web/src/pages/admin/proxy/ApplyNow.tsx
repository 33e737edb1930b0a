import { useMutation, useQueryClient } from '@tanstack/react-query';
import { panel, toApiError } from '../../../api';
import type { ProxyState } from '../../../api/proxyTypes';
import { Button } from '../../../components/Button';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { useT } from '../../../i18n/I18nProvider';
import { ReportNotice } from './ReportNotice';

/** Brings the engine to what is saved, now instead of at its next try. */
export function ApplyNow({ state }: { state: ProxyState }) {
  const t = useT();
  const client = useQueryClient();
  const apply = useMutation({
    mutationFn: panel.proxy.apply,
    onSettled: () => client.invalidateQueries({ queryKey: ['proxy'] }),
  });
  return (
    <>
      <div className="stages__actions">
        <Button
          small
          icon="restart"
          variant={state.applied ? 'quiet' : 'primary'}
          busy={apply.isPending}
          onClick={() => apply.mutate()}
        >
          {t('proxy.applyNow')}
        </Button>
      </div>
      {apply.error && <ErrorNotice error={toApiError(apply.error)} title={t('proxy.applyFailed')} />}
      {apply.data && <ReportNotice report={apply.data} />}
    </>
  );
}
