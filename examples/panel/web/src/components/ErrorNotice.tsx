import type { ApiError } from '../api';
import { useT } from '../i18n/I18nProvider';
import { describeError } from './describeError';
import { Button } from './Button';
import { CopyButton } from './Copy';
import { Icon } from './Icon';

/** Says what went wrong, what to do, and under which id the logs know it. */
export function ErrorNotice({ error, onRetry, title }: { error: ApiError; onRetry?: () => void; title?: string }) {
  const t = useT();
  const { summary, detail, places } = describeError(error, t);
  return (
    <div className="notice notice--danger" role="alert">
      <Icon name="warning" size={20} />
      <div className="notice__body">
        {title && <p className="notice__title">{title}</p>}
        <p>{summary}</p>
        {detail && <p className="notice__detail">{detail}</p>}
        {places.length > 0 && (
          <ul className="notice__places">
            {places.map(([place, message]) => (
              <li key={place}>
                <code>{place}</code> {message}
              </li>
            ))}
          </ul>
        )}
        {(error.correlationId || onRetry) && (
          <div className="notice__foot">
            {onRetry && (
              <Button small onClick={onRetry} icon="restart">
                {t('action.retry')}
              </Button>
            )}
            {error.correlationId && (
              <span className="notice__reference">
                {t('error.reference')} <code>{error.correlationId}</code>
                <CopyButton text={error.correlationId} label={t('error.copyReference')} />
              </span>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
