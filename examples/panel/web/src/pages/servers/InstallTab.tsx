import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { toApiError } from '../../api';
import { queries } from '../../api/queries';
import { Button } from '../../components/Button';
import { useCopy } from '../../components/Copy';
import { ErrorNotice } from '../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../components/Feedback';
import { plainText } from '../../console/ansi';
import { useT } from '../../i18n/I18nProvider';
import { useServerContext } from './ServerPage';

const POLL_MILLIS = 2_000;

export function InstallTab() {
  const t = useT();
  const { server } = useServerContext();
  const installing = server.status === 'installing' || server.status === 'creating';
  const { data, error, refetch } = useQuery({
    ...queries.installLog(server.uuid),
    refetchInterval: installing ? POLL_MILLIS : false,
  });
  const missing = error !== null && toApiError(error).status === 404;
  const text = useMemo(() => (data ?? '').split('\n').map(plainText).join('\n').trimEnd(), [data]);
  const [copied, copy] = useCopy();
  const frame = useRef<HTMLPreElement>(null);
  useLayoutEffect(() => {
    if (frame.current) frame.current.scrollTop = frame.current.scrollHeight;
  }, [text]);

  if (error && !missing) {
    return <ErrorNotice error={toApiError(error)} title={t('install.failed')} onRetry={() => void refetch()} />;
  }
  if (data === undefined && !missing) return <Skeleton rows={4} />;
  if (missing || text === '') {
    return (
      <EmptyState icon="document" title={t('install.none')}>
        {installing ? t('install.noneYet') : t('install.noneText')}
      </EmptyState>
    );
  }
  return (
    <section className="console" aria-label={t('install.title')}>
      <div className="console__bar">
        <span className="muted">{installing ? t('install.running') : t('install.title')}</span>
        <Button small variant="quiet" icon={copied ? 'check' : 'copy'} onClick={() => copy(text)}>
          {copied ? t('action.copied') : t('action.copy')}
        </Button>
      </div>
      <pre ref={frame} className="text-log text-log--install" tabIndex={0} role="log" aria-label={t('install.title')}>
        {text}
      </pre>
    </section>
  );
}
