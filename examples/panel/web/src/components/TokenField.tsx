import { useId, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useT } from '../i18n/I18nProvider';
import { tokensOf } from '../proxy/values';
import { Icon } from './Icon';

/** Several short texts in one field: Enter, a comma or a blank ends one, Backspace takes the last one away. */
export function TokenField({
  label,
  hint,
  error,
  optional = false,
  placeholder,
  values,
  onChange,
  onLeave,
  wrong = [],
}: {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
  placeholder?: string | undefined;
  values: readonly string[];
  onChange: (values: string[]) => void;
  onLeave?: (() => void) | undefined;
  /** The places of those with which something is wrong. */
  wrong?: readonly number[];
}) {
  const t = useT();
  const id = useId();
  const [typed, setTyped] = useState('');

  const add = (text: string) => {
    const fresh = tokensOf(text).filter((token, index, all) => !values.includes(token) && all.indexOf(token) === index);
    setTyped('');
    if (fresh.length > 0) onChange([...values, ...fresh]);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    // Enter ends a text here; it does not send the form.
    if (event.key === 'Enter') event.preventDefault();
    if (typed !== '' && (event.key === 'Enter' || event.key === ',' || event.key === ' ')) {
      event.preventDefault();
      add(typed);
    } else if (event.key === 'Backspace' && typed === '' && values.length > 0) {
      event.preventDefault();
      onChange(values.slice(0, -1));
    }
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text');
    if (tokensOf(text).length < 2) return;
    event.preventDefault();
    add(`${typed}${text}`);
  };
  return (
    <div className={`field${error ? ' field--invalid' : ''}`}>
      <label className="field__label" htmlFor={id}>
        {label}
        {optional && <span className="field__optional">{t('form.optional')}</span>}
      </label>
      <div className="tokens input">
        {values.map((value, index) => (
          <span key={`${index} ${value}`} className={`token${wrong.includes(index) ? ' token--wrong' : ''}`}>
            <span className="token__text">{value}</span>
            <button
              type="button"
              className="token__remove"
              aria-label={t('form.removeNamed', { name: value })}
              onClick={() => onChange(values.filter((_, place) => place !== index))}
            >
              <Icon name="close" size={13} />
            </button>
          </span>
        ))}
        <input
          id={id}
          className="tokens__input"
          value={typed}
          placeholder={values.length === 0 ? placeholder : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={press}
          onPaste={paste}
          onBlur={() => {
            add(typed);
            onLeave?.();
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-words`}
        />
      </div>
      <div id={`${id}-words`} className="field__words">
        {hint && <div className="field__hint">{hint}</div>}
        {error && (
          <div className="field__error" role="alert">
            <Icon name="warning" size={15} />
            <span>{error}</span>
          </div>
        )}
      </div>
    </div>
  );
}
