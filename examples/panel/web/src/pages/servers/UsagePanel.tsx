import type { Server, Usage } from '../../api';
import { Sparkline } from '../../components/Sparkline';
import { networkRate, USAGE_SAMPLES } from '../../console/usageHistory';
import { formatBytes, formatDuration, formatMebibytes, formatPercent } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import type { Translator } from '../../i18n/translate';

/** What the server uses now, and used in the last two minutes. */
export function UsagePanel({ server, history }: { server: Server; history: readonly Usage[] }) {
  const t = useT();
  const now = server.state === 'offline' ? null : (history.at(-1) ?? server.usage);
  return (
    <aside className="usage" aria-label={t('usage.label')}>
      <CpuCard server={server} history={history} now={now} t={t} />
      <MemoryCard server={server} history={history} now={now} t={t} />
      <dl className="usage__facts">
        <Fact name={t('usage.uptime')} value={now ? formatDuration(now.uptimeMillis, t) : '–'} />
        <Fact
          name={t('usage.disk')}
          value={`${diskText(server, now, t)} / ${limitText(server.limits.diskMebibytes, t)}`}
        />
        <Fact name={t('usage.received')} value={rateText(history, 'rxBytes', now, t)} />
        <Fact name={t('usage.sent')} value={rateText(history, 'txBytes', now, t)} />
      </dl>
    </aside>
  );
}

interface CardProps {
  server: Server;
  history: readonly Usage[];
  now: Usage | null;
  t: Translator;
}

function CpuCard({ server, history, now, t }: CardProps) {
  const values = history.map((sample) => sample.cpuPercent);
  // With a limit the top of the graph is the limit, else what was used, with some air.
  const max = server.limits.cpuPercent > 0 ? server.limits.cpuPercent : Math.max(10, ...values) * 1.25;
  const shown = now ? formatPercent(now.cpuPercent, t.locale) : '–';
  const limit = server.limits.cpuPercent > 0 ? formatPercent(server.limits.cpuPercent, t.locale) : t('usage.unlimited');
  return (
    <div className="usage__card usage__card--cpu">
      <div className="usage__head">
        <h2>{t('usage.cpu')}</h2>
        <p>
          <strong>{shown}</strong> <span>/ {limit}</span>
        </p>
      </div>
      <Sparkline values={values} max={max} capacity={USAGE_SAMPLES} label={t('usage.cpuGraph', { value: shown })} />
    </div>
  );
}

function MemoryCard({ server, history, now, t }: CardProps) {
  const values = history.map((sample) => sample.memoryBytes);
  const max = now?.memoryLimitBytes || server.limits.memoryMebibytes * 1024 * 1024 || Math.max(1, ...values);
  const shown = now ? formatBytes(now.memoryBytes, t.locale) : '–';
  return (
    <div className="usage__card usage__card--memory">
      <div className="usage__head">
        <h2>{t('usage.memory')}</h2>
        <p>
          <strong>{shown}</strong> <span>/ {limitText(server.limits.memoryMebibytes, t)}</span>
        </p>
      </div>
      <Sparkline values={values} max={max} capacity={USAGE_SAMPLES} label={t('usage.memoryGraph', { value: shown })} />
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function limitText(mebibytes: number, t: Translator): string {
  return mebibytes > 0 ? formatMebibytes(mebibytes, t.locale) : t('usage.unlimited');
}

function diskText(server: Server, now: Usage | null, t: Translator): string {
  const bytes = now?.diskBytes ?? server.usage?.diskBytes;
  return bytes === undefined ? '–' : formatBytes(bytes, t.locale);
}

function rateText(history: readonly Usage[], direction: 'rxBytes' | 'txBytes', now: Usage | null, t: Translator): string {
  if (!now) return '–';
  return t('usage.perSecond', { amount: formatBytes(networkRate(history, direction), t.locale) });
}
