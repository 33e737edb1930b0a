import type { Report } from '../../../api/proxyTypes';
import { Banner } from '../../../components/Feedback';
import { useT } from '../../../i18n/I18nProvider';
import { outcomeTone } from '../../../proxy/stages';

/** What became of a change, in the words of whoever tried it. */
export function ReportNotice({ report }: { report: Report }) {
  const t = useT();
  const number = report.revision.number;
  return (
    <div className="report" data-outcome={report.outcome}>
      <Banner tone={outcomeTone(report.outcome)} title={titleOf(report.outcome, number)}>
        {report.said && <p className="notice__detail">{report.said}</p>}
        {report.undone && <p>{t('report.undone', { number: report.undone.number })}</p>}
        {report.proof && <p className="report__proof">{t('report.proof', { proof: report.proof })}</p>}
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
