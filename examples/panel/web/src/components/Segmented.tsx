import { useId } from 'react';
import { Icon, type IconName } from './Icon';

/** A choice of one in a row. Radio buttons underneath, so arrow keys and screen readers work as everywhere. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  iconsOnly = false,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: IconName }[];
  onChange: (value: Value) => void;
  iconsOnly?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="segmented__option" title={iconsOnly ? option.label : undefined}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.icon && <Icon name={option.icon} size={16} />}
          <span className={iconsOnly ? 'visually-hidden' : ''}>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
