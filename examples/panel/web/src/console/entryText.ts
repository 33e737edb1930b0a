import type { Translator } from '../i18n/translate';
import { plainText, styledText } from './ansi';
import type { ConsoleEntry } from './log';

/** One entry as a line of the terminal. */
export function terminalLine(entry: ConsoleEntry, t: Translator): string {
  switch (entry.kind) {
    case 'output':
      return `${styledText(entry.text)}\u001b[0m`;
    case 'install':
      return `\u001b[36m│\u001b[0m ${styledText(entry.text)}\u001b[0m`;
    case 'daemon':
      return `\u001b[33m${plainLine(entry, t)}\u001b[0m`;
    case 'error':
      return `\u001b[31m${plainLine(entry, t)}\u001b[0m`;
    default:
      return `\u001b[3;90m${plainLine(entry, t)}\u001b[0m`;
  }
}

/** One entry as text without styles. */
export function plainLine(entry: ConsoleEntry, t: Translator): string {
  switch (entry.kind) {
    case 'gap':
      return t.count('console.gap', entry.to - entry.from + 1);
    case 'install-phase':
      return entry.phase === 'started' ? t('console.installStarted') : t('console.installCompleted');
    case 'daemon':
      return t('console.daemonLine', { text: plainText(entry.text) });
    case 'error':
      return t('console.errorLine', { text: plainText(entry.text) });
    default:
      return plainText(entry.text);
  }
}
