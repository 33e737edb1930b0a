import { Segmented } from '../components/Segmented';
import { useI18n } from '../i18n/I18nProvider';
import type { Language } from '../i18n/translate';
import { useTheme, type Theme } from '../theme/useTheme';

export function LanguageChoice({ onChosen }: { onChosen?: (language: Language) => void }) {
  const { t, language, choose } = useI18n();
  return (
    <Segmented<Language>
      label={t('preferences.language')}
      value={language}
      options={[
        { value: 'en', label: t('language.en') },
        { value: 'de', label: t('language.de') },
      ]}
      onChange={(chosen) => {
        choose(chosen);
        onChosen?.(chosen);
      }}
    />
  );
}

export function ThemeChoice() {
  const { t } = useI18n();
  const [theme, choose] = useTheme();
  return (
    <Segmented<Theme>
      iconsOnly
      label={t('preferences.theme')}
      value={theme}
      options={[
        { value: 'system', label: t('theme.system'), icon: 'system' },
        { value: 'light', label: t('theme.light'), icon: 'sun' },
        { value: 'dark', label: t('theme.dark'), icon: 'moon' },
      ]}
      onChange={choose}
    />
  );
}
