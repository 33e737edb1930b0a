import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { panel, toApiError, type EnrolmentKey, type Node } from '../../api';
import { Button } from '../../components/Button';
import { CopyField } from '../../components/Copy';
import { Dialog } from '../../components/Dialog';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Banner } from '../../components/Feedback';
import { Card } from '../../components/Page';
import { formatTime } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';

/** Makes the one-time key with which a node fetches its configuration. */
export function Enrolment({ node }: { node: Node }) {
  const t = useT();
  const [shown, setShown] = useState<EnrolmentKey | null>(null);
  const create = useMutation({ mutationFn: () => panel.createEnrolmentKey(node.id), onSuccess: setShown });
  return (
    <Card title={t('enrolment.title')} className="card--action">
      <p>{node.enrolled ? t('enrolment.again') : t('enrolment.text')}</p>
      <Button
        icon="key"
        variant={node.enrolled ? 'secondary' : 'primary'}
        busy={create.isPending}
        onClick={() => create.mutate()}
      >
        {t('enrolment.create')}
      </Button>
      {create.error && <ErrorNotice error={toApiError(create.error)} title={t('enrolment.failed')} />}
      {shown && (
        <Dialog title={t('enrolment.ready')} onClose={() => setShown(null)} className="dialog--wide">
          <div className="dialog__body stack">
            <p>{t('enrolment.run')}</p>
            <CopyField label={t('enrolment.command')} text={shown.command} />
            <CopyField label={t('enrolment.key')} text={shown.key} secret />
            <Banner tone="warning" title={t('enrolment.once')}>
              <p>{t('enrolment.expires', { time: formatTime(shown.expiresAt, t.locale) })}</p>
            </Banner>
          </div>
          <footer className="dialog__footer">
            <Button variant="primary" onClick={() => setShown(null)}>
              {t('enrolment.done')}
            </Button>
          </footer>
        </Dialog>
      )}
    </Card>
  );
}
