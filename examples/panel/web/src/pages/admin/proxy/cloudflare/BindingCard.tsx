import { useMutation, useQueryClient } from '@tanstack/react-query';
import { panel, toApiError } from '../../../../api';
import type { Binding } from '../../../../api/cloudflare';
import { queries } from '../../../../api/queries';
import { Button, IconButton } from '../../../../components/Button';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Facts } from '../../../../components/Page';
import { Badge } from '../../../../components/Status';
import { useToast } from '../../../../components/Toasts';
import { useT } from '../../../../i18n/I18nProvider';
import { shownBinding, toneOfBinding, tunnelNameOf } from '../../../../proxy/cloudflare';
import type { OpenBinding } from '../CloudflarePage';
import { BindingNotice } from './BindingNotice';
import { ConnectorRow } from './ConnectorRow';
import { HostTable } from './HostTable';
import { ZoneList } from './ZoneList';

export interface About {
  item: Binding;
  /** When the panel was asked. */
  now: number;
  onOpen: (open: OpenBinding) => void;
}

/** One account with its tunnel: how far it is, what is in the way, and what can be done. */
export function BindingCard({ item, now, onOpen }: About) {
  const t = useT();
  const { binding, status } = item;
  const state = shownBinding(item);
  return (
    <li className="card binding" data-binding={binding.id} data-state={state}>
      <header className="binding__head">
        <div className="binding__words">
          <h3>
            {binding.id}
            <Badge tone={toneOfBinding(state)}>{t(`cfState.${state}`)}</Badge>
          </h3>
          {status?.doneRevision && <p className="muted">{t('cf.doneRevision', { number: status.doneRevision })}</p>}
        </div>
        <div className="binding__tools">
          <SyncButton id={binding.id} />
          <Button small icon="search" onClick={() => onOpen({ name: 'plan', item })}>
            {t('cf.plan')}
          </Button>
          <Button small icon="edit" onClick={() => onOpen({ name: 'edit', item })}>
            {t('cf.edit')}
          </Button>
          <IconButton icon="trash" label={t('cf.deleteNamed', { id: binding.id })} onClick={() => onOpen({ name: 'remove', item })} />
        </div>
      </header>
      <BindingNotice item={item} now={now} onOpen={onOpen} />
      <div className="binding__parts">
        <section className="binding__part">
          <h4>{t('cf.connector')}</h4>
          <ConnectorRow id={binding.id} connector={item.connector} onStop={() => onOpen({ name: 'stop', item })} />
        </section>
        <section className="binding__part">
          <h4>{t('cf.account')}</h4>
          <Facts
            items={[
              [t('cf.tunnel'), <TunnelName key="t" item={item} />],
              [t('cf.proxyUrl'), <code key="p">{binding.proxyUrl ?? ''}</code>],
              [t('cf.recordsShort'), t(`cfDns.${binding.dns ?? 'owned'}`)],
              [t('cf.accountId'), <code key="a">{binding.accountId}</code>],
            ]}
          />
          {item.tokenKnown && <ZoneList id={binding.id} />}
        </section>
      </div>
      {status && <HostTable status={status} />}
    </li>
  );
}

function TunnelName({ item: { binding } }: { item: Binding }) {
  const t = useT();
  return (
    <>
      <code>{tunnelNameOf(binding)}</code>
      {binding.exclusive && <span className="tag">{t('cf.exclusiveShort')}</span>}
    </>
  );
}

/** Brings Cloudflare to what is saved, now, and says how that went. */
function SyncButton({ id }: { id: string }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const sync = useMutation({
    mutationFn: () => panel.cloudflare.sync(id),
    onSuccess: (status) => toast(t(status.state === 'DONE' ? 'cf.synced' : 'cf.syncNotDone', { id })),
    onSettled: () => client.invalidateQueries({ queryKey: queries.bindings().queryKey }),
  });
  return (
    <>
      <Button small icon="restart" busy={sync.isPending} onClick={() => sync.mutate()}>
        {t('cf.syncShort')}
      </Button>
      {sync.error && <ErrorNotice error={toApiError(sync.error)} title={t('cf.notSynced')} />}
    </>
  );
}
