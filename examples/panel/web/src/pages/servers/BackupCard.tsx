import { useMutation, useQueryClient } from '@tanstack/react-query';
import { panel, toApiError, type Server } from '../../api';
import type { Backup } from '../../api/backups';
import { queries } from '../../api/queries';
import { Button, IconButton } from '../../components/Button';
import { CopyButton } from '../../components/Copy';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Icon } from '../../components/Icon';
import { Facts } from '../../components/Page';
import { Badge } from '../../components/Status';
import { useToast } from '../../components/Toasts';
import { formatBytes, formatDateTime, formatDuration } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import type { Translator } from '../../i18n/translate';
import { allows } from '../../servers/power';
import type { OpenBackup } from './BackupsTab';

const STATES = {
  running: ['busy', 'backup.running'],
  uploaded: ['busy', 'backup.uploaded'],
  complete: ['good', 'backup.complete'],
  failed: ['bad', 'backup.failed'],
  deleting: ['busy', 'backup.deleting'],
} as const;

interface Props {
  server: Server;
  backup: Backup;
  /** Whether something is being done with one of the server's backups. */
  busy: boolean;
  onOpen: (open: OpenBackup) => void;
}

/** A backup in a list: what is in it, how far it is, and what can be done with it. */
export function BackupCard({ now, ...props }: Props & { now: number }) {
  const t = useT();
  const { backup } = props;
  const [tone, key] = backup.restoring ? (['busy', 'backup.restoring'] as const) : STATES[backup.state];
  const working = backup.restoring || backup.state === 'running' || backup.state === 'uploaded';
  return (
    <li className="card schedule backup" data-backup={backupName(backup, t)} data-state={backup.restoring ? 'restoring' : backup.state}>
      <div className="schedule__words">
        <h3>
          {backupName(backup, t)} <Badge tone={tone}>{t(key)}</Badge>
          {backup.locked && <Badge tone="idle">{t('backup.locked')}</Badge>}
        </h3>
        <p className="muted">{t(backup.place === 'store' ? 'backup.inStore' : 'backup.onNode')}</p>
        {backup.ignoredFiles.length > 0 && (
          <p className="muted">
            {t('backup.without')} <code>{backup.ignoredFiles.join(', ')}</code>
          </p>
        )}
        {backup.reason && <p className="run__error">{backup.reason}</p>}
      </div>
      <Facts
        items={[
          [t('backup.created'), formatDateTime(backup.createdAt, t.locale)],
          [t('backup.size'), backup.sizeBytes > 0 ? formatBytes(backup.sizeBytes, t.locale) : '–'],
          ...(backup.checksum ? [[t('backup.checksum'), <Checksum key="checksum" text={backup.checksum} />] as const] : []),
        ]}
      />
      {working && (
        <div className="backup__progress">
          <progress aria-label={t(key)} />
          {!backup.restoring && <span className="muted">{t('backup.since', { time: formatDuration(now - Date.parse(backup.createdAt), t) })}</span>}
        </div>
      )}
      <Actions {...props} />
    </li>
  );
}

function Checksum({ text }: { text: string }) {
  const t = useT();
  return (
    <span className="backup__checksum">
      <code title={text}>{text}</code>
      <CopyButton text={text} label={t('action.copyNamed', { name: t('backup.checksum') })} />
    </span>
  );
}

function Actions({ server, backup, busy, onOpen }: Props) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const name = backupName(backup, t);
  const may = (permission: string) => allows(server.permissions, permission);
  const lock = useMutation({
    mutationFn: () => panel.backups.lock(server.uuid, backup.id, !backup.locked),
    onSuccess: () => toast(t(backup.locked ? 'backup.unlockedNow' : 'backup.lockedNow', { name })),
    onSettled: () => client.invalidateQueries({ queryKey: queries.backups(server.uuid).queryKey }),
  });
  const complete = backup.state === 'complete';
  const idle = complete || backup.state === 'failed';
  if (!idle || backup.restoring) return null;
  return (
    <div className="schedule__actions" role="group" aria-label={t('backup.actions', { name })}>
      {complete && may('backup.restore') && (
        <Button small icon="restart" disabled={busy || server.status !== 'ready'} onClick={() => onOpen({ name: 'restore', backup })}>
          {t('backup.restore')}
        </Button>
      )}
      {complete && may('backup.download') && (
        <a className="button button--quiet button--small" href={panel.backups.downloadUrl(server.uuid, backup.id)} download>
          <Icon name="down" size={16} />
          <span className="button__text">{t('backup.download')}</span>
        </a>
      )}
      {may('backup.delete') && (
        <Button small variant="quiet" icon={backup.locked ? 'unlock' : 'lock'} busy={lock.isPending} onClick={() => lock.mutate()}>
          {t(backup.locked ? 'backup.unlock' : 'backup.lock')}
        </Button>
      )}
      {may('backup.delete') && !backup.locked && (
        <IconButton icon="trash" label={t('backup.delete', { name })} onClick={() => onOpen({ name: 'delete', backup })} />
      )}
      {lock.error && <ErrorNotice error={toApiError(lock.error)} title={t('schedule.failed')} />}
    </div>
  );
}

/** What people call a backup, or when it was made. */
export function backupName(backup: Backup, t: Translator): string {
  return backup.name || t('backup.unnamed', { time: formatDateTime(backup.createdAt, t.locale) });
}
