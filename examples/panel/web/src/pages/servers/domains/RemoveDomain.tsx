import { useQueryClient } from '@tanstack/react-query';
import { panel, type Server } from '../../../api';
import type { ServerDomain } from '../../../api/domains';
import { queries } from '../../../api/queries';
import { ConfirmDialog } from '../../../components/Dialog';
import { useToast } from '../../../components/Toasts';
import { useT } from '../../../i18n/I18nProvider';
import { requireKept } from '../../../proxy/requireKept';

/** The question before a name stops leading here. */
export function RemoveDomain({ server, domain, onClose }: { server: Server; domain: ServerDomain; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const name = domain.domain;
  return (
    <ConfirmDialog
      title={t('domains.removeTitle', { name })}
      action={t('domains.remove')}
      onClose={onClose}
      onConfirm={async () => {
        requireKept(await panel.domains.remove(server.uuid, domain.id));
        toast(t('domains.removed', { name }));
        await client.invalidateQueries({ queryKey: queries.domains(server.uuid).queryKey });
      }}
    >
      <p>{t('domains.removeText')}</p>
    </ConfirmDialog>
  );
}
