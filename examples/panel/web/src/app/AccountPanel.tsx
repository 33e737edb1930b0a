import { useState } from 'react';
import { Link } from 'react-router';
import { panel, toApiError, type ApiError } from '../api';
import { IconButton } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { useI18n } from '../i18n/I18nProvider';
import type { Language } from '../i18n/translate';
import { useSession, useUser } from '../session/SessionProvider';
import { LanguageChoice, ThemeChoice } from './Preferences';

/** Who is logged in, how the UI looks and speaks, and the way out. */
export function AccountPanel() {
  const { t } = useI18n();
  const user = useUser();
  const { logOut } = useSession();
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  const remember = (language: Language) => {
    panel.chooseLanguage(language).catch((thrown: unknown) => setError(toApiError(thrown)));
  };

  const leave = () => {
    setBusy(true);
    logOut().catch((thrown: unknown) => {
      setError(toApiError(thrown));
      setBusy(false);
    });
  };

  return (
    <div className="account">
      {error && <ErrorNotice error={error} />}
      <div className="account__choices">
        <LanguageChoice onChosen={remember} />
        <ThemeChoice />
      </div>
      <div className="account__user">
        <span className="account__avatar" aria-hidden="true">
          {user.username.slice(0, 1).toUpperCase()}
        </span>
        <span className="account__name">
          <Link to="/account" className="account__link">
            {user.username}
          </Link>
          <small>{user.admin ? t('account.admin') : t('account.user')}</small>
        </span>
        <IconButton icon="logout" label={t('account.logOut')} disabled={busy} onClick={leave} />
      </div>
    </div>
  );
}
