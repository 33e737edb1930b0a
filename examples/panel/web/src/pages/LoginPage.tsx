import { useRef, useState, type FormEvent } from 'react';
import { Navigate, useLocation, useSearchParams } from 'react-router';
import { toApiError, type ApiError } from '../api';
import { LanguageChoice, ThemeChoice } from '../app/Preferences';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { Banner } from '../components/Feedback';
import { TextField } from '../components/Field';
import { Mark } from '../components/Icon';
import { usePageTitle } from '../components/Page';
import { useT } from '../i18n/I18nProvider';
import { safeReturnTo } from '../session/returnTo';
import { useSession } from '../session/SessionProvider';

export function LoginPage() {
  const t = useT();
  usePageTitle(t('login.title'));
  const { state, logIn } = useSession();
  const [search] = useSearchParams();
  const location = useLocation();
  const expired = (location.state as { expired?: boolean } | null)?.expired === true;
  const form = useRef<HTMLFormElement>(null);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<{ username?: string; password?: string }>({});
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  if (state.name === 'user') return <Navigate to={safeReturnTo(search.get('next'))} replace />;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const nothing = {
      ...(username.trim() === '' ? { username: t('login.usernameMissing') } : {}),
      ...(password === '' ? { password: t('login.passwordMissing') } : {}),
    };
    setMissing(nothing);
    setError(null);
    if (Object.keys(nothing).length > 0) {
      form.current?.querySelector<HTMLInputElement>(nothing.username ? '[name=username]' : '[name=password]')?.focus();
      return;
    }
    setBusy(true);
    logIn(username.trim(), password).catch((thrown: unknown) => {
      setError(toApiError(thrown));
      setPassword('');
      setBusy(false);
      form.current?.querySelector<HTMLInputElement>('[name=password]')?.focus();
    });
  };

  return (
    <div className="login">
      <main className="login__card">
        <div className="login__brand">
          <Mark size={44} />
          <h1 id="page-title">{t('login.heading')}</h1>
          <p>{t('login.lead')}</p>
        </div>
        {expired && !error && (
          <Banner tone="info" title={t('login.expired')}>
            <p>{t('login.expiredText')}</p>
          </Banner>
        )}
        <form ref={form} onSubmit={submit} noValidate className="stack">
          <TextField
            label={t('login.username')}
            name="username"
            value={username}
            onChange={setUsername}
            error={missing.username}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
          />
          <TextField
            label={t('login.password')}
            name="password"
            type="password"
            value={password}
            onChange={setPassword}
            error={missing.password}
            autoComplete="current-password"
            required
          />
          {error && <ErrorNotice error={error} />}
          <Button variant="primary" type="submit" busy={busy} className="button--wide">
            {t('login.submit')}
          </Button>
        </form>
      </main>
      <footer className="login__foot">
        <LanguageChoice />
        <ThemeChoice />
      </footer>
    </div>
  );
}
