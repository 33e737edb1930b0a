/** On or off, at once. The label is read out; what is shown beside it says the same in words. */
export function Switch({
  label,
  checked,
  busy = false,
  onChange,
}: {
  label: string;
  checked: boolean;
  busy?: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={checked}
      aria-label={label}
      aria-busy={busy || undefined}
      title={label}
      onClick={() => {
        if (!busy) onChange(!checked);
      }}
    >
      <span className="switch__knob" aria-hidden="true" />
    </button>
  );
}
