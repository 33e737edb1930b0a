import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { ApiError, panel, toApiError, type Session } from '../api';
import { useI18n } from '../i18n/I18nProvider';

export type SessionState =
  | { name: 'loading' }
  | { name: 'unreachable'; error: ApiError }
  | { name: 'anonymous'; expired: boolean }
  | { name: 'user'; session: Session };

interface SessionValue {
  state: SessionState;
  logIn: (username: string, password: string) => Promise<void>;
  logOut: () => Promise<void>;
  reload: () => void;
}

const SessionContext = createContext<SessionValue | null>(null);

const TRIES = 3;
const PAUSE_MILLIS = 700;

/** Asks again when nobody answered: a browser drops its requests when the machine's network changes, on a train or at a dock. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (thrown) {
      if (tries === TRIES || !toApiError(thrown).unreachable) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
    }
  }
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { suggest } = useI18n();
  const [state, setState] = useState<SessionState>({ name: 'loading' });

  const enter = useCallback(
    (session: Session) => {
      panel.client.useCsrfToken(session.csrfToken);
      suggest(session.user.language);
      setState({ name: 'user', session });
    },
    [suggest],
  );

  const leave = useCallback(
    (expired: boolean) => {
      panel.client.useCsrfToken(null);
      client.clear();
      setState({ name: 'anonymous', expired });
    },
    [client],
  );

  const reload = useCallback(() => {
    setState({ name: 'loading' });
    patiently(() => panel.session()).then(enter, (thrown: unknown) => {
      const error = toApiError(thrown);
      if (error.status === 401) leave(false);
      else setState({ name: 'unreachable', error });
    });
  }, [enter, leave]);

  // Once, when the page opens.
  useEffect(reload, []);

  useEffect(
    () =>
      panel.client.onSessionGone(() => {
        panel.client.useCsrfToken(null);
        setState((current) => (current.name === 'user' ? { name: 'anonymous', expired: true } : current));
      }),
    [],
  );

  const logIn = useCallback(
    async (username: string, password: string) => {
      const session = await panel.logIn(username, password);
      client.clear();
      enter(session);
    },
    [client, enter],
  );

  const logOut = useCallback(async () => {
    await panel.logOut().catch((thrown: unknown) => {
      // A session that is gone already is logged out as well as one that ends now.
      if (!(thrown instanceof ApiError) || !thrown.sessionGone) throw thrown;
    });
    leave(false);
  }, [leave]);

  const value = useMemo(() => ({ state, logIn, logOut, reload }), [state, logIn, logOut, reload]);
  return <SessionContext value={value}>{children}</SessionContext>;
}

export function useSession(): SessionValue {
  const value = use(SessionContext);
  if (!value) throw new Error('useSession outside of SessionProvider');
  return value;
}

/** The logged-in user. Only for pages behind the log-in. */
export function useUser(): Session['user'] {
  const { state } = useSession();
  if (state.name !== 'user') throw new Error('useUser without a session');
  return state.session.user;
}
