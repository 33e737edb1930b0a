import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { panel, toApiError } from '../../../../api';
import type { CloudPlan } from '../../../../api/cloudflare';
import { queries } from '../../../../api/queries';
import { Button } from '../../../../components/Button';
import { Dialog } from '../../../../components/Dialog';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Banner, Skeleton } from '../../../../components/Feedback';
import { useToast } from '../../../../components/Toasts';
import { useT } from '../../../../i18n/I18nProvider';
import { countSigns, signOf, type PlanSign } from '../../../../proxy/cloudflare';
import { Findings } from '../Findings';

/** What a synchronisation would do at Cloudflare, before it does it. */
export function PlanDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const { data, error, isFetching, refetch } = useQuery(queries.cloudPlan(id));
  const sync = useMutation({
    mutationFn: () => panel.cloudflare.sync(id),
    onSuccess: (status) => {
      toast(t(status.state === 'DONE' ? 'cf.synced' : 'cf.syncNotDone', { id }));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: queries.bindings().queryKey }),
  });
  return (
    <Dialog title={t('cf.planTitle', { id })} onClose={onClose} className="dialog--wide">
      <div className="dialog__body stack">
        {error && !isFetching && <ErrorNotice error={toApiError(error)} title={t('cf.planFailed')} onRetry={() => void refetch()} />}
        {isFetching && <Skeleton rows={4} />}
        {data && !isFetching && <Lines plan={data} />}
        {sync.error && <ErrorNotice error={toApiError(sync.error)} title={t('cf.notSynced')} />}
      </div>
      <footer className="dialog__footer">
        <Button onClick={onClose}>{t('action.close')}</Button>
        {data?.changes && (
          <Button variant="primary" icon="restart" busy={sync.isPending} onClick={() => sync.mutate()}>
            {t('cf.sync')}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}

function Lines({ plan }: { plan: CloudPlan }) {
  const t = useT();
  const counts = countSigns(plan);
  return (
    <>
      {!plan.changes && (
        <Banner tone="success" title={t('cf.planNothing')}>
          <p>{t('cf.planNothingText')}</p>
        </Banner>
      )}
      {plan.changes && (
        <>
          <p className="muted">{t('cf.planText')}</p>
          <ul className="plan-counts">
            {SHOWN.filter((sign) => counts[sign] > 0).map((sign) => (
              <li key={sign} className="plan-sign" data-sign={sign}>
                {`${t(`cfSign.${sign}`)} ${counts[sign]}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {plan.makesTunnel && <Banner tone="info" title={t('cf.planMakesTunnel')} />}
      {plan.findings.length > 0 && <Findings findings={plan.findings} />}
      <section className="plan-part">
        <h3>{t('cf.planRecords')}</h3>
        {plan.records.length === 0 && <p className="muted">{t('cf.planNoRecords')}</p>}
        <ul className="plan-lines">
          {plan.records.map(({ host, type, target, change, said }) => (
            <PlanLine key={`${host} ${type} ${change}`} sign={signOf(change)} name={host} way={`${type} ${target}`} said={said} />
          ))}
        </ul>
      </section>
      <section className="plan-part">
        <h3>{t('cf.planIngress')}</h3>
        {plan.ingress.length === 0 && <p className="muted">{t('cf.planNoRules')}</p>}
        <ul className="plan-lines">
          {plan.ingress.map(({ host, service, change }, index) => (
            <PlanLine key={`${index} ${host}`} sign={signOf(change)} name={host} way={service} />
          ))}
        </ul>
      </section>
    </>
  );
}

function PlanLine({ sign, name, way, said = '' }: { sign: PlanSign; name: string; way: string; said?: string }) {
  const t = useT();
  return (
    <li className="plan-line" data-sign={sign}>
      <span className="plan-sign" data-sign={sign}>
        {t(`cfSign.${sign}`)}
      </span>
      <span className="plan-line__words">
        {name === '' || name === '*' ? <em>{t('cf.planCatchAll')}</em> : <code>{name}</code>}
        <span className="plan-line__way">{way}</span>
        {said !== '' && <span className="plan-line__said">{said}</span>}
      </span>
    </li>
  );
}

const SHOWN: readonly PlanSign[] = ['add', 'change', 'remove', 'later', 'foreign', 'keep'];
