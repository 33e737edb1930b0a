import type { ReactNode } from 'react';
import { useT } from '../i18n/I18nProvider';
import { Icon, type IconName } from './Icon';

/** What a list shows that has nothing to show: why, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon: IconName;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <span className="empty__icon">
        <Icon name={icon} size={26} />
      </span>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Grey bars in the shape of what is coming. */
export function Skeleton({ rows = 3, tall = false }: { rows?: number; tall?: boolean }) {
  const t = useT();
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t('common.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={`skeleton__row${tall ? ' skeleton__row--tall' : ''}`} aria-hidden="true" />
      ))}
    </div>
  );
}

/** A message about the state of a page, not about an action. */
export function Banner({
  tone,
  title,
  children,
  action,
}: {
  tone: 'info' | 'warning' | 'danger' | 'success';
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={`notice notice--${tone}`} role="status">
      <Icon name={tone === 'info' ? 'info' : tone === 'success' ? 'check' : 'warning'} size={20} />
      <div className="notice__body">
        <p className="notice__title">{title}</p>
        {children}
        {action && <div className="notice__foot">{action}</div>}
      </div>
    </div>
  );
}
