import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useT } from '../i18n/I18nProvider';
import { Icon } from './Icon';

/** Sets the title of the browser's tab. */
export function usePageTitle(title: string): void {
  const t = useT();
  useEffect(() => {
    document.title = t('app.title', { page: title });
  }, [t, title]);
}

/** The head of every page: where one is, what it is, and what can be done. The heading takes focus after navigation. */
export function PageHeader({
  title,
  parent,
  badge,
  children,
  actions,
}: {
  title: string;
  parent?: { to: string; label: string };
  badge?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const t = useT();
  usePageTitle(title);
  return (
    <header className="page-header">
      <div className="page-header__words">
        {parent && (
          <nav className="crumbs" aria-label={t('nav.crumbs')}>
            <Link to={parent.to}>{parent.label}</Link>
            <Icon name="chevronRight" size={14} />
          </nav>
        )}
        <div className="page-header__title">
          <h1 tabIndex={-1} id="page-title">
            {title}
          </h1>
          {badge}
        </div>
        {children}
      </div>
      {actions && <div className="page-header__actions">{actions}</div>}
    </header>
  );
}

export function Card({ title, children, actions, className = '' }: { title?: string; children: ReactNode; actions?: ReactNode; className?: string }) {
  return (
    <section className={`card ${className}`}>
      {title && (
        <header className="card__header">
          <h2>{title}</h2>
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}

/** Pairs of a name and a value. */
export function Facts({ items }: { items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
