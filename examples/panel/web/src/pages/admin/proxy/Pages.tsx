import { Button } from '../../../components/Button';
import { useT } from '../../../i18n/I18nProvider';

/** From page to page of a long list. */
export function Pages({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  const t = useT();
  if (pages === 1) return null;
  return (
    <nav className="pages" aria-label={t('pages.title')}>
      <Button small disabled={page === 1} onClick={() => onPage(page - 1)}>
        {t('pages.previous')}
      </Button>
      <span className="muted" role="status">
        {t('pages.of', { page, pages })}
      </span>
      <Button small disabled={page === pages} onClick={() => onPage(page + 1)}>
        {t('pages.next')}
      </Button>
    </nav>
  );
}
