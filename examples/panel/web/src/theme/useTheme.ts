import { useCallback, useSyncExternalStore } from 'react';
import { readStored, writeStored } from './storage';

export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];

const STORED = 'rookery.theme';
const listeners = new Set<() => void>();

/** The chosen theme; `system` follows the operating system. The same key is read by early.js before the first paint. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(subscribe, current);
  const choose = useCallback((chosen: Theme) => {
    writeStored(STORED, chosen === 'system' ? null : chosen);
    if (chosen === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = chosen;
    listeners.forEach((listener) => listener());
  }, []);
  return [theme, choose];
}

function current(): Theme {
  const shown = document.documentElement.dataset['theme'] ?? readStored(STORED);
  return shown === 'light' || shown === 'dark' ? shown : 'system';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
