import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { panel } from '../../api';
import { queries } from '../../api/queries';
import { Button } from '../../components/Button';
import { ConfirmDialog } from '../../components/Dialog';
import { Card, Facts } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { formatAddress, formatDateTime, formatMebibytes, formatPercent } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import { allows } from '../../servers/power';
import { useUser } from '../../session/SessionProvider';
import { useServerContext } from './ServerPage';

export function SettingsTab() {
  const t = useT();
  const { server } = useServerContext();
  const { admin } = useUser();
  const limit = (mebibytes: number) => (mebibytes > 0 ? formatMebibytes(mebibytes, t.locale) : t('usage.unlimited'));

  return (
    <div className="settings">
      <Card title={t('settings.details')}>
        <Facts
          items={[
            [t('settings.description'), server.description || t('common.none')],
            [t('settings.egg'), server.egg.name],
            [t('settings.node'), server.node.name],
            [t('settings.address'), <code key="a">{server.allocation ? formatAddress(server.allocation) : t('common.none')}</code>],
            [t('settings.image'), <code key="i">{server.image}</code>],
            [t('settings.created'), formatDateTime(server.createdAt, t.locale)],
            [t('settings.uuid'), <code key="u">{server.uuid}</code>],
          ]}
        />
      </Card>
      <Card title={t('settings.limits')}>
        <Facts
          items={[
            [t('limits.memory'), limit(server.limits.memoryMebibytes)],
            [t('limits.swap'), swapText(server.limits.swapMebibytes, limit, t('limits.noSwap'), t('usage.unlimited'))],
            [t('limits.disk'), limit(server.limits.diskMebibytes)],
            [
              t('limits.cpu'),
              server.limits.cpuPercent > 0 ? formatPercent(server.limits.cpuPercent, t.locale) : t('usage.unlimited'),
            ],
          ]}
        />
      </Card>
      {allows(server.permissions, 'settings.reinstall') && <Reinstall />}
      {admin && <Delete />}
    </div>
  );
}

function swapText(mebibytes: number, limit: (m: number) => string, none: string, unlimited: string): string {
  if (mebibytes === 0) return none;
  return mebibytes < 0 ? unlimited : limit(mebibytes);
}

function Reinstall() {
  const t = useT();
  const { server } = useServerContext();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const busy = server.status === 'installing' || server.status === 'creating' || server.status === 'deleting';
  return (
    <Card title={t('settings.reinstall')} className="card--action">
      <p>{t('settings.reinstallText')}</p>
      <Button icon="restart" disabled={busy} onClick={() => setAsking(true)}>
        {t('settings.reinstallAction')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('settings.reinstallTitle', { name: server.name })}
          action={t('settings.reinstallConfirm')}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await panel.reinstall(server.uuid);
            toast(t('settings.reinstallSent'));
            await client.invalidateQueries({ queryKey: queries.server(server.uuid).queryKey });
            void navigate(`/servers/${server.uuid}`);
          }}
        >
          <p>{t('settings.reinstallWarning')}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}

function Delete() {
  const t = useT();
  const { server } = useServerContext();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  return (
    <Card title={t('settings.delete')} className="card--action card--danger">
      <p>{t('settings.deleteText')}</p>
      <Button variant="danger" icon="trash" disabled={server.status === 'deleting'} onClick={() => setAsking(true)}>
        {t('settings.deleteAction')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('settings.deleteTitle', { name: server.name })}
          action={t('settings.deleteConfirm')}
          confirmText={server.name}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await panel.deleteServer(server.uuid);
            toast(t('settings.deleteSent', { name: server.name }));
            void client.invalidateQueries({ queryKey: queries.servers().queryKey });
            void navigate('/servers');
          }}
        >
          <p>{t('settings.deleteWarning')}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
