import { Button } from '../../../../components/Button';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Banner } from '../../../../components/Feedback';
import { useT } from '../../../../i18n/I18nProvider';
import { Findings } from '../Findings';
import { PlanView } from '../PlanView';
import { ReportNotice } from '../ReportNotice';
import type { Change } from '../useChange';

/** What can be done with a text that is edited, and what was said about it. */
export function TextChange<Input>({
  change,
  saveLabel,
  onCheck,
  onSave,
  onClose,
  onReload,
}: {
  change: Change<Input>;
  saveLabel?: string;
  onCheck: () => void;
  onSave: () => void;
  onClose?: () => void;
  /** Takes the newest state in place of what is edited. */
  onReload?: () => void;
}) {
  const t = useT();
  const { error, plan, report, findings, busy } = change;
  return (
    <aside className="change-panel" aria-label={t('change.title')}>
      <div className="change-panel__actions">
        <Button icon="search" busy={busy === 'check'} onClick={onCheck}>
          {t('change.check')}
        </Button>
        <Button icon="check" variant="primary" busy={busy === 'save'} onClick={onSave}>
          {saveLabel ?? t('change.save')}
        </Button>
        {onClose && (
          <Button variant="quiet" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        )}
      </div>
      {busy && (
        <p className="muted change-panel__state" role="status">
          {busy === 'save' ? t('change.saving') : t('change.checking')}
        </p>
      )}
      {error?.code === 'changed_meanwhile' ? (
        <Banner
          tone="warning"
          title={t('change.meanwhile')}
          action={
            onReload && (
              <Button small icon="restart" onClick={onReload}>
                {t('change.loadNewest')}
              </Button>
            )
          }
        >
          <p>{t('change.meanwhileCopy')}</p>
        </Banner>
      ) : (
        error && <ErrorNotice error={error} title={t('change.failed')} />
      )}
      {report && <ReportNotice report={report} />}
      {plan ? <PlanView plan={plan} /> : findings.length > 0 && <Findings findings={findings} />}
      {!error && !report && !plan && <p className="muted change-panel__hint">{t('change.hint')}</p>}
    </aside>
  );
}
