import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toApiError, type Server } from '../../api';
import type { Backup, Backups } from '../../api/backups';
import { queries } from '../../api/queries';
import { Button } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Banner, EmptyState, Skeleton } from '../../components/Feedback';
import { useT } from '../../i18n/I18nProvider';
import { allows } from '../../servers/power';
import { BackupCard } from './BackupCard';
import { DeleteBackup, NewBackup, RestoreBackup } from './BackupDialogs';
import { useServerContext } from './ServerPage';

const POLL_MILLIS = 15_000;
const BUSY_POLL_MILLIS = 1_500;

export type OpenBackup = { name: 'new' } | { name: 'restore' | 'delete'; backup: Backup } | null;

/** Copies of this server's files: made, brought back, loaded down, deleted. */
export function BackupsTab() {
  const t = useT();
  const { server } = useServerContext();
  const [open, setOpen] = useState<OpenBackup>(null);
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...queries.backups(server.uuid),
    refetchInterval: ({ state }) => (state.data?.items.some(isBusy) ? BUSY_POLL_MILLIS : POLL_MILLIS),
  });
  const close = () => setOpen(null);

  if (error && !data) return <ErrorNotice error={toApiError(error)} title={t('backups.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} tall />;
  const add = <NewButton server={server} backups={data} onOpen={() => setOpen({ name: 'new' })} />;
  return (
    <>
      {data.items.length === 0 ? (
        <EmptyState
          icon="archive"
          title={t(data.offered ? 'backups.none' : 'backups.notOffered')}
          action={data.offered && add}
        >
          {data.offered ? t('backups.noneText') : t('backups.notOfferedText', { node: server.node.name })}
        </EmptyState>
      ) : (
        <>
          <header className="schedules__head">
            <div>
              <h2>{t('backups.title')}</h2>
              <p className="muted">
                {t('backups.lead', { count: data.items.filter(counts).length, limit: data.limit })}{' '}
                {t(data.place === 'store' ? 'backups.inStore' : 'backups.onNode')}
              </p>
            </div>
            {data.offered && add}
          </header>
          {!data.offered && (
            <Banner tone="warning" title={t('backups.notOffered')}>
              <p>{t('backups.notOfferedText', { node: server.node.name })}</p>
            </Banner>
          )}
          <ul className="schedules">
            {data.items.map((backup) => (
              <BackupCard key={backup.id} server={server} backup={backup} now={dataUpdatedAt} busy={data.items.some(isBusy)} onOpen={setOpen} />
            ))}
          </ul>
        </>
      )}
      {open?.name === 'new' && <NewBackup server={server} onClose={close} />}
      {open?.name === 'restore' && <RestoreBackup server={server} backup={open.backup} onClose={close} />}
      {open?.name === 'delete' && <DeleteBackup server={server} backup={open.backup} onClose={close} />}
    </>
  );
}

function NewButton({ server, backups, onOpen }: { server: Server; backups: Backups; onOpen: () => void }) {
  const t = useT();
  if (!allows(server.permissions, 'backup.create')) return null;
  const why = obstacle();
  return (
    <div className="backups__new">
      <Button variant="primary" icon="plus" disabled={why !== undefined} onClick={onOpen}>
        {t('backups.new')}
      </Button>
      {why && <p className="field__hint">{why}</p>}
    </div>
  );

  function obstacle(): string | undefined {
    if (server.status !== 'ready') return t('backups.notReady');
    if (backups.items.some(({ state }) => state === 'running' || state === 'uploaded')) return t('backups.oneAtATime');
    if (backups.items.filter(counts).length >= backups.limit) return t('backups.full');
    return undefined;
  }
}

function isBusy({ state, restoring }: Backup): boolean {
  return restoring || state === 'running' || state === 'uploaded' || state === 'deleting';
}

/** Failed ones, and those on their way out, take nobody's place. */
function counts({ state }: Backup): boolean {
  return state !== 'failed' && state !== 'deleting';
}
