import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { toApiError, type ApiError } from '../../../api';
import type { RouteCalls } from '../../../api/proxy';
import type { Report } from '../../../api/proxyTypes';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { Banner } from '../../../components/Feedback';
import { useToast } from '../../../components/Toasts';
import { useT } from '../../../i18n/I18nProvider';
import { findingsOf } from '../../../proxy/findings';
import { Findings } from './Findings';
import { ReportNotice } from './ReportNotice';

export interface RouteSwitch {
  /** The route that is being switched. */
  busy: string | null;
  /** What was said of the last one, where it was not as it should be. */
  notice: ReactNode;
  run: (id: string, enabled: boolean) => void;
}

/** Switches routes on and off, from the revision that the list shows. */
export function useRouteSwitch<R extends { id: string }>(calls: RouteCalls<R>, etag: string): RouteSwitch {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [report, setReport] = useState<Report | null>(null);

  const run = async (id: string, enabled: boolean) => {
    if (busy !== null) return;
    setBusy(id);
    setError(null);
    setReport(null);
    try {
      const answer = await calls.enable(id, enabled, etag);
      if (answer.outcome === 'APPLIED') toast(enabled ? t('routes.switchedOn') : t('routes.switchedOff'));
      else setReport(answer);
    } catch (thrown) {
      setError(toApiError(thrown));
    }
    // The list is read again before the next one may be switched: it has another revision now.
    await client.invalidateQueries({ queryKey: ['proxy'] });
    setBusy(null);
  };
  return { busy, notice: <SwitchNotice error={error} report={report} />, run: (id, enabled) => void run(id, enabled) };
}

function SwitchNotice({ error, report }: { error: ApiError | null; report: Report | null }) {
  const t = useT();
  if (report) return <ReportNotice report={report} />;
  if (!error) return null;
  if (error.code === 'changed_meanwhile') {
    return (
      <Banner tone="warning" title={t('error.changed_meanwhile')}>
        <p>{t('routes.switchAgain')}</p>
      </Banner>
    );
  }
  return (
    <>
      <ErrorNotice error={error} title={t('routes.switchFailed')} />
      {findingsOf(error).length > 0 && <Findings findings={findingsOf(error)} />}
    </>
  );
}
