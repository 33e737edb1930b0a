import { Link } from 'react-router';
import type { Revision } from '../../../../api/proxyTypes';
import { formatDateTime } from '../../../../i18n/format';
import { useT } from '../../../../i18n/I18nProvider';

/** The revisions, the newest first: which is saved, and which the engine runs. */
export function RevisionList({ revisions, chosen, saved, running }: { revisions: readonly Revision[]; chosen: number; saved: number; running: number }) {
  const t = useT();
  return (
    <ol className="revisions" aria-label={t('history.title')}>
      {revisions.map((revision) => {
        const { number } = revision;
        return (
          <li key={number} className="revision" data-revision={number}>
            <Link to={`?revision=${number}`} className="revision__link" aria-current={number === chosen ? 'true' : undefined} preventScrollReset>
              <span className="revision__number">{number}</span>
              <span className="revision__words">
                <span className="revision__reason">{revision.reason || t('history.noReason')}</span>
                <span className="revision__by">{t('history.by', { author: revision.author, at: formatDateTime(revision.at, t.locale) })}</span>
              </span>
              <span className="revision__marks">
                {number === saved && <span className="plan-sign" data-sign="change">{t('history.saved')}</span>}
                {number === running && <span className="plan-sign" data-sign="add">{t('history.running')}</span>}
              </span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
