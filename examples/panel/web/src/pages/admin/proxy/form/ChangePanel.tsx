import type { ReactNode } from 'react';
import { Button } from '../../../../components/Button';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Banner } from '../../../../components/Feedback';
import { useT } from '../../../../i18n/I18nProvider';
import { Findings } from '../Findings';
import { PlanView } from '../PlanView';
import { ReportNotice } from '../ReportNotice';
import type { RouteEditor } from './useRouteEditor';

/** What is shown of an editor, of whatever it edits. */
export type ShownEditor = Pick<RouteEditor, 'change' | 'merged' | 'isNew' | 'dirty' | 'stale' | 'reload' | 'reloadFailed' | 'check'>;

/** What can be done with the form, and what was said about it. */
export function ChangePanel({ editor, form, children }: { editor: ShownEditor; form: string; children?: ReactNode }) {
  const t = useT();
  const { change, merged } = editor;
  const { error } = change;
  return (
    <aside className="change-panel" aria-label={t('change.title')}>
      <div className="change-panel__actions">
        <Button icon="search" busy={change.busy === 'check'} onClick={editor.check}>
          {t('change.check')}
        </Button>
        <Button icon="check" variant="primary" type="submit" form={form} busy={change.busy === 'save'}>
          {editor.isNew ? t('change.create') : t('change.save')}
        </Button>
        {children}
      </div>
      <p className="muted change-panel__state" role="status">
        {change.busy === 'save' ? t('change.saving') : change.busy === 'check' ? t('change.checking') : editor.dirty ? t('change.dirty') : t('change.clean')}
      </p>
      {error?.code === 'changed_meanwhile' ? (
        <Banner
          tone="warning"
          title={t('change.meanwhile')}
          action={
            <Button small icon="restart" onClick={editor.reload}>
              {t('change.reload')}
            </Button>
          }
        >
          <p>{t('change.meanwhileText')}</p>
        </Banner>
      ) : (
        error && <ErrorNotice error={error} title={t('change.failed')} />
      )}
      {editor.reloadFailed && <ErrorNotice error={editor.reloadFailed} title={t('change.reloadFailed')} />}
      {merged && <MergedNotice mine={merged.mine} theirs={merged.theirs} />}
      {change.report && <ReportNotice report={change.report} />}
      {change.plan ? <PlanView plan={change.plan} stale={editor.stale} /> : change.findings.length > 0 && <Findings findings={change.findings} />}
      {!error && !change.report && !change.plan && !merged && <p className="muted change-panel__hint">{t('change.hint')}</p>}
    </aside>
  );
}

function MergedNotice({ mine, theirs }: { mine: readonly string[]; theirs: readonly string[] }) {
  const t = useT();
  const none = mine.length === 0 && theirs.length === 0;
  return (
    <Banner tone={mine.length > 0 ? 'warning' : 'info'} title={none ? t('change.mergedElsewhere') : t('change.merged')}>
      {theirs.length > 0 && <Places words={t('change.theirs')} places={theirs} />}
      {mine.length > 0 && <Places words={t('change.mine')} places={mine} />}
      <p>{t('change.mergedNext')}</p>
    </Banner>
  );
}

function Places({ words, places }: { words: string; places: readonly string[] }) {
  return (
    <div>
      <p>{words}</p>
      <ul className="notice__places">
        {places.map((place) => (
          <li key={place}>
            <code>{place || '/'}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
