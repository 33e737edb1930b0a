import { useId } from 'react';
import { Icon, type IconName } from './Icon';

/** A choice of one among few that need a sentence each. Radio buttons underneath, so arrow keys work as everywhere. */
export function ChoiceCards<Value extends string>({
  label,
  value,
  options,
  onChange,
  error,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; text?: string; icon?: IconName }[];
  onChange: (value: Value) => void;
  error?: string | undefined;
}) {
  const name = useId();
  return (
    <fieldset className="choices" aria-describedby={error ? `${name}-error` : undefined}>
      <legend className="field__label">{label}</legend>
      <div className="choices__row">
        {options.map((option) => (
          <label key={option.value} className="choice">
            <input
              type="radio"
              className="visually-hidden"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            {option.icon && <Icon name={option.icon} size={18} />}
            <span className="choice__words">
              <strong>{option.label}</strong>
              {option.text && <span>{option.text}</span>}
            </span>
          </label>
        ))}
      </div>
      <div className="field__error" id={`${name}-error`} role={error ? 'alert' : undefined}>
        {error && (
          <>
            <Icon name="warning" size={15} />
            <span>{error}</span>
          </>
        )}
      </div>
    </fieldset>
  );
}
