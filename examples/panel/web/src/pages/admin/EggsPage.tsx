import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { toApiError, type EggSummary } from '../../api';
import { queries } from '../../api/queries';
import { ErrorNotice } from '../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../components/Feedback';
import { PageHeader } from '../../components/Page';
import { useT } from '../../i18n/I18nProvider';
import { EggImport } from './EggImport';

export function EggsPage() {
  const t = useT();
  const { data: eggs, error, refetch } = useQuery(queries.eggs());
  return (
    <>
      <PageHeader title={t('eggs.title')}>
        <p className="muted">{t('eggs.lead')}</p>
      </PageHeader>
      <EggImport />
      {error && <ErrorNotice error={toApiError(error)} title={t('eggs.failed')} onRetry={() => void refetch()} />}
      {!eggs && !error && <Skeleton rows={3} tall />}
      {eggs?.length === 0 && (
        <EmptyState icon="egg" title={t('eggs.none')}>
          {t('eggs.noneText')}
        </EmptyState>
      )}
      {eggs && eggs.length > 0 && (
        <ul className="cards">
          {eggs.map((egg) => (
            <EggCard key={egg.id} egg={egg} />
          ))}
        </ul>
      )}
    </>
  );
}

function EggCard({ egg }: { egg: EggSummary }) {
  const t = useT();
  return (
    <li className="link-card" data-egg={egg.name}>
      <div className="link-card__head">
        <Link to={`/admin/eggs/${egg.id}`} className="link-card__link">
          {egg.name}
        </Link>
        <span className="tag">{egg.format}</span>
      </div>
      <p className="link-card__text">{egg.description || t('eggs.noDescription')}</p>
      <p className="link-card__foot">
        <span>{t.count('nodes.servers', egg.servers)}</span>
        {egg.author && <span>{egg.author}</span>}
      </p>
    </li>
  );
}
