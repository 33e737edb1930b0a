import type { StartupVariable } from '../../api/hosting';
import { CheckField, SelectField, TextField } from '../../components/Field';
import { useT } from '../../i18n/I18nProvider';

/** The control that fits the rules of a variable. */
export function StartupVariableField({
  variable,
  value,
  readOnly,
  error,
  onChange,
}: {
  variable: StartupVariable;
  value: string;
  readOnly: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const t = useT();
  const shared = {
    label: variable.name || variable.envVariable,
    error: error === undefined ? undefined : t('startup.expected', { expected: error }),
    hint: (
      <>
        {variable.description} <code className="field__env">{variable.envVariable}</code>
        {readOnly && <span className="field__fixed">{t('startup.fixed')}</span>}
      </>
    ),
  };
  if (variable.kind === 'toggle' && !readOnly) {
    const words = variable.defaultValue === 'true' || variable.defaultValue === 'false';
    const on = value === '1' || value === 'true';
    return <CheckField {...shared} checked={on} onChange={(checked) => onChange(words ? String(checked) : checked ? '1' : '0')} />;
  }
  if (variable.kind === 'select') {
    return (
      <SelectField
        {...shared}
        value={value}
        disabled={readOnly}
        onChange={onChange}
        {...(variable.required ? {} : { optional: true, placeholder: '–' })}
        choices={[...new Set(variable.choices.includes(value) || value === '' ? variable.choices : [value, ...variable.choices])].map(
          (choice) => ({ value: choice, label: choice }),
        )}
      />
    );
  }
  return (
    <TextField
      {...shared}
      value={value}
      onChange={onChange}
      readOnly={readOnly}
      optional={!variable.required}
      autoComplete="off"
      {...(variable.kind === 'number' ? { inputMode: 'decimal' as const } : {})}
    />
  );
}
