import type { Difference } from '../../../api/proxyTypes';
import { useT } from '../../../i18n/I18nProvider';
import { shownValue } from '../../../proxy/values';

/** Enough to see what a change is; of a longer list the number says the rest. */
const MOST = 100;

/** What changes, place by place: what was there, and what is there then. */
export function Differences({ differences }: { differences: readonly Difference[] }) {
  const t = useT();
  return (
    <>
      <ul className="differences" aria-label={t('plan.differences')}>
        {differences.slice(0, MOST).map(({ place, before, after }) => (
          <li key={place} className="difference">
            <code className="difference__place">{place || '/'}</code>
            {before !== undefined && <del className="difference__before">{shownValue(before)}</del>}
            {after !== undefined && <ins className="difference__after">{shownValue(after)}</ins>}
          </li>
        ))}
      </ul>
      {differences.length > MOST && <p className="muted">{t.count('plan.more', differences.length - MOST)}</p>}
    </>
  );
}
