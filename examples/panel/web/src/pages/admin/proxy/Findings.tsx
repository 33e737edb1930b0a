import type { Finding } from '../../../api/proxyTypes';
import { Icon } from '../../../components/Icon';
import { useT } from '../../../i18n/I18nProvider';
import { sortFindings } from '../../../proxy/findings';

const ICONS = { ERROR: 'warning', WARNING: 'warning', NOTE: 'info' } as const;

/** What was found, errors first: what it is, where, and in which words it was said. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useT();
  return (
    <ul className="proxy-findings" aria-label={t('plan.findings')}>
      {sortFindings(findings).map((finding, index) => (
        <li key={index} className={`proxy-finding proxy-finding--${finding.severity.toLowerCase()}`} data-code={finding.code}>
          <Icon name={ICONS[finding.severity]} size={16} />
          <div className="proxy-finding__words">
            <p>
              <span className="visually-hidden">{`${t.find(`severity.${finding.severity}`) ?? finding.severity}: `}</span>
              {finding.message}
            </p>
            <p className="proxy-finding__place">
              {finding.route && <span>{finding.route}</span>}
              {finding.pointer && <code>{finding.pointer}</code>}
              <span>{finding.code}</span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
