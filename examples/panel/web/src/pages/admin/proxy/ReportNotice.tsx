import type { Report } from '../../../api/proxyTypes';
import { Banner } from '../../../components/Feedback';
import { Icon, type IconName } from '../../../components/Icon';
import { useT } from '../../../i18n/I18nProvider';
import { outcomeTone, proofLines } from '../../../proxy/stages';

const CHECK_ICONS: Record<string, IconName> = { PASSED: 'check', PENDING: 'clock', FAILED: 'warning' };

/** What became of a change, in the words of whoever tried it. */
export function ReportNotice({ report }: { report: Report }) {
  const t = useT();
  const number = report.revision.number;
  const pending = proofLines(report.proof ?? '').some(({ outcome }) => outcome === 'PENDING');
  return (
    <div className="report" data-outcome={report.outcome}>
      <Banner tone={pending && report.outcome === 'APPLIED' ? 'warning' : outcomeTone(report.outcome)} title={titleOf(report.outcome, number)}>
        {report.said && <p className="notice__detail">{report.said}</p>}
        {report.undone && <p>{t('report.undone', { number: report.undone.number })}</p>}
        {report.proof && (
          <ul className="report__proof" aria-label={t('report.proof')}>
            {proofLines(report.proof).map(({ outcome, what }) => (
              <li key={what} className={`report__check report__check--${outcome.toLowerCase()}`}>
                <Icon name={CHECK_ICONS[outcome] ?? 'info'} size={15} />
                <span>
                  <span className="visually-hidden">{t.find(`proof.${outcome}`)}</span> {what}
                </span>
              </li>
            ))}
          </ul>
        )}
        {pending && <p>{t('report.pending')}</p>}
      </Banner>
    </div>
  );

  function titleOf(outcome: Report['outcome'], revision: number): string {
    switch (outcome) {
      case 'APPLIED':
        return t('report.applied', { number: revision });
      case 'UNTOUCHED':
        return t('report.untouched');
      case 'WAITING':
        return t('report.waiting', { number: revision });
      case 'ROLLED_BACK':
        return t('report.rolledBack', { number: revision });
      default:
        return t('report.unknown', { number: revision });
    }
  }
}
