import { useT } from '../../../../i18n/I18nProvider';
import { ActionCard } from './ActionCard';
import { AddressSection, AuthSection } from './advanced/Access';
import { BalancingSection } from './advanced/Balancing';
import { JsonSection } from './advanced/JsonSection';
import { BodySection, CacheSection, RateSection } from './advanced/Limits';
import { ErrorPagesSection, LogSection, MaintenanceSection } from './advanced/Pages';
import { HeadersSection, MatchSection, RewriteSection } from './advanced/Requests';
import { TransportSection } from './advanced/Transport';
import { textAt } from './documentForm';
import { NamesCard } from './NamesCard';
import { OutsideCard } from './OutsideCard';
import { PeopleCard, UseCard } from './UseCard';
import type { RouteEditor } from './useRouteEditor';

/** What most routes need, and below, closed, what few do. */
export function HttpRouteFields({ editor, idHint }: { editor: RouteEditor; idHint: string }) {
  const t = useT();
  const proxied = textAt(editor.form, '/action/type') === 'proxy';
  return (
    <>
      <NamesCard />
      <ActionCard />
      <OutsideCard />
      <UseCard />
      <PeopleCard isNew={editor.isNew} idHint={idHint} />
      <h2 className="sections__title">{t('route.advanced')}</h2>
      <div className="sections">
        <MaintenanceSection />
        <AuthSection />
        <AddressSection />
        <RateSection />
        {proxied && <BalancingSection />}
        {proxied && <TransportSection />}
        <HeadersSection />
        <RewriteSection />
        <CacheSection />
        <BodySection />
        <MatchSection />
        <ErrorPagesSection />
        <LogSection />
        <JsonSection value={editor.form.value} onReplace={editor.replace} />
      </div>
    </>
  );
}
