import { useEffect, useId, useRef, useState } from 'react';
import { useT } from '../i18n/I18nProvider';
import { Icon } from './Icon';

/** Copies to the clipboard; without permission or a secure context it selects a hidden field instead. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  // Inside an open modal dialog only its own content can be focused.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  const before = document.activeElement;
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}

export function useCopy(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = (text: string) => {
    void copyText(text).then((done) => {
      setCopied(done);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), 2_000);
    });
  };
  return [copied, copy];
}

export function CopyButton({ text, label }: { text: string; label: string }) {
  const t = useT();
  const [copied, copy] = useCopy();
  return (
    <button
      type="button"
      className="icon-button icon-button--small"
      aria-label={label}
      title={copied ? t('action.copied') : label}
      onClick={(event) => {
        event.preventDefault();
        copy(text);
      }}
    >
      <Icon name={copied ? 'check' : 'copy'} size={16} />
      <span className="visually-hidden" role="status">
        {copied ? t('action.copied') : ''}
      </span>
    </button>
  );
}

/** A text to take away: shown in full, selected by one click, copied by the button. */
export function CopyField({ label, text, secret = false }: { label: string; text: string; secret?: boolean }) {
  const t = useT();
  const id = useId();
  return (
    <div className="copy-field">
      <span className="field__label" id={id}>
        {label}
      </span>
      <div className="copy-field__frame">
        <code className={secret ? 'copy-field__text copy-field__text--secret' : 'copy-field__text'} aria-labelledby={id} role="group" tabIndex={0}>
          {text}
        </code>
        <CopyButton text={text} label={t('action.copyNamed', { name: label })} />
      </div>
    </div>
  );
}
