import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { panel, type Server } from '../../../api';
import type { FileJob } from '../../../api/files';
import { queries } from '../../../api/queries';
import { describeError } from '../../../components/describeError';
import { Button, IconButton } from '../../../components/Button';
import { Icon } from '../../../components/Icon';
import { isActive, uploads, type Upload } from '../../../files/uploads';
import { formatBytes } from '../../../i18n/format';
import { useT } from '../../../i18n/I18nProvider';
import type { MessageKey } from '../../../i18n/translate';
import { allows } from '../../../servers/power';

const OFTEN_MILLIS = 1_000;
const SELDOM_MILLIS = 15_000;
/** How long one that has ended is shown. */
const SHOWN_MILLIS = 10 * 60_000;

const KINDS = {
  compress: 'work.compress',
  decompress: 'work.decompress',
  download: 'work.download',
} as const satisfies Record<FileJob['kind'], MessageKey>;

const STATES = {
  waiting: 'work.waiting',
  running: 'work.running',
  paused: 'work.paused',
  done: 'work.done',
  failed: 'work.failed',
  cancelled: 'work.cancelled',
} as const satisfies Record<FileJob['state'] | Upload['state'], MessageKey>;

const SENT_SHOWN = 50;
const URGENT: readonly Upload['state'][] = ['failed', 'paused', 'running', 'waiting', 'done', 'cancelled'];

/** What is on its way from this browser, and what the node does with files by itself: how far it is, and how to end it. */
export function WorkDrawer({ server, jobs: hasJobs }: { server: Server; jobs: boolean }) {
  const t = useT();
  const [open, setOpen] = useState(true);
  const [since, setSince] = useState(() => Date.now() - SHOWN_MILLIS);
  const client = useQueryClient();
  const sent = useSyncExternalStore(uploads.subscribe, uploads.all).filter((upload) => upload.server === server.uuid);
  const { data } = useQuery({
    ...queries.fileJobs(server.uuid),
    enabled: hasJobs,
    refetchInterval: (query) => (query.state.data?.some(runs) ? OFTEN_MILLIS : SELDOM_MILLIS),
  });
  const jobs = (data ?? []).filter((job) => runs(job) || Date.parse(job.endedAt ?? job.begunAt) > since);
  useRefreshedFiles(server, data);
  if (sent.length === 0 && jobs.length === 0) return null;
  const active = sent.filter(isActive).length + jobs.filter(runs).length;
  const forget = () => {
    uploads.forgetEnded(server.uuid);
    setSince(Date.now());
    void client.invalidateQueries({ queryKey: queries.fileJobs(server.uuid).queryKey });
  };
  return (
    <section className="work" aria-label={t('work.title')}>
      <header className="work__head">
        <button type="button" className="work__toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'chevronDown' : 'chevronRight'} />
          {active > 0 ? t.count('work.active', active) : t('work.title')}
        </button>
        {active < sent.length + jobs.length && (
          <Button small variant="quiet" icon="clear" onClick={forget}>
            {t('work.forget')}
          </Button>
        )}
      </header>
      {open && (
        <ul className="work__list">
          {jobs.map((job) => (
            <Job key={job.id} server={server} job={job} />
          ))}
          {urgentFirst(sent).map((upload) => (
            <Sent key={upload.id} upload={upload} />
          ))}
          {sent.length > SENT_SHOWN && <li className="work__item">{t.count('files.more', sent.length - SENT_SHOWN)}</li>}
        </ul>
      )}
    </section>
  );
}

/** Reads the files again when one has arrived or a job has ended, which may have happened before anybody saw it run. */
function useRefreshedFiles(server: Server, jobs: readonly FileJob[] | undefined): void {
  const client = useQueryClient();
  const before = useRef<ReadonlySet<string> | null>(null);
  const ended = jobs
    ?.filter((job) => !runs(job))
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => {
    if (ended === undefined) return;
    const now = ended.split(' ');
    const known = before.current;
    before.current = new Set(now);
    if (known && now.some((id) => !known.has(id))) {
      void client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) });
    }
  }, [ended, client, server.uuid]);
  useEffect(
    () =>
      uploads.onDone((upload) => {
        if (upload.server === server.uuid) void client.invalidateQueries({ queryKey: queries.allFiles(server.uuid) });
      }),
    [client, server.uuid],
  );
}

function Job({ server, job }: { server: Server; job: FileJob }) {
  const t = useT();
  const client = useQueryClient();
  const cancel = async () => {
    await panel.files.cancelJob(server.uuid, job.id).catch(() => undefined);
    await client.invalidateQueries({ queryKey: queries.fileJobs(server.uuid).queryKey });
  };
  return (
    <Work
      name={t(KINDS[job.kind], { path: job.path })}
      state={job.state}
      words={t(STATES[job.state])}
      done={job.doneBytes}
      total={job.totalBytes}
      running={runs(job)}
      problem={job.problem}
      onCancel={runs(job) && allows(server.permissions, 'file.archive') ? () => void cancel() : null}
    />
  );
}

function Sent({ upload }: { upload: Upload }) {
  const t = useT();
  const problem = upload.error ? describeError(upload.error, t) : null;
  return (
    <Work
      name={t('work.upload', { path: upload.path })}
      state={upload.state}
      words={t(STATES[upload.state])}
      done={upload.sentBytes}
      total={upload.sizeBytes}
      running={isActive(upload)}
      problem={problem && [problem.summary, problem.detail].filter(Boolean).join(' ')}
      onCancel={isActive(upload) || upload.state === 'failed' ? () => uploads.cancel(upload.id) : null}
      onRetry={upload.state === 'failed' ? () => uploads.retry(upload.id) : null}
      onReplace={upload.state === 'failed' && upload.error?.status === 409 ? () => uploads.retry(upload.id, true) : null}
    />
  );
}

function Work({
  name,
  state,
  words,
  done,
  total,
  running,
  problem,
  onCancel,
  onRetry = null,
  onReplace = null,
}: {
  name: string;
  state: string;
  words: string;
  done: number;
  total: number | null;
  running: boolean;
  problem: string | null;
  onCancel: (() => void) | null;
  onRetry?: (() => void) | null;
  onReplace?: (() => void) | null;
}) {
  const t = useT();
  const amount = total === null ? formatBytes(done, t.locale) : t('work.amount', { done: formatBytes(done, t.locale), total: formatBytes(total, t.locale) });
  return (
    <li className={`work__item work__item--${state}`} data-work={name} data-state={state}>
      <div className="work__words">
        <span className="work__name">{name}</span>
        <span className="muted">
          {words}
          {(running || done > 0) && ` · ${amount}`}
        </span>
        {problem && <span className="work__problem">{problem}</span>}
      </div>
      {running && <progress aria-label={name} {...(total !== null && total > 0 ? { value: Math.min(done, total), max: total } : {})} />}
      <div className="work__buttons">
        {onRetry && (
          <Button small icon="restart" onClick={onRetry}>
            {t('work.retry')}
          </Button>
        )}
        {onReplace && (
          <Button small variant="danger" onClick={onReplace}>
            {t('files.replace')}
          </Button>
        )}
        {onCancel && <IconButton icon="close" label={t('work.cancel', { name })} onClick={onCancel} />}
      </div>
    </li>
  );
}

/** Of many, those that somebody may want to do something about, and those that move. */
function urgentFirst(sent: readonly Upload[]): readonly Upload[] {
  if (sent.length <= SENT_SHOWN) return sent;
  const urgency = ({ state }: Upload) => URGENT.indexOf(state);
  return [...sent].sort((one, other) => urgency(one) - urgency(other)).slice(0, SENT_SHOWN);
}

function runs({ state }: FileJob): boolean {
  return state === 'waiting' || state === 'running';
}
