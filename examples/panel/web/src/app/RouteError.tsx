import { useRouteError } from 'react-router';
import { toApiError } from '../api';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { useT } from '../i18n/I18nProvider';

/** What is shown when a page itself fails: usually its code could not be loaded after an update of the panel. */
export function RouteError() {
  const t = useT();
  const error = toApiError(useRouteError());
  return (
    <main className="waiting">
      <ErrorNotice error={error} title={t('page.broken')} />
      <Button icon="restart" onClick={() => window.location.reload()}>
        {t('action.reload')}
      </Button>
    </main>
  );
}
