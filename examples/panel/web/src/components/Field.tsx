import { useId, type InputHTMLAttributes, type ReactNode } from 'react';
import { useT } from '../i18n/I18nProvider';
import { Icon } from './Icon';

interface Frame {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
}

interface Ids {
  id: string;
  describedBy: string | undefined;
}

function FieldFrame({ label, hint, error, optional, children }: Frame & { children: (ids: Ids) => ReactNode }) {
  const t = useT();
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [hint ? hintId : '', error ? errorId : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div className={`field${error ? ' field--invalid' : ''}`}>
      <label className="field__label" htmlFor={id}>
        {label}
        {optional && <span className="field__optional">{t('form.optional')}</span>}
      </label>
      {children({ id, describedBy })}
      {hint && (
        <div className="field__hint" id={hintId}>
          {hint}
        </div>
      )}
      <div className="field__error" id={errorId} role={error ? 'alert' : undefined}>
        {error && (
          <>
            <Icon name="warning" size={15} />
            <span>{error}</span>
          </>
        )}
      </div>
    </div>
  );
}

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'id'>;

export function TextField({
  label,
  hint,
  error,
  optional,
  value,
  onChange,
  suffix,
  mono,
  ...rest
}: Frame & InputProps & { value: string; onChange: (value: string) => void; suffix?: string; mono?: boolean }) {
  return (
    <FieldFrame label={label} hint={hint} error={error} {...(optional ? { optional } : {})}>
      {({ id, describedBy }) => (
        <span className="input-frame">
          <input
            {...rest}
            id={id}
            className={`input${mono ? ' mono' : ''}`}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            aria-invalid={error ? true : undefined}
            aria-describedby={describedBy}
          />
          {suffix && (
            <span className="input-frame__suffix" aria-hidden="true">
              {suffix}
            </span>
          )}
        </span>
      )}
    </FieldFrame>
  );
}

export function TextArea({
  label,
  hint,
  error,
  optional,
  value,
  onChange,
  rows = 3,
  mono,
}: Frame & { value: string; onChange: (value: string) => void; rows?: number; mono?: boolean }) {
  return (
    <FieldFrame label={label} hint={hint} error={error} {...(optional ? { optional } : {})}>
      {({ id, describedBy }) => (
        <textarea
          id={id}
          className={`input${mono ? ' mono' : ''}`}
          rows={rows}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy}
        />
      )}
    </FieldFrame>
  );
}

export interface Choice {
  value: string;
  label: string;
  disabled?: boolean;
}

export function SelectField({
  label,
  hint,
  error,
  optional,
  value,
  onChange,
  choices,
  placeholder,
  disabled = false,
}: Frame & {
  value: string;
  onChange: (value: string) => void;
  choices: readonly Choice[];
  placeholder?: string;
  disabled?: boolean;
}) {
  return (
    <FieldFrame label={label} hint={hint} error={error} {...(optional ? { optional } : {})}>
      {({ id, describedBy }) => (
        <span className="select-frame">
          <select
            id={id}
            className="input"
            value={value}
            disabled={disabled}
            onChange={(event) => onChange(event.target.value)}
            aria-invalid={error ? true : undefined}
            aria-describedby={describedBy}
          >
            {placeholder !== undefined && (
              <option value="" disabled={!optional}>
                {placeholder}
              </option>
            )}
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value} disabled={choice.disabled}>
                {choice.label}
              </option>
            ))}
          </select>
          <Icon name="chevronDown" size={16} />
        </span>
      )}
    </FieldFrame>
  );
}

export function CheckField({
  label,
  hint,
  error,
  checked,
  onChange,
}: Frame & { checked: boolean; onChange: (checked: boolean) => void }) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className={`field field--check${error ? ' field--invalid' : ''}`}>
      <input
        id={id}
        type="checkbox"
        className="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        aria-invalid={error ? true : undefined}
        aria-describedby={hint || error ? hintId : undefined}
      />
      <div>
        <label htmlFor={id} className="field__label">
          {label}
        </label>
        <div id={hintId}>
          {hint && <div className="field__hint">{hint}</div>}
          {error && <div className="field__error">{error}</div>}
        </div>
      </div>
    </div>
  );
}
