import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { toApiError, type Server } from '../../../api';
import type { ContentMatch, ContentQuery } from '../../../api/files';
import { queries } from '../../../api/queries';
import { Button } from '../../../components/Button';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Icon } from '../../../components/Icon';
import { Card } from '../../../components/Page';
import { byFile, pieces, type FileMatches } from '../../../files/matches';
import { placePath } from '../../../files/places';
import { useT } from '../../../i18n/I18nProvider';
import { inside, parentOf } from '../../../servers/paths';
import { Crumbs } from './FileBar';

/** The lines below a directory that hold a text. Leaving the page, or asking for something else, ends the search. */
export function ContentSearch({ server, wanted, onClose }: { server: Server; wanted: ContentQuery; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const query = queries.contentSearch(server.uuid, wanted);
  const { data, error, isFetching, refetch } = useQuery(query);
  return (
    <Card className="files">
      <div className="files__bar">
        <Crumbs server={server} directory={wanted.directory} current={t('search.found', { text: wanted.text })} />
        <div className="files__buttons">
          {isFetching && (
            <Button small icon="stop" onClick={() => void client.cancelQueries({ queryKey: query.queryKey })}>
              {t('action.cancel')}
            </Button>
          )}
          <Button small icon="close" onClick={onClose}>
            {t('files.endSearch')}
          </Button>
        </div>
      </div>
      {isFetching && (
        <p className="muted" role="status">
          {t('search.running')}
        </p>
      )}
      {error && !isFetching && <ErrorNotice error={toApiError(error)} title={t('files.searchFailed')} onRetry={() => void refetch()} />}
      {!data && !error && !isFetching && (
        <p className="files__none muted" role="status">
          {t('search.ended')}{' '}
          <Button small icon="restart" onClick={() => void refetch()}>
            {t('search.again')}
          </Button>
        </p>
      )}
      {data && !isFetching && (
        <p className="muted" role="status">
          {t.count('search.lines', data.items.length)}
          {!data.complete && ` ${t('search.incomplete')}`}
        </p>
      )}
      {data && (
        <ul className="matches">
          {byFile(data.items).map((file) => (
            <File key={file.path} server={server} file={file} wanted={wanted} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function File({ server, file, wanted }: { server: Server; file: FileMatches; wanted: ContentQuery }) {
  return (
    <li className="matches__file" data-matches={file.path}>
      <h3 className="matches__path">
        <Icon name="document" size={16} />
        {file.path}
      </h3>
      <ul>
        {file.matches.map((match) => (
          <Line key={match.line} server={server} match={match} wanted={wanted} />
        ))}
      </ul>
    </li>
  );
}

function Line({ server, match, wanted }: { server: Server; match: ContentMatch; wanted: ContentQuery }) {
  const t = useT();
  const path = inside('/', match.path.replace(/^\/+/, ''));
  const edit = path.split('/').pop() ?? '';
  return (
    <li>
      <Link
        className="matches__line"
        to={placePath(server.uuid, parentOf(path), { edit, line: String(match.line) })}
        title={t('search.openLine', { line: match.line, name: edit, text: match.text })}
      >
        <span className="matches__number">{match.line}</span>
        <code>
          {pieces(match.text, wanted.text, wanted.matchCase).map((piece, index) =>
            index % 2 === 1 ? <mark key={index}>{piece}</mark> : <span key={index}>{piece}</span>,
          )}
        </code>
      </Link>
    </li>
  );
}
