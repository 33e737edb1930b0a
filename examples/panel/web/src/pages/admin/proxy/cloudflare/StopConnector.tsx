import { useQueryClient } from '@tanstack/react-query';
import { panel } from '../../../../api';
import { queries } from '../../../../api/queries';
import { ConfirmDialog } from '../../../../components/Dialog';
import { useToast } from '../../../../components/Toasts';
import { useT } from '../../../../i18n/I18nProvider';

/** The question before a tunnel loses its connector. */
export function StopConnector({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  return (
    <ConfirmDialog
      title={t('cf.connectorStopTitle', { id })}
      action={t('cf.connectorStop')}
      onClose={onClose}
      onConfirm={async () => {
        await panel.cloudflare.stopConnector(id);
        toast(t('cf.connectorStopped'));
        await client.invalidateQueries({ queryKey: queries.bindings().queryKey });
      }}
    >
      <p>{t('cf.connectorStopText')}</p>
    </ConfirmDialog>
  );
}
