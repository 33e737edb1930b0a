import type { Server } from '../api';
import { useT } from '../i18n/I18nProvider';
import { shownState, toneOf } from './shownState';

/** The state of a server in a word and a colour. */
export function StateBadge({ server }: { server: Pick<Server, 'status' | 'state' | 'node'> }) {
  const t = useT();
  const state = shownState(server);
  return (
    <span className={`badge badge--${toneOf(state)}`} data-state={state}>
      <span className="badge__dot" aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  );
}

export function Badge({ tone, children }: { tone: 'good' | 'busy' | 'bad' | 'idle'; children: string }) {
  return (
    <span className={`badge badge--${tone}`}>
      <span className="badge__dot" aria-hidden="true" />
      {children}
    </span>
  );
}
