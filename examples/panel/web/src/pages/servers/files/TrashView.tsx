import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { panel, toApiError, type Server } from '../../../api';
import type { TrashItem } from '../../../api/files';
import { queries } from '../../../api/queries';
import { Button } from '../../../components/Button';
import { ConfirmDialog } from '../../../components/Dialog';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../../components/Feedback';
import { Icon } from '../../../components/Icon';
import { Card } from '../../../components/Page';
import { useToast } from '../../../components/Toasts';
import { formatBytes, formatDateTime } from '../../../i18n/format';
import { useT } from '../../../i18n/I18nProvider';

/** More are not drawn: whoever has so many empties it. */
const SHOWN = 300;

/** What was deleted: to be brought back, or to go for good. */
export function TrashView({ server, onClose }: { server: Server; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const [asked, setAsked] = useState<TrashItem | 'all' | null>(null);
  const { data, error, refetch } = useQuery(queries.trash(server.uuid));
  const refresh = () => client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) });
  const restore = useMutation({
    mutationFn: (item: TrashItem) => panel.files.restore(server.uuid, [item.id]),
    onSuccess: ({ refused }) => toast(refused.length === 0 ? t('files.restored') : t.count('trash.refused', refused.length)),
    onSettled: refresh,
  });
  const remove = async (which: TrashItem | 'all') => {
    if (which === 'all') await panel.files.emptyTrash(server.uuid);
    else await panel.files.deleteFromTrash(server.uuid, [which.id]);
    await refresh();
  };
  return (
    <Card className="files">
      <div className="files__bar">
        <h2 className="files__title">{t('files.trash')}</h2>
        <div className="files__buttons">
          <Button small icon="up" onClick={onClose}>
            {t('trash.back')}
          </Button>
          {data && data.length > 0 && (
            <Button small variant="danger" icon="trash" onClick={() => setAsked('all')}>
              {t('trash.empty')}
            </Button>
          )}
        </div>
      </div>
      {error && <ErrorNotice error={toApiError(error)} title={t('trash.failed')} onRetry={() => void refetch()} />}
      {restore.error && <ErrorNotice error={toApiError(restore.error)} title={t('files.notRestored')} />}
      {!data && !error && <Skeleton rows={4} />}
      {data?.length === 0 && (
        <EmptyState icon="trash" title={t('trash.none')}>
          {t('trash.noneText')}
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <>
          <p className="muted">{t('trash.text')}</p>
          <ul className="trash">
            {data.slice(0, SHOWN).map((item) => (
              <Item key={item.id} item={item} onRestore={() => restore.mutate(item)} onDelete={() => setAsked(item)} />
            ))}
          </ul>
          {data.length > SHOWN && <p className="muted">{t.count('files.more', data.length - SHOWN)}</p>}
        </>
      )}
      {asked && (
        <ConfirmDialog
          title={asked === 'all' ? t('trash.emptyTitle') : t.count('files.deleteTitle', 1)}
          action={t('trash.deleteForGood')}
          onClose={() => setAsked(null)}
          onConfirm={() => remove(asked)}
        >
          {asked !== 'all' && (
            <p>
              <code>{asked.path}</code>
            </p>
          )}
          <p>{t('files.deleteText')}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

function Item({ item, onRestore, onDelete }: { item: TrashItem; onRestore: () => void; onDelete: () => void }) {
  const t = useT();
  return (
    <li className="trash__item" data-trash={item.path}>
      <Icon name={item.directory ? 'folder' : 'document'} />
      <div className="trash__words">
        <span className="trash__path">{item.path}</span>
        <span className="muted">
          {formatDateTime(item.deletedAt, t.locale)}
          {!item.directory && ` · ${formatBytes(item.sizeBytes, t.locale)}`}
        </span>
      </div>
      <Button small icon="restart" aria-label={t('trash.restoreNamed', { name: item.path })} onClick={onRestore}>
        {t('trash.restore')}
      </Button>
      <Button small variant="quiet" icon="trash" aria-label={t('trash.deleteNamed', { name: item.path })} onClick={onDelete}>
        {t('files.do.delete')}
      </Button>
    </li>
  );
}
