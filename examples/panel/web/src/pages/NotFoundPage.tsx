import { ButtonLink } from '../components/Button';
import { EmptyState } from '../components/Feedback';
import { PageHeader } from '../components/Page';
import { useT } from '../i18n/I18nProvider';

export function NotFoundPage() {
  const t = useT();
  return (
    <>
      <PageHeader title={t('notFound.title')} />
      <EmptyState icon="search" title={t('notFound.heading')} action={<ButtonLink to="/servers">{t('notFound.back')}</ButtonLink>}>
        {t('notFound.text')}
      </EmptyState>
    </>
  );
}
