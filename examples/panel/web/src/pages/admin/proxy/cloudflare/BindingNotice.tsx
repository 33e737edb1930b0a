import { Button } from '../../../../components/Button';
import { Banner } from '../../../../components/Feedback';
import { Icon } from '../../../../components/Icon';
import { formatTime } from '../../../../i18n/format';
import { useT } from '../../../../i18n/I18nProvider';
import { shownBinding, TOKEN_RIGHTS, TOKENS_PAGE } from '../../../../proxy/cloudflare';
import type { About } from './BindingCard';

/** What is in the way of a binding, and how it is mended. */
export function BindingNotice({ item, onOpen }: About) {
  const t = useT();
  const { status } = item;
  const state = shownBinding(item);
  const error = status?.error && <p className="notice__detail">{status.error}</p>;
  const newToken = (
    <Button small icon="key" onClick={() => onOpen({ name: 'edit', item })}>
      {t('cf.pausedToken')}
    </Button>
  );
  switch (state) {
    case 'NO_TOKEN':
      return (
        <Banner tone="warning" title={t('cfState.NO_TOKEN')} action={newToken}>
          <p>{t('cfStateText.NO_TOKEN')}</p>
        </Banner>
      );
    case 'PAUSED':
      return (
        <Banner tone="danger" title={t('cfState.PAUSED')} action={newToken}>
          <p>{t('cfStateText.PAUSED')}</p>
          {error}
          <Mending />
        </Banner>
      );
    case 'FAILED':
      return (
        <Banner tone="danger" title={t('cfState.FAILED')}>
          <p>{t('cfStateText.FAILED')}</p>
          {error}
        </Banner>
      );
    case 'WAITING':
      return (
        <Banner tone="warning" title={t('cfState.WAITING')}>
          <p>{t('cfStateText.WAITING')}</p>
          {error}
          <p>
            {status && status.attempts > 0 && `${t.count('cf.attempts', status.attempts)} `}
            {status?.nextAt && t('cf.nextAt', { time: formatTime(status.nextAt, t.locale) })}
          </p>
        </Banner>
      );
    case 'DRIFTED':
      return (
        <Banner
          tone="warning"
          title={t('cf.drift')}
          action={
            <Button small icon="search" onClick={() => onOpen({ name: 'plan', item })}>
              {t('cf.plan')}
            </Button>
          }
        >
          <ul className="binding__drift">
            {status?.drift.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>{t('cf.driftText')}</p>
        </Banner>
      );
    default:
      return null;
  }
}

/** The three steps to a token that may do what is needed. */
function Mending() {
  const t = useT();
  return (
    <details className="mending">
      <summary>{t('cf.pausedDo')}</summary>
      <ol>
        <li>
          {t('cf.pausedMake')}{' '}
          <a href={TOKENS_PAGE} target="_blank" rel="noreferrer noopener">
            {t('cf.tokenPage')}
            <Icon name="external" size={14} />
          </a>
          <ul>
            {TOKEN_RIGHTS.map((right) => (
              <li key={right}>
                <code>{right}</code>
              </li>
            ))}
          </ul>
        </li>
        <li>{t('cf.pausedFor', { what: t('cf.pausedAccount') })}</li>
        <li>{t('cf.pausedPaste')}</li>
      </ol>
    </details>
  );
}
