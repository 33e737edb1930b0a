import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'react-router';
import { Icon, type IconName } from './Icon';

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Look {
  variant?: Variant;
  icon?: IconName;
  small?: boolean;
  children: ReactNode;
}

/** A button that stays focusable while it is busy, so that the keyboard does not lose its place. */
export function Button({
  variant = 'secondary',
  icon,
  small = false,
  busy = false,
  children,
  onClick,
  className = '',
  ...rest
}: Look & { busy?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      {...rest}
      className={`${classOf(variant, small)} ${className}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} size={small ? 16 : 18} />}
      <span className="button__text">{children}</span>
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ variant = 'secondary', icon, small = false, to, children }: Look & { to: string }) {
  return (
    <Link to={to} className={classOf(variant, small)}>
      {icon && <Icon name={icon} size={small ? 16 : 18} />}
      <span className="button__text">{children}</span>
    </Link>
  );
}

/** A button that shows only its icon; the label is read out and shown as a tooltip. */
export function IconButton({
  icon,
  label,
  ...rest
}: { icon: IconName; label: string } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'>) {
  return (
    <button type="button" {...rest} className="icon-button" aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}

function classOf(variant: Variant, small: boolean): string {
  return `button button--${variant}${small ? ' button--small' : ''}`;
}
