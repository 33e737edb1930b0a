import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { useT } from '../i18n/I18nProvider';
import { IconButton } from './Button';
import { Icon } from './Icon';

interface Toast {
  id: number;
  text: string;
}

const ToastContext = createContext<((text: string) => void) | null>(null);
const SHOWN_MILLIS = 5_000;

/** Short words about an action that worked. What did not work is said where it was tried. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useT();
  const [toasts, setToasts] = useState<Toast[]>([]);
  const nextId = useRef(1);
  const remove = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (text: string) => {
      const id = nextId.current++;
      setToasts((shown) => [...shown.slice(-2), { id, text }]);
      setTimeout(() => remove(id), SHOWN_MILLIS);
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
            <IconButton icon="close" label={t('action.dismiss')} onClick={() => remove(toast.id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

export function useToast(): (text: string) => void {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast outside of ToastProvider');
  return show;
}
