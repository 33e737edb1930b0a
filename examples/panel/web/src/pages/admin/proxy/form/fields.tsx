import { useState, type ReactNode } from 'react';
import { Button, IconButton } from '../../../../components/Button';
import { CheckField, SelectField, TextArea, TextField, type Choice } from '../../../../components/Field';
import { TokenField } from '../../../../components/TokenField';
import { useT } from '../../../../i18n/I18nProvider';
import type { Json } from '../../../../proxy/document';
import { getAt, isObject } from '../../../../proxy/pointer';
import { numberOf, shownDuration } from '../../../../proxy/values';
import { listAt, textAt, useDocumentForm } from './documentForm';

interface Place {
  /** Where in the document, as a JSON pointer. */
  at: string;
  label: string;
  hint?: string;
  optional?: boolean;
  placeholder?: string;
  /** A value as it may be: data, the same in every language. */
  example?: string;
}

/** A text. An empty one is left out, unless it is `kept`. */
export function DocText({ at, example, kept = false, suffix, mono = false, autoComplete = 'off', ...words }: Place & { kept?: boolean; suffix?: string; mono?: boolean; autoComplete?: string }) {
  const form = useDocumentForm();
  return (
    <TextField
      {...words}
      placeholder={example ?? words.placeholder}
      {...(suffix === undefined ? {} : { suffix })}
      mono={mono}
      name={at}
      autoComplete={autoComplete}
      value={textAt(form, at)}
      error={form.problem(at)}
      onChange={(text) => form.set(at, text === '' && !kept ? undefined : text)}
    />
  );
}

export function DocNumber({ at, example, suffix, ...words }: Place & { suffix?: string }) {
  const form = useDocumentForm();
  return (
    <TextField
      {...words}
      placeholder={example ?? words.placeholder}
      {...(suffix === undefined ? {} : { suffix })}
      name={at}
      inputMode="numeric"
      autoComplete="off"
      value={textAt(form, at)}
      error={form.problem(at)}
      onChange={(text) => form.set(at, numberOf(text))}
    />
  );
}

/** A time such as `30s`. */
export function DocDuration({ at, example, ...words }: Place) {
  const form = useDocumentForm();
  return (
    <TextField
      {...words}
      placeholder={example ?? words.placeholder}
      mono
      name={at}
      autoComplete="off"
      value={shownDuration(textAt(form, at))}
      error={form.problem(at)}
      onChange={(text) => form.set(at, text.trim() === '' ? undefined : text.trim())}
    />
  );
}

export function DocArea({ at, rows = 4, mono = true, label, hint, optional }: Place & { rows?: number; mono?: boolean }) {
  const form = useDocumentForm();
  return (
    <TextArea
      label={label}
      hint={hint}
      {...(optional ? { optional } : {})}
      rows={rows}
      mono={mono}
      value={textAt(form, at)}
      error={form.problem(at)}
      onChange={(text) => form.set(at, text === '' ? undefined : text)}
    />
  );
}

/** A choice. What is usual is what counts while nothing is said. */
export function DocSelect({ at, choices, usual, number = false, label, hint, optional, placeholder }: Place & { choices: readonly Choice[]; usual?: string; number?: boolean }) {
  const form = useDocumentForm();
  return (
    <SelectField
      label={label}
      hint={hint}
      {...(optional ? { optional } : {})}
      {...(placeholder === undefined ? {} : { placeholder })}
      choices={choices}
      value={textAt(form, at, usual ?? '')}
      error={form.problem(at)}
      onChange={(value) => form.set(at, value === '' ? undefined : number ? numberOf(value) : value)}
    />
  );
}

/** A tick; `inverse` where the document says the opposite of the label. */
export function DocCheck({ at, label, hint, usual = false, inverse = false }: Place & { usual?: boolean; inverse?: boolean }) {
  const form = useDocumentForm();
  const value = getAt(form.value, at);
  const checked = (typeof value === 'boolean' ? value : usual) !== inverse;
  return <CheckField label={label} hint={hint} error={form.problem(at)} checked={checked} onChange={(next) => form.set(at, next !== inverse)} />;
}

/** A list of short texts, or of numbers. */
export function DocTokens({ at, numbers = false, label, hint, optional, placeholder, example }: Place & { numbers?: boolean }) {
  const form = useDocumentForm();
  const values = listAt<string | number>(form, at).map(String);
  const wrong = values.map((_, index) => index).filter((index) => form.problem(`${at}/${index}`) !== undefined);
  return (
    <TokenField
      label={label}
      hint={hint}
      placeholder={example ?? placeholder}
      {...(optional ? { optional } : {})}
      values={values}
      wrong={wrong}
      error={form.problem(at)}
      onChange={(next) => form.set(at, next.length === 0 ? undefined : numbers ? next.map((text) => numberOf(text) ?? text) : next)}
    />
  );
}

/** Names with a value each, such as headers. */
export function DocPairs({ at, label, hint, nameLabel, valueLabel }: Place & { nameLabel: string; valueLabel: string }) {
  const t = useT();
  const form = useDocumentForm();
  const value = getAt(form.value, at);
  const [rows, setRows] = useState(() => Object.entries(isObject(value) ? value : {}).map(([name, text]) => [name, String(text)] as const));
  const change = (next: readonly (readonly [string, string])[]) => {
    setRows([...next]);
    const named = next.filter(([name]) => name.trim() !== '');
    form.set(at, named.length === 0 ? undefined : Object.fromEntries(named.map(([name, text]) => [name.trim(), text])));
  };
  return (
    <Rows label={label} hint={hint} error={form.problem(at)} add={t('form.add')} onAdd={() => change([...rows, ['', '']])}>
      {rows.map(([name, text], index) => (
        <li key={index} className="row row--pair">
          <TextField label={nameLabel} value={name} mono autoComplete="off" onChange={(next) => change(rows.map((row, place) => (place === index ? [next, row[1]] : row)))} />
          <TextField
            label={valueLabel}
            value={text}
            mono
            autoComplete="off"
            error={name === '' ? undefined : form.problem(`${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)}
            onChange={(next) => change(rows.map((row, place) => (place === index ? [row[0], next] : row)))}
          />
          <IconButton icon="trash" label={t('form.removeRow', { number: index + 1 })} onClick={() => change(rows.filter((_, place) => place !== index))} />
        </li>
      ))}
    </Rows>
  );
}

/** Rows of fields of which there may be any number. */
export function Rows({ label, hint, error, add, onAdd, children }: { label: string; hint?: string | undefined; error?: string | undefined; add: string; onAdd: () => void; children: ReactNode }) {
  return (
    <fieldset className="rows">
      <legend className="field__label">{label}</legend>
      {hint && <p className="field__hint">{hint}</p>}
      <ul className="rows__list">{children}</ul>
      {error && (
        <p className="field__error" role="alert">
          {error}
        </p>
      )}
      <Button small icon="plus" onClick={onAdd}>
        {add}
      </Button>
    </fieldset>
  );
}

/** Something that is there or not: ticked, it is there as it usually is, and its fields are shown. */
export function DocPart({ at, label, hint, begin, children }: Place & { begin: Json; children: ReactNode }) {
  const form = useDocumentForm();
  const there = getAt(form.value, at) !== undefined;
  return (
    <div className="part">
      <CheckField label={label} hint={hint} error={there ? undefined : form.problem(at)} checked={there} onChange={(next) => form.set(at, next ? begin : undefined)} />
      {there && <div className="part__fields">{children}</div>}
    </div>
  );
}
