import { Button } from '../../../../components/Button';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Banner } from '../../../../components/Feedback';
import { useT } from '../../../../i18n/I18nProvider';
import { Findings } from '../Findings';
import { PlanView } from '../PlanView';
import { ReportNotice } from '../ReportNotice';
import type { PluginsEditor } from './usePluginsEditor';

/** What can be done with the settings, and what was said about them. */
export function SettingsPanel({ editor }: { editor: PluginsEditor }) {
  const t = useT();
  const { change, merged } = editor;
  const { error } = change;
  return (
    <aside className="change-panel" aria-label={t('plugins.panel')}>
      <div className="change-panel__actions">
        <Button icon="search" busy={change.busy === 'check'} onClick={editor.check}>
          {t('plugins.check')}
        </Button>
        <Button icon="check" variant="primary" type="submit" busy={change.busy === 'save'} disabled={!editor.dirty}>
          {t('plugins.save')}
        </Button>
      </div>
      <p className="muted change-panel__state" role="status">
        {t(editor.dirty ? 'plugins.dirty' : 'plugins.clean')}
      </p>
      {editor.dirty && (
        <p>
          <Button small variant="quiet" icon="clear" onClick={editor.discard}>
            {t('plugins.discard')}
          </Button>
        </p>
      )}
      {error?.code === 'changed_meanwhile' && (
        <Banner
          tone="warning"
          title={t('plugins.meanwhile')}
          action={
            <Button small icon="restart" onClick={editor.reload}>
              {t('plugins.reload')}
            </Button>
          }
        >
          <p>{t('plugins.meanwhileText')}</p>
        </Banner>
      )}
      {error && error.code !== 'changed_meanwhile' && <ErrorNotice error={error} title={t('plugins.notSaved')} />}
      {merged && (
        <Banner tone={merged.mine.length > 0 ? 'warning' : 'info'} title={t('plugins.merged')}>
          <ul className="notice__places">
            {merged.mine.map((place) => (
              <li key={place}>
                <code>{place}</code>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {change.report && <ReportNotice report={change.report} />}
      {change.plan && <PlanView plan={change.plan} stale={editor.stale} />}
      {!change.plan && change.findings.length > 0 && <Findings findings={change.findings} />}
      {!error && !change.report && !change.plan && !merged && <p className="muted">{t('plugins.hint')}</p>}
    </aside>
  );
}
