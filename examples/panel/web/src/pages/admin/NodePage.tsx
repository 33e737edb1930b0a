import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { panel, toApiError, type Node } from '../../api';
import { queries } from '../../api/queries';
import { Button } from '../../components/Button';
import { ConfirmDialog } from '../../components/Dialog';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Banner, Skeleton } from '../../components/Feedback';
import { Card, Facts, PageHeader } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { useT } from '../../i18n/I18nProvider';
import { NotFoundPage } from '../NotFoundPage';
import { Allocations } from './Allocations';
import { Enrolment } from './Enrolment';
import { NodeBadge } from './NodesPage';

const REFRESH_MILLIS = 5_000;

export function NodePage() {
  const t = useT();
  const id = Number(useParams()['id']);
  const { data: node, error, refetch } = useQuery({ ...queries.node(id), refetchInterval: REFRESH_MILLIS });
  if (!Number.isInteger(id) || (error && toApiError(error).status === 404)) return <NotFoundPage />;
  if (!node) {
    return (
      <>
        <PageHeader title={t('node.title')} parent={{ to: '/admin/nodes', label: t('nav.nodes') }} />
        {error ? (
          <ErrorNotice error={toApiError(error)} title={t('node.failed')} onRetry={() => void refetch()} />
        ) : (
          <Skeleton rows={3} tall />
        )}
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={node.name}
        parent={{ to: '/admin/nodes', label: t('nav.nodes') }}
        badge={<NodeBadge node={node} />}
      />
      <NodeBanner node={node} />
      <div className="settings">
        <Card title={t('node.details')}>
          <Facts
            items={[
              [t('nodes.url'), <code key="url">{node.url}</code>],
              [t('node.version'), node.version ?? t('common.unknown')],
              [t('node.servers'), String(node.servers)],
              [t('node.id'), String(node.id)],
              ...(node.certificate
                ? [[t('node.certificate'), <code key="certificate">{node.certificate}</code>] as const]
                : []),
            ]}
          />
        </Card>
        <Enrolment node={node} />
        <Allocations nodeId={node.id} />
        <DeleteNode node={node} />
      </div>
    </>
  );
}

function NodeBanner({ node }: { node: Node }) {
  const t = useT();
  if (!node.enrolled) {
    return (
      <Banner tone="info" title={t('node.enrolFirst')}>
        <p>{t('node.enrolFirstText')}</p>
      </Banner>
    );
  }
  if (node.reachable) return null;
  return (
    <Banner tone="warning" title={t('node.unreachable')}>
      <p>{t('node.unreachableText', { url: node.url })}</p>
      {node.lastError && <p className="notice__detail">{node.lastError}</p>}
    </Banner>
  );
}

function DeleteNode({ node }: { node: Node }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  return (
    <Card title={t('node.delete')} className="card--action card--danger">
      <p>{node.servers > 0 ? t('node.deleteInUse') : t('node.deleteText')}</p>
      <Button variant="danger" icon="trash" disabled={node.servers > 0} onClick={() => setAsking(true)}>
        {t('node.deleteAction')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('node.deleteTitle', { name: node.name })}
          action={t('node.deleteAction')}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await panel.deleteNode(node.id);
            client.removeQueries({ queryKey: queries.node(node.id).queryKey });
            void client.invalidateQueries({ queryKey: queries.nodes().queryKey, exact: true });
            toast(t('node.deleted', { name: node.name }));
            void navigate('/admin/nodes');
          }}
        >
          <p>{t('node.deleteWarning')}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
