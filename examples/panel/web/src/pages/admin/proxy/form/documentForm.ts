import { createContext, use } from 'react';
import type { Json, JsonObject } from '../../../../proxy/document';
import { getAt } from '../../../../proxy/pointer';

/** A piece of the document that is edited: fields name their place in it by a pointer, as findings do. */
export interface DocumentForm {
  value: JsonObject;
  set: (pointer: string, value: Json | undefined) => void;
  /** What is wrong at a place or in what is there. */
  problem: (pointer: string) => string | undefined;
}

const DocumentFormContext = createContext<DocumentForm | null>(null);

export const DocumentFormProvider = DocumentFormContext;

export function useDocumentForm(): DocumentForm {
  const form = use(DocumentFormContext);
  if (!form) throw new Error('a field of a document outside of its form');
  return form;
}

/** What is at a place, as a text of a field. */
export function textAt(form: DocumentForm, pointer: string, fallback = ''): string {
  const value = getAt(form.value, pointer);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : fallback;
}

export function listAt<T extends Json>(form: DocumentForm, pointer: string): T[] {
  const value = getAt(form.value, pointer);
  return Array.isArray(value) ? (value as T[]) : [];
}
