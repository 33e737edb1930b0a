import { useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { toApiError, type ApiError } from '../api';
import { useT } from '../i18n/I18nProvider';
import { Button, IconButton } from './Button';
import { ErrorNotice } from './ErrorNotice';
import { TextField } from './Field';

const FOCUSABLE = 'button:not(:disabled), a[href], input:not(:disabled), select:not(:disabled), textarea:not(:disabled)';

/** A modal dialog: the page behind is inert, Tab stays inside, Escape closes, and focus returns to where it was. */
export function Dialog({
  title,
  onClose,
  children,
  className = '',
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  className?: string;
}) {
  const t = useT();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={ref}
      className={`dialog ${className}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={cycleFocus}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div className="dialog__frame">
        <header className="dialog__header">
          <h2 id={titleId}>{title}</h2>
          <IconButton icon="close" label={t('action.close')} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** A question before something that cannot be taken back. `confirmText` has to be typed first, where it is given. */
export function ConfirmDialog({
  title,
  children,
  action,
  confirmText,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  action: string;
  confirmText?: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}) {
  const t = useT();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [reminded, setReminded] = useState(false);
  const matches = confirmText === undefined || typed.trim() === confirmText.trim();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!matches) {
      setReminded(true);
      return;
    }
    setBusy(true);
    setError(null);
    onConfirm().then(onClose, (thrown: unknown) => {
      setError(toApiError(thrown));
      setBusy(false);
    });
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="dialog__body">
          {children}
          {confirmText !== undefined && (
            <TextField
              label={t('confirm.type', { text: confirmText })}
              value={typed}
              onChange={setTyped}
              autoComplete="off"
              error={reminded && !matches ? t('confirm.mismatch') : undefined}
            />
          )}
          {error && <ErrorNotice error={error} />}
        </div>
        <footer className="dialog__footer">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="danger" type="submit" busy={busy}>
            {action}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function cycleFocus(event: KeyboardEvent<HTMLDialogElement>): void {
  if (event.key !== 'Tab') return;
  const items = Array.from(event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)).filter(
    (item) => item.tabIndex >= 0 && item.offsetParent !== null,
  );
  const first = items[0];
  const last = items.at(-1);
  if (!first || !last) return;
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last.focus();
  }
  if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}
