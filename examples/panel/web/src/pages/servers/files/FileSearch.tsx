import { useQuery } from '@tanstack/react-query';
import { toApiError, type Server } from '../../../api';
import { queries } from '../../../api/queries';
import { Button } from '../../../components/Button';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Skeleton } from '../../../components/Feedback';
import { Card } from '../../../components/Page';
import { useT } from '../../../i18n/I18nProvider';
import { Crumbs } from './FileBar';
import { FileList } from './FileList';
import { WorkDrawer } from './WorkDrawer';

/** What was found below a directory. Everything that can be done in a directory can be done with it. */
export function FileSearch({
  server,
  directory,
  pattern,
  onClose,
}: {
  server: Server;
  directory: string;
  pattern: string;
  onClose: () => void;
}) {
  const t = useT();
  const { data, error, refetch } = useQuery(queries.fileSearch(server.uuid, directory, pattern));
  const listed = useQuery(queries.files(server.uuid, directory));
  const offers = listed.data?.offers;
  const failed = error ?? listed.error;
  const again = () => void Promise.all([refetch(), listed.refetch()]);
  return (
    <Card className="files">
      <div className="files__bar">
        <Crumbs server={server} directory={directory} current={t('files.found', { pattern })} />
        <Button small icon="close" onClick={onClose}>
          {t('files.endSearch')}
        </Button>
      </div>
      <WorkDrawer server={server} jobs={offers?.jobs ?? false} />
      {failed && <ErrorNotice error={toApiError(failed)} title={t('files.searchFailed')} onRetry={again} />}
      {!(data && offers) && !failed && <Skeleton rows={4} />}
      {data?.length === 0 && <p className="files__none muted">{t('files.nothingFound')}</p>}
      {data && data.length > 0 && offers && (
        <FileList server={server} directory="/" entries={data} offers={offers} filter="" />
      )}
    </Card>
  );
}
