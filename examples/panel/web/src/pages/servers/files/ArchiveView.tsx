import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toApiError, type Server } from '../../../api';
import type { ArchiveListing } from '../../../api/files';
import { queries } from '../../../api/queries';
import { Button } from '../../../components/Button';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Skeleton } from '../../../components/Feedback';
import { Card } from '../../../components/Page';
import { useT } from '../../../i18n/I18nProvider';
import { inside } from '../../../servers/paths';
import { allows } from '../../../servers/power';
import { ArchiveCrumbs, type ArchivePlace } from './ArchiveCrumbs';
import { Unpack } from './ArchiveDialogs';
import { ArchiveText } from './ArchiveText';
import { EntryRow } from './EntryRow';
import { WorkDrawer } from './WorkDrawer';

/** What is in an archive, without unpacking it: its directories, and its files to be looked at or kept. */
export function ArchiveView({ server, place, onClose }: { server: Server; place: ArchivePlace; onClose: () => void }) {
  const t = useT();
  const [unpacking, setUnpacking] = useState(false);
  const { data } = useQuery(queries.fileBeginning(server.uuid, place.directory));
  const offers = data?.offers;
  return (
    <Card className="files">
      <div className="files__bar">
        <ArchiveCrumbs server={server} place={place} />
        <div className="files__buttons">
          {offers?.archives && allows(server.permissions, 'file.archive') && (
            <Button small icon="folder" onClick={() => setUnpacking(true)}>
              {t('files.do.unpack')}
            </Button>
          )}
          <Button small icon="close" onClick={onClose}>
            {t('action.close')}
          </Button>
        </div>
      </div>
      <WorkDrawer server={server} jobs={offers?.jobs ?? false} />
      {offers && !offers.archiveEntries && <p className="files__none muted">{t('archive.notOffered')}</p>}
      {offers?.archiveEntries && place.entry !== null && <ArchiveText key={place.entry} server={server} place={place} entry={place.entry} />}
      {offers?.archiveEntries && place.entry === null && <Entries key={place.inside} server={server} place={place} />}
      {unpacking && (
        <Unpack
          server={server}
          directory={place.directory}
          file={{ name: place.archive }}
          jobs={offers?.jobs ?? false}
          onClose={() => setUnpacking(false)}
        />
      )}
    </Card>
  );
}

function Entries({ server, place }: { server: Server; place: ArchivePlace }) {
  const t = useT();
  const path = inside(place.directory, place.archive);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    queries.archive(server.uuid, path, place.inside),
  );
  const last = data?.pages.at(-1);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {error && <ErrorNotice error={toApiError(error)} title={t('archive.failed')} onRetry={() => void refetch()} />}
      {!data && !error && (
        <>
          <p className="muted" role="status">
            {t('archive.reading')}
          </p>
          <Skeleton rows={4} />
        </>
      )}
      {last && <Doubts listing={last} />}
      {data && items.length === 0 && <p className="files__none muted">{t('files.none')}</p>}
      {items.length > 0 && (
        <ul className="entries" aria-label={t('archive.entries')}>
          {items.map((entry) => (
            <EntryRow key={`${entry.kind} ${entry.name}`} server={server} place={place} entry={entry} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <p>
          <Button small busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('archive.more')}
          </Button>
        </p>
      )}
    </>
  );
}

/** What somebody should know before he trusts what he sees. */
function Doubts({ listing }: { listing: ArchiveListing }) {
  const t = useT();
  return (
    <>
      {listing.refused > 0 && (
        <p className="notice notice--warning" role="status">
          {t.count('archive.refused', listing.refused)}
        </p>
      )}
      {!listing.complete && (
        <p className="notice notice--warning" role="status">
          {t('archive.incomplete')}
        </p>
      )}
    </>
  );
}
