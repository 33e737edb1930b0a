import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { panel, toApiError, type PowerAction, type Server } from '../../api';
import { Button } from '../../components/Button';
import { ConfirmDialog } from '../../components/Dialog';
import { ErrorNotice } from '../../components/ErrorNotice';
import type { IconName } from '../../components/Icon';
import { useToast } from '../../components/Toasts';
import { useT } from '../../i18n/I18nProvider';
import { allows, POWER_PERMISSION, powerPossible } from '../../servers/power';

const ACTIONS: readonly { action: PowerAction; icon: IconName }[] = [
  { action: 'start', icon: 'play' },
  { action: 'restart', icon: 'restart' },
  { action: 'stop', icon: 'stop' },
  { action: 'kill', icon: 'kill' },
];

export function PowerButtons({ server }: { server: Server }) {
  const t = useT();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const power = useMutation({
    mutationFn: (action: PowerAction) => panel.power(server.uuid, action),
    onSuccess: (_, action) => toast(t(`power.${action}.sent`)),
  });

  return (
    <div className="power" role="group" aria-label={t('power.label')}>
      <div className="power__buttons">
        {ACTIONS.filter(({ action }) => allows(server.permissions, POWER_PERMISSION[action])).map(({ action, icon }) => (
          <Button
            key={action}
            icon={icon}
            variant={action === 'start' ? 'primary' : action === 'kill' ? 'danger' : 'secondary'}
            disabled={!powerPossible(server, action)}
            busy={power.isPending && power.variables === action}
            onClick={() => (action === 'kill' ? setAsking(true) : power.mutate(action))}
          >
            {t(`power.${action}`)}
          </Button>
        ))}
      </div>
      {power.error && <ErrorNotice error={toApiError(power.error)} title={t('power.failed')} />}
      {asking && (
        <ConfirmDialog
          title={t('power.kill.title', { name: server.name })}
          action={t('power.kill')}
          onClose={() => setAsking(false)}
          onConfirm={() => power.mutateAsync('kill')}
        >
          <p>{t('power.kill.text')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
