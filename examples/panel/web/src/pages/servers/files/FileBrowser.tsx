import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toApiError, type Server } from '../../../api';
import { queries } from '../../../api/queries';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Skeleton } from '../../../components/Feedback';
import { Card } from '../../../components/Page';
import { useT } from '../../../i18n/I18nProvider';
import { allows } from '../../../servers/power';
import { DropArea } from './DropArea';
import { FileBar } from './FileBar';
import { FileList } from './FileList';
import { useUploads } from './useUploads';
import { WorkDrawer } from './WorkDrawer';

/** A directory: what is in it, and what can be done with that. */
export function FileBrowser({ server, directory }: { server: Server; directory: string }) {
  const t = useT();
  const { data, error, refetch } = useDirectory(server, directory);
  const [filter, setFilter] = useState('');
  const uploads = useUploads(server, directory, data);
  const mayCreate = allows(server.permissions, 'file.create');
  return (
    <DropArea enabled={mayCreate} onFiles={uploads.add}>
      <Card className="files">
        <FileBar server={server} directory={directory} data={data} filter={filter} onFilter={setFilter} onFiles={uploads.add} />
        <WorkDrawer server={server} jobs={data?.offers.jobs ?? false} />
        {error && <ErrorNotice error={toApiError(error)} title={t('files.failed')} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={6} />}
        {data && !data.listed && <p className="muted">{t('files.notListed')}</p>}
        {data?.listed && data.items.length === 0 && <p className="files__none muted">{t('files.none')}</p>}
        {data && data.items.length < data.total && <Loading shown={data.items.length} total={data.total} />}
        {data && data.items.length > 0 && (
          <FileList server={server} directory={directory} entries={data.items} offers={data.offers} filter={filter} />
        )}
        {uploads.question}
      </Card>
    </DropArea>
  );
}

/** A long list is shown from its beginning while the rest of it comes. */
function useDirectory(server: Server, directory: string) {
  const beginning = useQuery(queries.fileBeginning(server.uuid, directory));
  const long = beginning.data !== undefined && beginning.data.listed && beginning.data.items.length < beginning.data.total;
  const whole = useQuery({ ...queries.files(server.uuid, directory), enabled: long });
  const refetch = () => Promise.all([beginning.refetch(), ...(long ? [whole.refetch()] : [])]);
  return { data: (long ? whole.data : undefined) ?? beginning.data, error: beginning.error ?? whole.error, refetch };
}

function Loading({ shown, total }: { shown: number; total: number }) {
  const t = useT();
  const numbers = new Intl.NumberFormat(t.locale);
  return (
    <p className="muted" role="status">
      {t('files.loadingAll', { shown: numbers.format(shown), total: numbers.format(total) })}
    </p>
  );
}
