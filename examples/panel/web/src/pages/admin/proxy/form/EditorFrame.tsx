import { useEffect, type ReactNode } from 'react';
import { PageHeader } from '../../../../components/Page';
import { ChangePanel } from './ChangePanel';
import type { RouteEditor } from './useRouteEditor';

/** A form with what is said about it beside it, or below it on a narrow screen. */
export function EditorFrame({ title, parent, editor, children }: { title: string; parent: { to: string; label: string }; editor: RouteEditor; children: ReactNode }) {
  useEffect(() => {
    if (!editor.dirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [editor.dirty]);
  return (
    <>
      <PageHeader title={title} parent={parent} />
      <form
        ref={editor.ref}
        className="editor-page"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          editor.save();
        }}
      >
        <div className="editor-page__fields">{children}</div>
        <ChangePanel editor={editor} />
      </form>
    </>
  );
}
