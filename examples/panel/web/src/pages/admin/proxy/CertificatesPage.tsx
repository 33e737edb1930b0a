import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toApiError } from '../../../api';
import type { Certificate } from '../../../api/proxyTypes';
import { queries } from '../../../api/queries';
import { ErrorNotice } from '../../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../../components/Feedback';
import { Badge } from '../../../components/Status';
import { formatDateTime } from '../../../i18n/format';
import { useT } from '../../../i18n/I18nProvider';
import { byUrgency, certificateState, toneOfCertificate } from '../../../proxy/certificates';
import { pageOf } from '../../../proxy/describe';
import { Pages } from './Pages';

const PAGE = 50;
const REFRESH_MILLIS = 10_000;

/** The certificates that the panel gets for its proxy, and what is wrong with any. */
export function CertificatesPage() {
  const t = useT();
  const { data, error, refetch } = useQuery({ ...queries.certificates(), refetchInterval: REFRESH_MILLIS });
  return (
    <>
      <header className="schedules__head">
        <div>
          <h2>{t('certificates.title')}</h2>
          <p className="muted">{t('certificates.lead')}</p>
        </div>
      </header>
      {error && <ErrorNotice error={toApiError(error)} title={t('certificates.failed')} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} tall />}
      {data?.length === 0 && (
        <EmptyState icon="lock" title={t('certificates.none')}>
          {t('certificates.noneText')}
        </EmptyState>
      )}
      {data && data.length > 0 && <CertificateTable certificates={byUrgency(data)} />}
    </>
  );
}

function CertificateTable({ certificates }: { certificates: readonly Certificate[] }) {
  const t = useT();
  const [wanted, setWanted] = useState(1);
  const { items, page, pages } = pageOf(certificates, wanted, PAGE);
  return (
    <>
      <div className="table-frame" role="region" aria-label={t('certificates.title')} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('certificates.name')}</th>
              <th scope="col">{t('certificates.state')}</th>
              <th scope="col">{t('certificates.expires')}</th>
              <th scope="col">{t('certificates.nextAt')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((certificate) => (
              <CertificateRow key={certificate.domain} certificate={certificate} />
            ))}
          </tbody>
        </table>
      </div>
      <Pages page={page} pages={pages} onPage={setWanted} />
    </>
  );
}

function CertificateRow({ certificate: { domain, said, expires, nextAt } }: { certificate: Certificate }) {
  const t = useT();
  const state = certificateState({ expires, said });
  const time = (at: string | null | undefined) => (at ? formatDateTime(at, t.locale) : t('common.none'));
  return (
    <tr data-certificate={domain} data-state={state}>
      <td>
        <strong>{domain}</strong>
        {said && <div className="muted">{said}</div>}
      </td>
      <td>
        <Badge tone={toneOfCertificate(state)}>{t(`certificateState.${state}`)}</Badge>
      </td>
      <td className="table__time">{time(expires)}</td>
      <td className="table__time">{time(nextAt)}</td>
    </tr>
  );
}
