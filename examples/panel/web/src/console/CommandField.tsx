import { useId, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { Icon } from '../components/Icon';
import { useT } from '../i18n/I18nProvider';
import { readHistory, remember, step } from './commandHistory';

/** Where commands are typed. Arrow up and down walk through what was sent before in this tab. */
export function CommandField({
  uuid,
  disabledReason,
  onSend,
}: {
  uuid: string;
  /** Why nothing can be sent now, or null. */
  disabledReason: string | null;
  onSend: (line: string) => boolean;
}) {
  const t = useT();
  const id = useId();
  const stored = `rookery.commands.${uuid}`;
  const history = useRef(readHistory(sessionStorage.getItem(stored)));
  const [line, setLine] = useState('');
  const [failed, setFailed] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (line.trim() === '' || disabledReason !== null) return;
    if (!onSend(line)) {
      setFailed(true);
      return;
    }
    setFailed(false);
    history.current = remember(history.current, line);
    sessionStorage.setItem(stored, JSON.stringify(history.current.commands));
    setLine('');
  };

  const browse = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const next = step(history.current, event.key === 'ArrowUp' ? -1 : 1, line);
    if (!next) return;
    history.current = next.history;
    setLine(next.line);
  };

  return (
    <form className="command" onSubmit={submit}>
      <label htmlFor={id} className="visually-hidden">
        {t('console.command')}
      </label>
      <span className="command__prompt" aria-hidden="true">
        <Icon name="chevronRight" size={16} />
      </span>
      <input
        id={id}
        className="command__input mono"
        value={line}
        onChange={(event) => setLine(event.target.value)}
        onKeyDown={browse}
        placeholder={disabledReason ?? t('console.commandPlaceholder')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="send"
        readOnly={disabledReason !== null}
        aria-describedby={`${id}-state`}
      />
      <span id={`${id}-state`} className="visually-hidden" role="status">
        {failed ? t('console.notSent') : (disabledReason ?? '')}
      </span>
      <button type="submit" className="icon-button" aria-label={t('console.send')} title={t('console.send')} aria-disabled={disabledReason !== null}>
        <Icon name="send" />
      </button>
    </form>
  );
}
