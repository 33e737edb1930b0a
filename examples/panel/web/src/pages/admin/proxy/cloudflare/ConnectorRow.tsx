import { useMutation, useQueryClient } from '@tanstack/react-query';
import { panel, toApiError } from '../../../../api';
import type { Connector } from '../../../../api/cloudflare';
import { queries } from '../../../../api/queries';
import { Button } from '../../../../components/Button';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Badge } from '../../../../components/Status';
import { useToast } from '../../../../components/Toasts';
import { useT } from '../../../../i18n/I18nProvider';
import { shownConnector, toneOfConnector } from '../../../../proxy/cloudflare';

/** The program that connects the tunnel: how it is, and its switch. */
export function ConnectorRow({ id, connector, onStop }: { id: string; connector: Connector; onStop: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const start = useMutation({
    mutationFn: () => panel.cloudflare.startConnector(id),
    onSuccess: () => toast(t('cf.connectorStarting')),
    onSettled: () => client.invalidateQueries({ queryKey: queries.bindings().queryKey }),
  });
  const state = shownConnector(connector);
  return (
    <div className="connector" data-connector={state}>
      <div className="connector__line">
        <Badge tone={toneOfConnector(state)}>{t(`cfConnector.${state}`)}</Badge>
        {state === 'ready' && <span>{t.count('cf.connections', connector.connections)}</span>}
        {connector.running && connector.configVersion != null && (
          <span className="muted">{t('cf.version', { version: connector.configVersion })}</span>
        )}
        {state === 'ended' && <span>{t('cf.exitCode', { code: connector.exitCode ?? 0 })}</span>}
      </div>
      <p className="muted">{t(`cfConnectorText.${state}`)}</p>
      {connector.said && <p>{connector.said}</p>}
      {start.error && <ErrorNotice error={toApiError(start.error)} title={t('cf.connectorFailed')} />}
      {state !== 'elsewhere' && (
        <div className="connector__line">
          {connector.running ? (
            <Button small icon="stop" onClick={onStop}>
              {t('cf.connectorStop')}
            </Button>
          ) : (
            <Button small icon="play" busy={start.isPending} onClick={() => start.mutate()}>
              {t('cf.connectorStart')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
