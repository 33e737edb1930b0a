import { useEffect, useState } from 'react';
import type { Server } from '../api';
import { Button, IconButton } from '../components/Button';
import { useCopy } from '../components/Copy';
import { describeError } from '../components/describeError';
import { Icon } from '../components/Icon';
import { Segmented } from '../components/Segmented';
import { useT } from '../i18n/I18nProvider';
import { allows } from '../servers/power';
import { readStored, writeStored } from '../theme/storage';
import { CommandField } from './CommandField';
import type { ConnectionPhase } from './connection';
import { plainLine } from './entryText';
import { Terminal } from './Terminal';
import { Announcer, TextLog } from './TextLog';
import { useEntries, type ServerConsole } from './useConsole';

type View = 'terminal' | 'text';
const STORED_VIEW = 'rookery.console';

export function Console({ server, console: live }: { server: Server; console: ServerConsole }) {
  const t = useT();
  const entries = useEntries(live.log);
  const [view, setView] = useState<View>(() => (readStored(STORED_VIEW) === 'text' ? 'text' : 'terminal'));
  const [copied, copy] = useCopy();

  return (
    <section className="console" aria-label={t('console.title')}>
      <div className="console__bar">
        <ConnectionState phase={live.phase} nodeConnected={live.nodeConnected} onRetry={live.retryNow} />
        <div className="console__tools">
          <IconButton
            icon={copied ? 'check' : 'copy'}
            label={copied ? t('action.copied') : t('console.copyAll')}
            onClick={() => copy(entries.map((entry) => plainLine(entry, t)).join('\n'))}
          />
          <IconButton icon="clear" label={t('console.clear')} onClick={() => live.log.clear()} />
          <Segmented<View>
            label={t('console.view')}
            value={view}
            options={[
              { value: 'terminal', label: t('console.viewTerminal') },
              { value: 'text', label: t('console.viewText') },
            ]}
            onChange={(chosen) => {
              writeStored(STORED_VIEW, chosen);
              setView(chosen);
            }}
          />
        </div>
      </div>
      <div className="console__screen">
        {view === 'terminal' ? (
          <>
            <Terminal log={live.log} entries={entries} />
            <Announcer entries={entries} />
          </>
        ) : (
          <TextLog entries={entries} />
        )}
        {entries.length === 0 && <p className="console__empty">{t('console.empty')}</p>}
      </div>
      <CommandField
        key={server.uuid}
        uuid={server.uuid}
        disabledReason={useDisabledReason(server, live.phase)}
        onSend={live.sendCommand}
      />
    </section>
  );
}

function useDisabledReason(server: Server, phase: ConnectionPhase): string | null {
  const t = useT();
  if (!allows(server.permissions, 'control.console')) return t('console.noPermission');
  if (phase.name !== 'open') return t('console.notConnected');
  if (server.state === 'offline') return t('console.serverOffline');
  return null;
}

function ConnectionState({
  phase,
  nodeConnected,
  onRetry,
}: {
  phase: ConnectionPhase;
  nodeConnected: boolean | null;
  onRetry: () => void;
}) {
  const t = useT();
  switch (phase.name) {
    case 'connecting':
      return <Line tone="busy">{t('console.connecting')}</Line>;
    case 'open':
      return nodeConnected === false ? (
        <Line tone="busy">{t('console.nodeAway')}</Line>
      ) : (
        <Line tone="good">{t('console.live')}</Line>
      );
    case 'waiting':
      return <Waiting phase={phase} onRetry={onRetry} />;
    case 'ended':
      return (
        <Line tone="bad">
          {phase.reason === 'deleted' ? t('console.deleted') : phase.error ? describeError(phase.error, t).summary : t('console.closed')}
        </Line>
      );
  }
}

function Waiting({ phase, onRetry }: { phase: Extract<ConnectionPhase, { name: 'waiting' }>; onRetry: () => void }) {
  const t = useT();
  const [seconds, setSeconds] = useState(() => Math.ceil(phase.retryInMillis / 1000));
  useEffect(() => {
    setSeconds(Math.ceil(phase.retryInMillis / 1000));
    const timer = setInterval(() => setSeconds((left) => Math.max(0, left - 1)), 1000);
    return () => clearInterval(timer);
  }, [phase]);
  return (
    <div className="connection connection--bad">
      <Icon name="warning" size={16} />
      <span role="status">{t('console.lost')}</span>
      <span aria-hidden="true">{t('console.retryIn', { seconds })}</span>
      <Button small variant="quiet" onClick={onRetry}>
        {t('console.retryNow')}
      </Button>
    </div>
  );
}

function Line({ tone, children }: { tone: 'good' | 'busy' | 'bad'; children: string }) {
  return (
    <div className={`connection connection--${tone}`}>
      <span className="badge__dot" aria-hidden="true" />
      <span role="status">{children}</span>
    </div>
  );
}
