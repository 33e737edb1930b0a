import { lazy, Suspense } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { Skeleton } from '../../components/Feedback';
import { loadCode } from '../../components/loadCode';
import { Card } from '../../components/Page';
import { placePath, readPlace } from '../../files/places';
import { inside } from '../../servers/paths';
import { ArchiveView } from './files/ArchiveView';
import { ContentSearch } from './files/ContentSearch';
import { FileBrowser } from './files/FileBrowser';
import { FileSearch } from './files/FileSearch';
import { TrashView } from './files/TrashView';
import { useServerContext } from './ServerPage';

// The editor is large, and most visits do without it.
const FileEditor = lazy(async () => ({ default: (await loadCode(() => import('./files/FileEditor'))).FileEditor }));

/** The files of this server. They come and go through the panel. */
export function FilesTab() {
  const { server } = useServerContext();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const { directory, view, edit, line, find, by, matchCase, archive, inside: within, entry } = readPlace(pathname, search);
  const back = () => void navigate(placePath(server.uuid, directory));
  if (edit !== null) {
    const path = inside(directory, edit);
    return (
      <Card className="files">
        <Suspense fallback={<Skeleton rows={6} />}>
          <FileEditor key={path} server={server} path={path} line={line} onClose={back} />
        </Suspense>
      </Card>
    );
  }
  if (view === 'trash') return <TrashView server={server} onClose={back} />;
  if (archive !== null) {
    return <ArchiveView key={`${directory}?${archive}`} server={server} place={{ directory, archive, inside: within, entry }} onClose={back} />;
  }
  if (find !== null && by === 'content') {
    const wanted = { directory, text: find, matchCase };
    return <ContentSearch key={JSON.stringify(wanted)} server={server} wanted={wanted} onClose={back} />;
  }
  if (find !== null) return <FileSearch key={`${directory}?${find}`} server={server} directory={directory} pattern={find} onClose={back} />;
  return <FileBrowser key={directory} server={server} directory={directory} />;
}
