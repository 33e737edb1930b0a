import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { lineSeparatorOf, loadLanguage } from '../../../files/languages';

export interface CodeEditorHandle {
  /** Returns the text as it is now. */
  text: () => string;
  /** Says that the present text is the one that is kept. */
  keep: (text: string) => void;
}

// The colours are those of the design, which follow the theme by themselves.
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'var(--memory)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.unit], color: 'var(--busy)' },
  { tag: [tags.propertyName, tags.attributeName, tags.definition(tags.variableName), tags.heading], color: 'var(--info)' },
  { tag: [tags.typeName, tags.className, tags.tagName, tags.namespace], color: 'var(--accent)' },
  { tag: [tags.comment, tags.meta, tags.processingInstruction], color: 'var(--text-muted)', fontStyle: 'italic' },
  { tag: tags.link, color: 'var(--link)', textDecoration: 'underline' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--text)', height: '100%', fontSize: 'var(--text-sm)' },
  // The frame around it shows the focus.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface-sunken)', color: 'var(--text-muted)', borderRight: '1px solid var(--border)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent-soft) 45%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--accent-soft)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 30%, transparent)',
  },
  '.cm-panels': { backgroundColor: 'var(--surface-sunken)', color: 'var(--text)' },
  '.cm-textfield, .cm-button': {
    backgroundColor: 'var(--surface)',
    backgroundImage: 'none',
    color: 'var(--text)',
    border: '1px solid var(--border-strong)',
    borderRadius: 'var(--radius-sm)',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--busy-soft)', outline: '1px solid var(--busy)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--accent-soft)' },
});

/** A text that is edited. It keeps the text itself; its owner asks for it when it is to be saved. */
export function CodeEditor({
  ref,
  name,
  initial,
  line = null,
  readOnly,
  label,
  phrases,
  onDirty,
  onSave,
}: {
  ref?: Ref<CodeEditorHandle>;
  name: string;
  initial: string;
  /** Where it begins; the cursor is put there. */
  line?: number | null;
  readOnly: boolean;
  label: string;
  phrases: Record<string, string>;
  /** Is told when the text begins to differ from the kept one, and when it does no longer. */
  onDirty: (dirty: boolean) => void;
  onSave: () => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const kept = useRef<EditorState['doc'] | null>(null);
  const latest = useRef({ onDirty, onSave });
  latest.current = { onDirty, onSave };
  const dirty = useRef(false);

  useImperativeHandle(ref, () => ({
    text: () => view.current?.state.sliceDoc() ?? initial,
    keep: (text) => {
      const { current } = view;
      if (!current) return;
      kept.current = current.state.toText(text);
      tell(current.state);
    },
  }));

  function tell(state: EditorState) {
    const differs = kept.current !== null && !state.doc.eq(kept.current);
    if (differs === dirty.current) return;
    dirty.current = differs;
    latest.current.onDirty(differs);
  }

  // The editor is made once for a text; its owner gives another text another key.
  useEffect(() => {
    const language = new Compartment();
    const extensions: Extension[] = [
      EditorState.lineSeparator.of(lineSeparatorOf(initial)),
      EditorState.readOnly.of(readOnly),
      EditorState.phrases.of(phrases),
      // Tab comes here by itself; said so, it is known to whoever asks.
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) tell(update.state);
      }),
      keymap.of([
        { key: 'Mod-s', preventDefault: true, run: () => (latest.current.onSave(), true) },
        ...defaultKeymap,
        ...historyKeymap,
        ...searchKeymap,
        // Where nothing is written, Tab goes on.
        ...(readOnly ? [] : [indentWithTab]),
      ]),
      [history(), lineNumbers(), drawSelection(), highlightActiveLine(), highlightSpecialChars()],
      [bracketMatching(), indentOnInput(), highlightSelectionMatches(), syntaxHighlighting(colours), look],
      language.of([]),
    ];
    const editor = new EditorView({ state: EditorState.create({ doc: initial, extensions }), parent: host.current ?? document.body });
    view.current = editor;
    kept.current = editor.state.doc;
    if (line !== null) goTo(editor, line);
    let gone = false;
    void loadLanguage(name)
      .then((loaded) => {
        if (!gone) editor.dispatch({ effects: language.reconfigure(loaded) });
      })
      // Without its colours it is as good a text.
      .catch(() => undefined);
    return () => {
      gone = true;
      editor.destroy();
      view.current = null;
    };
  }, []);
  return <div ref={host} className="editor__text" />;
}

function goTo(editor: EditorView, line: number) {
  const { from } = editor.state.doc.line(Math.min(line, editor.state.doc.lines));
  editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
  editor.focus();
}
