import { useRef, useState, type FormEvent, type RefObject } from 'react';
import { ApiError, toApiError } from '../api/errors';
import { fieldProblems } from '../components/describeError';
import { useT } from '../i18n/I18nProvider';
import { focusFirstProblem } from './focusFirstProblem';

export type Problems = Record<string, string>;

interface Options<Values> {
  initial: Values;
  validate: (values: Values) => Problems;
  submit: (values: Values) => Promise<void>;
}

export interface Form<Values> {
  ref: RefObject<HTMLFormElement | null>;
  values: Values;
  busy: boolean;
  /** What the panel said, where it is not about a field that is shown. */
  error: ApiError | null;
  /** Sets a value, and forgets what the panel said about it; `field` is the panel's name where it is another one. */
  set: <Name extends keyof Values>(name: Name, value: Values[Name], field?: string) => void;
  /** What is wrong with a field: checked here once it was left or sent, or said by the panel. */
  problem: (name: string) => string | undefined;
  leave: (name: string) => void;
  text: (name: { [Key in keyof Values]: Values[Key] extends string ? Key : never }[keyof Values] & string) => {
    name: string;
    value: string;
    onChange: (value: string) => void;
    onBlur: () => void;
    error: string | undefined;
  };
  onSubmit: (event: FormEvent) => void;
}

/** Holds a form's values, checks them when a field is left and when the form is sent, and sorts the panel's answer to its fields. */
export function useForm<Values extends object>({ initial, validate, submit }: Options<Values>): Form<Values> {
  const t = useT();
  const ref = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [sent, setSent] = useState(false);
  const [refused, setRefused] = useState<Problems>({});
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const problems = validate(values);

  const set = <Name extends keyof Values>(name: Name, value: Values[Name], field = String(name)) => {
    setValues((before) => ({ ...before, [name]: value }));
    // What the panel said about the old value does not hold for the new one.
    setRefused((before) => withoutField(before, field));
  };
  const problem = (name: string) => refused[name] ?? (sent || left.has(name) ? problems[name] : undefined);
  const leave = (name: string) => setLeft((before) => new Set(before).add(name));

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setSent(true);
    setError(null);
    setRefused({});
    if (Object.keys(problems).length > 0) {
      focusFirstProblem(ref.current);
      return;
    }
    setBusy(true);
    submit(values).catch((thrown: unknown) => {
      const answer = toApiError(thrown);
      setRefused(fieldProblems(answer, t));
      setError(answer);
      setBusy(false);
      if (Object.keys(answer.fields).length > 0) focusFirstProblem(ref.current);
    });
  };

  return {
    ref,
    values,
    busy,
    error,
    set,
    problem,
    leave,
    text: (name) => ({
      name,
      value: values[name] as string,
      onChange: (value) => set(name, value as Values[typeof name]),
      onBlur: () => leave(name),
      error: problem(name),
    }),
    onSubmit,
  };
}

function withoutField(problems: Problems, name: string): Problems {
  const kept = Object.entries(problems).filter(([field]) => field !== name && !field.startsWith(`${name}.`));
  return kept.length === Object.keys(problems).length ? problems : Object.fromEntries(kept);
}
