import type { ReactNode } from 'react';
import type { Plan } from '../../../api/proxyTypes';
import { Banner } from '../../../components/Feedback';
import { useT } from '../../../i18n/I18nProvider';
import { Differences } from './Differences';
import { Findings } from './Findings';
import { LineDiff } from './LineDiff';

/** What a change would do, as the panel, the engine's program and the cloud see it. Nothing was changed yet. */
export function PlanView({ plan, stale = false }: { plan: Plan; stale?: boolean }) {
  const t = useT();
  const { findings, differences, engine, cloud } = plan;
  const errors = findings.filter(({ severity }) => severity === 'ERROR').length;
  return (
    <div className={`plan${stale ? ' plan--stale' : ''}`} data-possible={plan.possible} role="status">
      {stale && <p className="plan__stale">{t('plan.stale')}</p>}
      <Banner
        tone={plan.possible ? (findings.length > 0 ? 'info' : 'success') : 'danger'}
        title={plan.possible ? t('plan.possible') : t.count('plan.impossible', errors)}
      >
        <p>{differences.length === 0 ? t('plan.noDifferences') : t.count('plan.changes', differences.length)}</p>
      </Banner>
      {findings.length > 0 && <Findings findings={findings} />}
      {differences.length > 0 && (
        <Part title={t('plan.differences')} open>
          <Differences differences={differences} />
        </Part>
      )}
      {plan.possible && !engine.changes && differences.length > 0 && <p className="muted">{t('plan.engineSame')}</p>}
      {engine.changes && engine.after && (
        <Part title={t('plan.engineDiff')} open={differences.length < 30}>
          {engine.cut && <p className="muted">{t('plan.cut')}</p>}
          <LineDiff before={engine.before ?? ''} after={engine.after} label={t('plan.engineDiff')} />
        </Part>
      )}
      {cloud && cloud.parts.length > 0 && (
        <Part title={t('plan.cloud')} open>
          <ul className="differences">
            {cloud.parts.map(({ binding, name, said }, index) => (
              <li key={index} className="difference">
                <code className="difference__place">{name ?? binding}</code>
                <span>{said}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </div>
  );
}

function Part({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details className="plan__part" open={open}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
