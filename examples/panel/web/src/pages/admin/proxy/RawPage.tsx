import { useSearchParams } from 'react-router';
import { Segmented } from '../../../components/Segmented';
import { useT } from '../../../i18n/I18nProvider';
import { DocumentEditor } from './raw/DocumentEditor';
import { ImportRoutes } from './raw/ImportRoutes';
import { RawPieces } from './raw/RawPieces';

type View = 'pieces' | 'document' | 'import';

/** What the forms do not have: pieces of the engine's own configuration, the whole document, another program's routes. */
export function RawPage() {
  const t = useT();
  const [query, setQuery] = useSearchParams();
  const view = (query.get('view') ?? 'pieces') as View;
  return (
    <>
      <Segmented
        label={t('raw.views')}
        value={view}
        options={[
          { value: 'pieces', label: t('raw.pieces'), icon: 'code' },
          { value: 'document', label: t('raw.document'), icon: 'document' },
          { value: 'import', label: t('raw.import'), icon: 'upload' },
        ]}
        onChange={(next) => setQuery(next === 'pieces' ? {} : { view: next }, { replace: true })}
      />
      {view === 'pieces' && <RawPieces />}
      {view === 'document' && <DocumentEditor />}
      {view === 'import' && <ImportRoutes />}
    </>
  );
}
