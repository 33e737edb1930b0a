import type { ReactNode } from 'react';
import type { Form } from '../forms/useForm';
import { useT } from '../i18n/I18nProvider';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { ErrorNotice } from './ErrorNotice';

/** A form in a dialog, with its buttons and what the panel said against it. */
export function FormDialog<Values>({
  title,
  submit,
  form,
  onClose,
  wide = false,
  children,
}: {
  title: string;
  submit: string;
  form: Form<Values>;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}) {
  const t = useT();
  return (
    <Dialog title={title} onClose={onClose} className={wide ? 'dialog--wide' : ''}>
      <form ref={form.ref} onSubmit={form.onSubmit} noValidate>
        <div className="dialog__body stack">
          {children}
          {form.error && <ErrorNotice error={form.error} />}
        </div>
        <footer className="dialog__footer">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" type="submit" busy={form.busy}>
            {submit}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
