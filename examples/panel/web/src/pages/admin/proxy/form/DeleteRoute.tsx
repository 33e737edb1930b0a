import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RouteCalls } from '../../../../api/proxy';
import type { Report } from '../../../../api/proxyTypes';
import { Button } from '../../../../components/Button';
import { ConfirmDialog } from '../../../../components/Dialog';
import { Card } from '../../../../components/Page';
import { useT } from '../../../../i18n/I18nProvider';

/** Takes a route away, in whatever state the document is by now: the history brings it back. */
export function DeleteRoute<R extends { id: string }>({ calls, id, title, onDeleted }: { calls: RouteCalls<R>; id: string; title: string; onDeleted: (report: Report) => void }) {
  const t = useT();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  return (
    <Card title={t('route.delete')} className="card--action card--danger">
      <p>{t('route.deleteText')}</p>
      <Button variant="danger" icon="trash" onClick={() => setAsking(true)}>
        {t('route.delete')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('route.deleteTitle', { name: title })}
          action={t('route.deleteAction')}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            const { etag } = await calls.one(id);
            const report = await calls.delete(id, etag);
            void client.invalidateQueries({ queryKey: ['proxy'] });
            onDeleted(report);
          }}
        >
          <p>{t('route.deleteWarning')}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
