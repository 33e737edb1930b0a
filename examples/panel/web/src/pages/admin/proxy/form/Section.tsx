import { useEffect, useState, type ReactNode } from 'react';
import { Icon, type IconName } from '../../../../components/Icon';
import { useT } from '../../../../i18n/I18nProvider';
import { useDocumentForm } from './documentForm';

/** A part of a form that most people leave closed; what it is about is said while it is closed. */
export function Section({
  icon,
  title,
  summary,
  places,
  children,
}: {
  icon: IconName;
  title: string;
  /** What is set in it; empty if nothing is. */
  summary: string;
  /** Where its fields are: it opens when something is wrong there. */
  places: readonly string[];
  children: ReactNode;
}) {
  const t = useT();
  const form = useDocumentForm();
  const wrong = places.some((place) => form.problem(place) !== undefined);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (wrong) setOpen(true);
  }, [wrong]);
  return (
    <details className="section" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="section__summary">
        <Icon name={icon} size={18} />
        <span className="section__title">{title}</span>
        <span className={`section__state${summary ? ' section__state--set' : ''}${wrong ? ' section__state--wrong' : ''}`}>
          {summary || t('form.unset')}
        </span>
        <Icon name="chevronDown" size={16} />
      </summary>
      {open && <div className="section__body">{children}</div>}
    </details>
  );
}
