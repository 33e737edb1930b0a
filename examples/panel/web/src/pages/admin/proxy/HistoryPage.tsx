import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { panel, toApiError } from '../../../api';
import type { Report } from '../../../api/proxyTypes';
import { Button } from '../../../components/Button';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../../components/Feedback';
import { useT } from '../../../i18n/I18nProvider';
import { RevisionPanel } from './history/RevisionPanel';
import { RevisionList } from './history/RevisionList';
import { RollBackDialog } from './history/RollBackDialog';
import { useProxyContext } from './ProxyPage';
import { ReportNotice } from './ReportNotice';

const PAGE = 50;

/** What the proxy's document was before: who changed what, and why; and the way back. */
export function HistoryPage() {
  const t = useT();
  const { state } = useProxyContext();
  const [search, setSearch] = useSearchParams();
  const [asking, setAsking] = useState(false);
  const [report, setReport] = useState<Report | null>(null);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['proxy', 'history', state.saved.number],
    queryFn: ({ pageParam, signal }) =>
      panel.proxy.revisions({ limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) }, signal),
    // What somebody is asked about stays while the list is read again.
    placeholderData: keepPreviousData,
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.number),
  });
  if (error && !data) return <ErrorNotice error={toApiError(error)} title={t('history.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} tall />;
  const revisions = data.pages.flat();
  const newest = revisions[0];
  if (!newest) {
    return (
      <EmptyState icon="history" title={t('history.none')}>
        {t('history.noneText')}
      </EmptyState>
    );
  }
  const chosen = numberIn(search, 'revision') ?? newest.number;
  return (
    <>
      <header className="schedules__head">
        <div>
          <h2>{t('history.title')}</h2>
          <p className="muted">{t('history.lead')}</p>
        </div>
      </header>
      {report && <ReportNotice report={report} />}
      <div className="history">
        <div className="history__list">
          <RevisionList revisions={revisions} chosen={chosen} saved={state.saved.number} running={state.engine.revision} />
          {hasNextPage && (
            <Button small busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('history.older')}
            </Button>
          )}
        </div>
        <RevisionPanel
          key={chosen}
          number={chosen}
          saved={state.saved.number}
          revisions={revisions}
          against={numberIn(search, 'with')}
          onCompare={(number) => setSearch({ revision: String(chosen), ...(number === null ? {} : { with: String(number) }) }, { replace: true })}
          onRollBack={() => setAsking(true)}
        />
      </div>
      {asking && (
        <RollBackDialog
          number={chosen}
          onClose={() => setAsking(false)}
          onDone={(done) => {
            setReport(done);
            setAsking(false);
            setSearch({}, { replace: true });
          }}
        />
      )}
    </>
  );
}

function numberIn(search: URLSearchParams, name: string): number | null {
  const text = search.get(name) ?? '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
