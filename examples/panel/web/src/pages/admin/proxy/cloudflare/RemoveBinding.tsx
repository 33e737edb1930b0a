import { useQueryClient } from '@tanstack/react-query';
import { panel } from '../../../../api';
import { ConfirmDialog } from '../../../../components/Dialog';
import { useToast } from '../../../../components/Toasts';
import { useT } from '../../../../i18n/I18nProvider';
import { requireKept } from '../../../../proxy/requireKept';

/** The question before an account is forgotten. Its name is typed first: names stop leading here. */
export function RemoveBinding({ id, etag, onClose }: { id: string; etag: string; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  return (
    <ConfirmDialog
      title={t('cf.deleteTitle', { id })}
      action={t('cf.delete')}
      confirmText={id}
      onClose={onClose}
      onConfirm={async () => {
        requireKept(await panel.cloudflare.remove(id, etag));
        toast(t('cf.deleted', { id }));
        await client.invalidateQueries({ queryKey: ['proxy'] });
      }}
    >
      <p>{t('cf.deleteText')}</p>
    </ConfirmDialog>
  );
}
