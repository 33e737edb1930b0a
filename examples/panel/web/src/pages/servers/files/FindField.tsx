import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Server } from '../../../api';
import type { FileOffers } from '../../../api/files';
import { Button } from '../../../components/Button';
import { Icon } from '../../../components/Icon';
import { Segmented } from '../../../components/Segmented';
import { placePath } from '../../../files/places';
import { useT } from '../../../i18n/I18nProvider';
import { allows } from '../../../servers/power';

/** The shortest part of a name that nodes look for. */
const PATTERN_MIN = 3;

interface Props {
  server: Server;
  directory: string;
  offers: FileOffers;
  filter: string;
  onFilter: (text: string) => void;
}

/** Narrows what is shown while one types; with the enter key looks in the directories below, too: for names, or for text in files. */
export function FindField({ server, directory, offers, filter, onFilter }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const [by, setBy] = useState<'name' | 'content'>('name');
  const [text, setText] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const content = by === 'content';
  const mayRead = allows(server.permissions, 'file.read-content');
  const wanted = content ? text : filter.trim();
  const possible = content ? offers.contentSearch && wanted.trim() !== '' : offers.search && wanted.length >= PATTERN_MIN;
  const label = content ? t('search.text') : t('files.filter');
  const change = (next: 'name' | 'content') => {
    // What narrows the list would go on doing so unseen.
    if (next === 'content') onFilter('');
    if (next === 'content' && filter !== '') setText(filter);
    setBy(next);
  };
  const find = () =>
    placePath(server.uuid, directory, content ? { find: wanted, by: 'content', ...(matchCase ? { case: '1' } : {}) } : { find: wanted });
  return (
    <form
      className="files__find"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (possible) void navigate(find());
      }}
    >
      {mayRead && (
        <Segmented
          label={t('search.by')}
          value={by}
          options={[
            { value: 'name', label: t('search.byName') },
            { value: 'content', label: t('search.byContent') },
          ]}
          onChange={change}
        />
      )}
      <span className="files__find-field">
        <Icon name="search" size={16} />
        <input
          type="search"
          className="input"
          aria-label={label}
          placeholder={label}
          maxLength={1000}
          value={content ? text : filter}
          onChange={(event) => (content ? setText : onFilter)(event.target.value)}
        />
      </span>
      {content && offers.contentSearch && (
        <label className="files__case">
          <input type="checkbox" className="checkbox" checked={matchCase} onChange={(event) => setMatchCase(event.target.checked)} />
          {t('search.matchCase')}
        </label>
      )}
      {(content ? offers.contentSearch : offers.search) && (
        <Button small type="submit" disabled={!possible}>
          {content ? t('search.start') : t('files.findBelow')}
        </Button>
      )}
      {content && !offers.contentSearch && (
        <p className="files__hint muted" role="status">
          {t('search.notOffered')}
        </p>
      )}
    </form>
  );
}
