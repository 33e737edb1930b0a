import type { ReactNode } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ErrorNotice } from '../components/ErrorNotice';
import { Skeleton } from '../components/Feedback';
import { useT } from '../i18n/I18nProvider';
import { NotFoundPage } from '../pages/NotFoundPage';
import { useSession, useUser } from '../session/SessionProvider';

// The same objects each time: another one would make a navigation that is still under way begin again, at every render.
const EXPIRED = { expired: true };
const LEFT = { expired: false };

/** Lets only logged-in users through; everybody else logs in first and comes back to where they wanted to go. */
export function RequireSession({ children }: { children: ReactNode }) {
  const t = useT();
  const { state, reload } = useSession();
  const location = useLocation();
  switch (state.name) {
    case 'loading':
      return (
        <div className="waiting">
          <Skeleton rows={3} />
        </div>
      );
    case 'unreachable':
      return (
        <main className="waiting">
          <ErrorNotice error={state.error} title={t('session.unreachable')} onRetry={reload} />
        </main>
      );
    case 'anonymous': {
      const wanted = location.pathname + location.search;
      const query = wanted === '/' ? '' : `?next=${encodeURIComponent(wanted)}`;
      return <Navigate to={`/login${query}`} replace state={state.expired ? EXPIRED : LEFT} />;
    }
    default:
      return children;
  }
}

/** Administration does not exist for anybody else. The panel checks again on every call. */
export function RequireAdmin() {
  return useUser().admin ? <Outlet /> : <NotFoundPage />;
}
