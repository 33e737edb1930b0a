import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { toApiError, type Node } from '../../api';
import { queries } from '../../api/queries';
import { ButtonLink } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../components/Feedback';
import { PageHeader } from '../../components/Page';
import { Badge } from '../../components/Status';
import { useT } from '../../i18n/I18nProvider';

const REFRESH_MILLIS = 10_000;

export function NodesPage() {
  const t = useT();
  const { data: nodes, error, refetch } = useQuery({ ...queries.nodes(), refetchInterval: REFRESH_MILLIS });
  const create = (
    <ButtonLink to="/admin/nodes/new" variant="primary" icon="plus">
      {t('nodes.new')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t('nodes.title')} actions={nodes && nodes.length > 0 && create}>
        <p className="muted">{t('nodes.lead')}</p>
      </PageHeader>
      {error && <ErrorNotice error={toApiError(error)} title={t('nodes.failed')} onRetry={() => void refetch()} />}
      {!nodes && !error && <Skeleton rows={3} tall />}
      {nodes?.length === 0 && (
        <EmptyState icon="nodes" title={t('nodes.none')} action={create}>
          {t('nodes.noneText')}
        </EmptyState>
      )}
      {nodes && nodes.length > 0 && (
        <ul className="cards">
          {nodes.map((node) => (
            <NodeCard key={node.id} node={node} />
          ))}
        </ul>
      )}
    </>
  );
}

function NodeCard({ node }: { node: Node }) {
  const t = useT();
  return (
    <li className="link-card" data-node={node.name}>
      <div className="link-card__head">
        <Link to={`/admin/nodes/${node.id}`} className="link-card__link">
          {node.name}
        </Link>
        <NodeBadge node={node} />
      </div>
      <code className="link-card__sub">{node.url}</code>
      <p className="link-card__foot">
        <span>{t.count('nodes.servers', node.servers)}</span>
        <span>{t('nodes.allocationsUsed', { used: node.allocations.used, total: node.allocations.total })}</span>
      </p>
    </li>
  );
}

export function NodeBadge({ node }: { node: Node }) {
  const t = useT();
  if (!node.enrolled) return <Badge tone="busy">{t('node.notEnrolled')}</Badge>;
  return node.reachable ? <Badge tone="good">{t('node.online')}</Badge> : <Badge tone="bad">{t('node.offline')}</Badge>;
}
