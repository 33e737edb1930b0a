import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { useT } from '../i18n/I18nProvider';
import { Button, IconButton } from './Button';
import { Icon } from './Icon';

interface ToastAction {
  label: string;
  run: () => void;
}

interface Toast {
  id: number;
  text: string;
  action?: ToastAction | undefined;
}

type ShowToast = (text: string, action?: ToastAction) => void;

const ToastContext = createContext<ShowToast | null>(null);
const SHOWN_MILLIS = 5_000;
/** Who may still change his mind is given the time to. */
const SHOWN_WITH_ACTION_MILLIS = 15_000;

/** Short words about an action that worked. What did not work is said where it was tried. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useT();
  const [toasts, setToasts] = useState<Toast[]>([]);
  const nextId = useRef(1);
  const remove = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (text: string, action?: ToastAction) => {
      const id = nextId.current++;
      setToasts((shown) => [...shown.slice(-2), { id, text, action }]);
      setTimeout(() => remove(id), action ? SHOWN_WITH_ACTION_MILLIS : SHOWN_MILLIS);
    },
    [remove],
  );
  return (
    <ToastContext value={useMemo(() => show, [show])}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className="toast">
            <Icon name="check" size={18} />
            <span>{toast.text}</span>
            {toast.action && <ToastButton action={toast.action} onDone={() => remove(toast.id)} />}
            <IconButton icon="close" label={t('action.dismiss')} onClick={() => remove(toast.id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

function ToastButton({ action, onDone }: { action: ToastAction; onDone: () => void }) {
  const press = () => {
    onDone();
    action.run();
  };
  return (
    <Button small variant="quiet" onClick={press}>
      {action.label}
    </Button>
  );
}

export function useToast(): ShowToast {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast outside of ToastProvider');
  return show;
}
