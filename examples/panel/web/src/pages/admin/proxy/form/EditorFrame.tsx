import { useEffect, useId, type ReactNode } from 'react';
import { PageHeader } from '../../../../components/Page';
import { ChangePanel } from './ChangePanel';
import type { RouteEditor } from './useRouteEditor';

/** A form with what is said about it beside it, or below it on a narrow screen. */
export function EditorFrame({
  title,
  parent,
  editor,
  footer,
  children,
}: {
  title: string;
  parent: { to: string; label: string };
  editor: RouteEditor;
  /** What is no part of the form, such as a dialog with a form of its own. */
  footer: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  useEffect(() => {
    if (!editor.dirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [editor.dirty]);
  return (
    <>
      <PageHeader title={title} parent={parent} />
      <div className="editor-page">
        <div className="editor-page__fields">
          <form
            id={id}
            ref={editor.ref}
            className="editor-page__fields"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              editor.save();
            }}
          >
            {children}
          </form>
          {footer}
        </div>
        <ChangePanel editor={editor} form={id} />
      </div>
    </>
  );
}
