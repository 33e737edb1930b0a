import { Link } from 'react-router';
import { panel, type Server } from '../../../api';
import type { ArchiveEntry } from '../../../api/files';
import { Icon } from '../../../components/Icon';
import { isTextEntry } from '../../../files/entries';
import { formatBytes, formatDateTime } from '../../../i18n/format';
import { useT } from '../../../i18n/I18nProvider';
import { inside } from '../../../servers/paths';
import { allows } from '../../../servers/power';
import { entryPath, insidePath, type ArchivePlace } from './ArchiveCrumbs';

/** One file of an archive. */
export function EntryRow({ server, place, entry }: { server: Server; place: ArchivePlace; entry: ArchiveEntry }) {
  const t = useT();
  const mayRead = entry.readable && allows(server.permissions, 'file.read-content');
  const path = inside(place.inside, entry.name);
  const about = [
    entry.sizeBytes === null ? '' : formatBytes(entry.sizeBytes, t.locale),
    entry.modifiedAt === null ? '' : formatDateTime(entry.modifiedAt, t.locale),
    entry.target === null ? '' : t('archive.leadsTo', { target: entry.target }),
  ].filter((text) => text !== '');
  return (
    <li className="entries__item" data-entry={entry.name}>
      <Icon name={entry.kind === 'directory' ? 'folder' : 'document'} />
      <div className="entries__words">
        <Name server={server} place={place} entry={entry} mayRead={mayRead} />
        {about.length > 0 && <span className="muted">{about.join(' · ')}</span>}
      </div>
      {mayRead && (
        <a
          className="button button--quiet button--small"
          href={panel.files.entryUrl(server.uuid, inside(place.directory, place.archive), path)}
          aria-label={t('archive.download', { name: entry.name })}
          download
        >
          <Icon name="down" size={16} />
          <span className="button__text">{t('files.do.download')}</span>
        </a>
      )}
    </li>
  );
}

function Name({ server, place, entry, mayRead }: { server: Server; place: ArchivePlace; entry: ArchiveEntry; mayRead: boolean }) {
  if (entry.kind === 'directory') {
    return (
      <Link className="entries__name" to={insidePath(server, place, inside(place.inside, entry.name))}>
        {entry.name}
      </Link>
    );
  }
  if (mayRead && isTextEntry(entry)) {
    return (
      <Link className="entries__name" to={entryPath(server, place, entry.name)}>
        {entry.name}
      </Link>
    );
  }
  return <span className="entries__name">{entry.name}</span>;
}
