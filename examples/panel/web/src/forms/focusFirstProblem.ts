/** Brings whoever saves to the first field with a problem: after the next rendering, when fields are marked and their sections are open. */
export function focusFirstProblem(form: HTMLFormElement | null): void {
  setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(), 80);
}
