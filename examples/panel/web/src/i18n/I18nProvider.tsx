import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { readStored, writeStored } from '../theme/storage';
import { languages, pickLanguage, translator, type Language, type Translator } from './translate';

interface I18n {
  t: Translator;
  language: Language;
  /** Chooses and remembers a language. */
  choose: (language: Language) => void;
  /** Uses the account's language unless this browser has a choice of its own. */
  suggest: (language: string) => void;
}

const STORED = 'rookery.language';
const I18nContext = createContext<I18n | null>(null);

export function I18nProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    pickLanguage([readStored(STORED), ...(navigator.languages ?? [navigator.language])]),
  );
  const choose = useCallback((chosen: Language) => {
    writeStored(STORED, chosen);
    setLanguage(chosen);
  }, []);
  const suggest = useCallback((suggested: string) => {
    const known = languages.find((candidate) => candidate === suggested);
    if (known && readStored(STORED) === null) setLanguage(known);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({ t: translator(language, navigator.languages), language, choose, suggest }),
    [language, choose, suggest],
  );
  return <I18nContext value={value}>{children}</I18nContext>;
}

export function useI18n(): I18n {
  const value = use(I18nContext);
  if (!value) throw new Error('useI18n outside of I18nProvider');
  return value;
}

/** The translator of the current language. */
export function useT(): Translator {
  return useI18n().t;
}
