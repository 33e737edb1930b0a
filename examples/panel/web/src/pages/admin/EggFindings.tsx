import type { EggWarning } from '../../api';
import { useT } from '../../i18n/I18nProvider';

/** What is wrong or odd about an egg, where, and what to do about it. */
export function EggFindings({ findings }: { findings: readonly EggWarning[] }) {
  const t = useT();
  return (
    <ul className="findings">
      {findings.map((finding, index) => (
        <li key={index} className="finding">
          <span className={`tag finding__severity finding__severity--${finding.severity ?? 'warning'}`}>
            {t.find(`eggSeverity.${finding.severity ?? 'warning'}`)}
          </span>
          <span className="finding__words">
            <span>
              {finding.path && <code>{finding.path}</code>} {finding.message}
            </span>
            {finding.advice && <span className="muted">{finding.advice}</span>}
          </span>
          {finding.line && <span className="muted mono">{`${finding.line}:${finding.column ?? 1}`}</span>}
        </li>
      ))}
    </ul>
  );
}
