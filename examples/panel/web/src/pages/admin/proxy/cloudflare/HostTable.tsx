import type { BindingStatus } from '../../../../api/cloudflare';
import { useT } from '../../../../i18n/I18nProvider';
import { toneOfHost } from '../../../../proxy/cloudflare';
import { Badge } from '../../../../components/Status';

/** What became of each name, in the words of whoever tried it. */
export function HostTable({ status }: { status: BindingStatus }) {
  const t = useT();
  const { hosts, notes } = status;
  if (hosts.length === 0 && notes.length === 0) return null;
  return (
    <details className="hosts" open={hosts.some((host) => toneOfHost(host) !== 'good')}>
      <summary>{t.count('cf.hosts', hosts.length)}</summary>
      <ul className="hosts__list">
        {hosts.map((host) => (
          <li key={host.host} className="hosts__host" data-host={host.host}>
            <code>{host.host}</code>
            <Badge tone={toneOfHost(host)}>{t.find(`cfHost.${host.state}`) ?? host.state}</Badge>
            <span className="muted">{host.said}</span>
          </li>
        ))}
        {notes.map((note) => (
          <li key={note} className="hosts__note muted">
            {note}
          </li>
        ))}
      </ul>
    </details>
  );
}
