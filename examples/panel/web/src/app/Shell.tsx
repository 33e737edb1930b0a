import { useEffect, useRef, useState } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { IconButton } from '../components/Button';
import { Icon, Mark, type IconName } from '../components/Icon';
import { useT } from '../i18n/I18nProvider';
import { LiveProvider } from '../live/LiveProvider';
import { useUser } from '../session/SessionProvider';
import { AccountPanel } from './AccountPanel';

/** The frame around every page behind the log-in: navigation at the side, at the top on small screens. */
export function Shell() {
  const t = useT();
  const user = useUser();
  const location = useLocation();
  const [menuOpen, setMenuOpen] = useState(false);
  useFocusAfterNavigation();
  useEffect(() => setMenuOpen(false), [location.pathname]);
  useEffect(() => {
    // The open menu covers a small screen; on a large one it is always there.
    const wide = window.matchMedia('(min-width: 55.01rem)');
    const close = () => setMenuOpen(false);
    wide.addEventListener('change', close);
    return () => wide.removeEventListener('change', close);
  }, []);

  return (
    <LiveProvider>
      <a className="skip-link" href="#main">
        {t('nav.skip')}
      </a>
      <div className="shell">
        <header
          className={`sidebar${menuOpen ? ' sidebar--open' : ''}`}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && menuOpen) {
              setMenuOpen(false);
              document.getElementById('menu-button')?.focus();
            }
          }}
        >
          <div className="sidebar__frame">
            <div className="sidebar__top">
              <Link to="/servers" className="brand">
                <Mark />
                <span>{t('app.name')}</span>
              </Link>
              <IconButton
                id="menu-button"
                icon={menuOpen ? 'close' : 'menu'}
                label={menuOpen ? t('nav.closeMenu') : t('nav.openMenu')}
                aria-expanded={menuOpen}
                aria-controls="menu"
                onClick={() => setMenuOpen((open) => !open)}
              />
            </div>
            <div className="sidebar__menu" id="menu">
              <nav aria-label={t('nav.main')}>
                <ul className="nav">
                  <NavItem to="/servers" icon="servers" label={t('nav.servers')} />
                </ul>
                {user.admin && (
                  <>
                    <h2 className="nav__heading" id="nav-admin">
                      {t('nav.administration')}
                    </h2>
                    <ul className="nav" aria-labelledby="nav-admin">
                      <NavItem to="/admin/nodes" icon="nodes" label={t('nav.nodes')} />
                      <NavItem to="/admin/eggs" icon="egg" label={t('nav.eggs')} />
                      <NavItem to="/admin/proxy" icon="route" label={t('nav.proxy')} />
                      <NavItem to="/admin/users" icon="users" label={t('nav.users')} />
                    </ul>
                  </>
                )}
              </nav>
              <AccountPanel />
            </div>
          </div>
        </header>
        <main id="main" className="main" tabIndex={-1} inert={menuOpen}>
          <Outlet />
        </main>
      </div>
    </LiveProvider>
  );
}

function NavItem({ to, icon, label }: { to: string; icon: IconName; label: string }) {
  return (
    <li>
      <NavLink to={to} className="nav__link">
        <Icon name={icon} />
        <span>{label}</span>
      </NavLink>
    </li>
  );
}

const PROXY_TABS = /^\/admin\/proxy(\/(routes|connections|raw|plugins|cloudflare|certificates|history))?$/;

/** Tabs of one server are one page, and so are those of the proxy. */
function pageOf(pathname: string): string {
  if (pathname.startsWith('/servers/')) return pathname.split('/').slice(0, 3).join('/');
  return PROXY_TABS.test(pathname) ? '/admin/proxy' : pathname;
}

/** Moves focus to the heading of the new page, as a browser would on a page load. */
function useFocusAfterNavigation(): void {
  const { pathname } = useLocation();
  const page = pageOf(pathname);
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return undefined;
    before.current = page;
    window.scrollTo(0, 0);
    const origin = document.activeElement;
    // The page's code may still be loading: wait for its heading, but not for ever. Who has gone on meanwhile, with the
    // keyboard or the mouse, stays where he is.
    const arrive = () => {
      const heading = document.getElementById('page-title');
      const focused = document.activeElement;
      if (heading && (focused === document.body || focused === origin)) heading.focus({ preventScroll: true });
      return heading !== null;
    };
    if (arrive()) return undefined;
    let tries = 0;
    const timer = setInterval(() => {
      if (arrive() || ++tries > 40) clearInterval(timer);
    }, 50);
    return () => clearInterval(timer);
  }, [page]);
}
