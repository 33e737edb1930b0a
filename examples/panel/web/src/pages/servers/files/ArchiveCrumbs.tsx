import { Link } from 'react-router';
import type { Server } from '../../../api';
import { Icon } from '../../../components/Icon';
import { crumbs, placePath } from '../../../files/places';
import { useT } from '../../../i18n/I18nProvider';
import { inside, parentOf } from '../../../servers/paths';

/** Where one is in an archive. */
export interface ArchivePlace {
  /** Where the archive is. */
  directory: string;
  archive: string;
  /** The directory in the archive. */
  inside: string;
  /** The path of the file in the archive that is shown. */
  entry: string | null;
}

/** Returns the address of a directory in an archive. */
export function insidePath(server: Server, place: ArchivePlace, directory: string): string {
  const { archive } = place;
  return placePath(server.uuid, place.directory, directory === '/' ? { archive } : { archive, in: directory });
}

/** Returns the address of a file in an archive. */
export function entryPath(server: Server, place: ArchivePlace, name: string): string {
  const entry = inside(place.inside, name);
  return placePath(server.uuid, place.directory, { archive: place.archive, in: parentOf(entry), entry });
}

/** The way from the root of the server's files through the archive to where one is. */
export function ArchiveCrumbs({ server, place }: { server: Server; place: ArchivePlace }) {
  const t = useT();
  const outside = crumbs(place.directory).map(({ name, path }) => ({
    name: name === '' ? t('files.root') : name,
    to: placePath(server.uuid, path),
  }));
  const within = crumbs(place.inside).map(({ name, path }) => ({
    name: name === '' ? place.archive : name,
    to: insidePath(server, place, path),
  }));
  const steps = [...outside, ...within];
  const shown = place.entry?.split('/').pop();
  return (
    <nav className="files__crumbs" aria-label={t('files.path')}>
      <ol>
        {steps.map(({ name, to }, index) => (
          <li key={to}>
            {index > 0 && <Icon name="chevronRight" size={14} />}
            {index === outside.length && <Icon name="archive" size={16} />}
            <Link to={to} aria-current={shown === undefined && index === steps.length - 1 ? 'page' : undefined}>
              {name}
            </Link>
          </li>
        ))}
        {shown !== undefined && (
          <li>
            <Icon name="chevronRight" size={14} />
            <span aria-current="page">{shown}</span>
          </li>
        )}
      </ol>
    </nav>
  );
}
