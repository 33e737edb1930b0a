import { Icon, type IconName } from './Icon';

export type StepState = 'DONE' | 'WAITING' | 'FAILED' | 'PENDING';

export interface Step {
  key: string;
  name: string;
  state: StepState;
  /** The state in a word, for those who do not see its sign. */
  outcome: string;
  said: string;
}

/** What happens one after the other, and how far it is. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map(({ key, name, state, outcome, said }) => (
        <li key={key} className="steps__step" data-step={key} data-state={state} {...(state === 'WAITING' ? { 'aria-current': 'step' } : {})}>
          <span className="steps__sign" aria-hidden="true">
            {SIGNS[state] ? <Icon name={SIGNS[state]} size={15} /> : <span className={state === 'WAITING' ? 'spinner' : 'steps__dot'} />}
          </span>
          <span className="steps__words">
            <strong>
              {name}
              <span className="visually-hidden">{` (${outcome})`}</span>
            </strong>
            {said !== '' && <span className="steps__said">{said}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

const SIGNS: Readonly<Record<StepState, IconName | null>> = { DONE: 'check', FAILED: 'close', WAITING: null, PENDING: null };
