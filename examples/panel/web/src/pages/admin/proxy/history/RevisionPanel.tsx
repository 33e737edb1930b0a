import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toApiError } from '../../../../api';
import type { Revision, RevisionDetail } from '../../../../api/proxyTypes';
import { queries } from '../../../../api/queries';
import { Button } from '../../../../components/Button';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Skeleton } from '../../../../components/Feedback';
import { SelectField } from '../../../../components/Field';
import { Segmented } from '../../../../components/Segmented';
import { formatDateTime } from '../../../../i18n/format';
import { useT } from '../../../../i18n/I18nProvider';
import { differencesOf } from '../../../../proxy/differencesOf';
import { Differences } from '../Differences';
import { LineDiff } from '../LineDiff';

type View = 'places' | 'text';

interface About {
  number: number;
  saved: number;
  revisions: readonly Revision[];
  /** The revision that this one is compared with; nothing is the one before it. */
  against: number | null;
  onCompare: (number: number | null) => void;
  onRollBack: () => void;
}

/** One revision: what it changed, how it differs from another one, and the way back to it. */
export function RevisionPanel({ number, saved, revisions, against, onCompare, onRollBack }: About) {
  const t = useT();
  const [view, setView] = useState<View>('places');
  const { data, error, refetch } = useQuery(queries.revision(number));
  const others = revisions.filter((other) => other.number !== number);
  if (error) return <ErrorNotice error={toApiError(error)} title={t('history.revisionFailed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} />;
  const { revision } = data;
  return (
    <section className="card revision-panel" aria-labelledby="revision-title">
      <header className="revision-panel__head">
        <div>
          <h3 id="revision-title">{t('proxy.revision', { number })}</h3>
          <p>{revision.reason || t('history.noReason')}</p>
          <p className="muted">{t('history.by', { author: revision.author, at: formatDateTime(revision.at, t.locale) })}</p>
        </div>
        {number !== saved && (
          <Button icon="restart" onClick={onRollBack}>
            {t('history.rollBack')}
          </Button>
        )}
      </header>
      <div className="revision-panel__tools">
        <SelectField
          label={t('history.compare')}
          value={against === null ? '' : String(against)}
          onChange={(text) => onCompare(text === '' ? null : Number(text))}
          choices={[
            { value: '', label: t('history.before') },
            ...others.map((other) => ({
              value: String(other.number),
              label: other.number === saved ? t('history.present', { number: other.number }) : `${other.number} · ${other.reason}`,
            })),
          ]}
        />
        <Segmented<View>
          label={t('history.view')}
          value={view}
          onChange={setView}
          options={[
            { value: 'places', label: t('history.viewPlaces') },
            { value: 'text', label: t('history.viewText') },
          ]}
        />
      </div>
      <Comparison detail={data} against={against ?? (number > 1 ? number - 1 : null)} chosen={against !== null} view={view} />
    </section>
  );
}

/** The other revision is loaded only where the panel's own differences are not enough. */
function Comparison({ detail, against, chosen, view }: { detail: RevisionDetail; against: number | null; chosen: boolean; view: View }) {
  const t = useT();
  const needed = against !== null && (chosen || view === 'text');
  const { data, error, refetch } = useQuery({ ...queries.revision(against ?? 0), enabled: needed });
  if (needed && error) return <ErrorNotice error={toApiError(error)} title={t('history.revisionFailed')} onRetry={() => void refetch()} />;
  if (needed && !data) return <Skeleton rows={3} />;
  // Time goes forward in what is shown: the older one is what was there before.
  const other = needed ? data : undefined;
  const [older, newer] = other && other.revision.number > detail.revision.number ? [detail, other] : [other, detail];
  if (view === 'text') {
    return <LineDiff before={pretty(older)} after={pretty(newer)} label={t('history.viewText')} />;
  }
  const differences = chosen ? differencesOf(older?.document ?? {}, newer?.document ?? {}) : detail.differences;
  if (differences.length === 0) return <p className="muted">{t('history.same')}</p>;
  return <Differences differences={differences} />;
}

function pretty(detail: RevisionDetail | undefined): string {
  return detail ? JSON.stringify(detail.document, null, 2) : '';
}
