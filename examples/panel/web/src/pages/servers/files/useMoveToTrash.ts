import { useMutation, useQueryClient } from '@tanstack/react-query';
import { panel, toApiError, type ApiError, type Server } from '../../../api';
import type { FileEntry } from '../../../api/files';
import { queries } from '../../../api/queries';
import { useToast } from '../../../components/Toasts';
import { useT } from '../../../i18n/I18nProvider';

/** Deletes files, and offers for a moment to take it back. What the trash cannot hold is handed on, to be asked about. */
export function useMoveToTrash(
  server: Server,
  directory: string,
  onTooMuch: (files: readonly FileEntry[]) => void,
): { move: (files: readonly FileEntry[]) => void; error: ApiError | null } {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const refresh = () => client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) });
  const restore = async (ids: readonly string[]) => {
    try {
      const { refused } = await panel.files.restore(server.uuid, ids);
      toast(refused.length === 0 ? t('files.restored') : t.count('trash.refused', refused.length));
    } catch {
      toast(t('files.notRestored'));
    }
    await refresh();
  };
  const deletion = useMutation({
    mutationFn: (files: readonly FileEntry[]) =>
      panel.files.moveToTrash(
        server.uuid,
        directory,
        files.map(({ name }) => name),
      ),
    onSuccess: (ids) => toast(t.count('files.deleted', ids.length), { label: t('files.undo'), run: () => void restore(ids) }),
    onError: (thrown, files) => {
      if (toApiError(thrown).code === 'validation') onTooMuch(files);
    },
    onSettled: refresh,
  });
  const error = deletion.error ? toApiError(deletion.error) : null;
  return {
    move: (files) => {
      if (files.length > 0 && !deletion.isPending) deletion.mutate(files);
    },
    error: error?.code === 'validation' ? null : error,
  };
}
