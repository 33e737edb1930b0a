import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { panel, toApiError, type Server } from '../../api';
import { queries } from '../../api/queries';
import { Button } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Banner } from '../../components/Feedback';
import { SelectField } from '../../components/Field';
import { useToast } from '../../components/Toasts';
import { useEntries, type ServerConsole } from '../../console/useConsole';
import { formatMebibytes } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import { allows } from '../../servers/power';
import { featureFor } from '../../servers/startup';

/** How far back a line still says why the server is down. */
const LAST_LINES = 60;

/** Offers help when the console says something that the server's egg knows help for. */
export function FeaturePrompt({ server, console }: { server: Server; console: ServerConsole }) {
  useEntries(console.log);
  const [dismissed, setDismissed] = useState(-1);
  if (server.state === 'running' || server.state === 'starting') return null;
  // What it said before it was started last is dealt with.
  const lines = console.log.sinceStart.slice(-LAST_LINES).flatMap((entry) => ('text' in entry ? [entry] : []));
  const said = featureFor(lines, server.features ?? []) ?? console.feature;
  if (said === null || said.id <= dismissed) return null;
  // Until the console says it again.
  const dismiss = () => setDismissed(console.log.newestId);
  switch (said.feature) {
    case 'eula':
      return <EulaPrompt server={server} onDone={dismiss} />;
    case 'java_version':
      return <JavaPrompt server={server} onDone={dismiss} />;
    case 'steam_disk_space':
      return <DiskPrompt server={server} onDone={dismiss} />;
    default:
      return null;
  }
}

function EulaPrompt({ server, onDone }: { server: Server; onDone: () => void }) {
  const t = useT();
  const toast = useToast();
  const accept = useMutation({
    mutationFn: async () => {
      await panel.hosting.acceptEula(server.uuid);
      if (allows(server.permissions, 'control.start')) await panel.power(server.uuid, 'start');
    },
    onSuccess: () => {
      toast(t('feature.eula.accepted'));
      onDone();
    },
  });
  return (
    <Banner tone="warning" title={t('feature.eula.title')} action={<Dismiss onDone={onDone} />}>
      <p>
        {t('feature.eula.text')}{' '}
        <a href="https://aka.ms/MinecraftEULA" target="_blank" rel="noreferrer">
          {t('feature.eula.link')}
        </a>
      </p>
      {allows(server.permissions, 'file.create') ? (
        <p>
          <Button variant="primary" icon="check" busy={accept.isPending} onClick={() => accept.mutate()}>
            {t('feature.eula.accept')}
          </Button>
        </p>
      ) : (
        <p>{t('feature.notAllowed')}</p>
      )}
      {accept.error && <ErrorNotice error={toApiError(accept.error)} />}
    </Banner>
  );
}

function JavaPrompt({ server, onDone }: { server: Server; onDone: () => void }) {
  const t = useT();
  const toast = useToast();
  const client = useQueryClient();
  const may = allows(server.permissions, 'startup.read') && allows(server.permissions, 'startup.docker-image');
  const { data } = useQuery({ ...queries.startup(server.uuid), enabled: may });
  const [image, setImage] = useState(server.image);
  const change = useMutation({
    mutationFn: async () => {
      client.setQueryData(queries.startup(server.uuid).queryKey, await panel.hosting.changeImage(server.uuid, image));
      if (allows(server.permissions, 'control.start')) await panel.power(server.uuid, 'start');
    },
    onSuccess: async () => {
      toast(t('startup.saved'));
      onDone();
      await client.invalidateQueries({ queryKey: queries.server(server.uuid).queryKey, exact: true });
    },
  });
  return (
    <Banner tone="warning" title={t('feature.java.title')} action={<Dismiss onDone={onDone} />}>
      <p>{t('feature.java.text')}</p>
      {may && data?.imageChangeable ? (
        <div className="url-form">
          <SelectField
            label={t('startup.image')}
            value={image}
            onChange={setImage}
            choices={Object.entries(data.images).map(([label, name]) => ({ value: name, label }))}
          />
          <Button variant="primary" busy={change.isPending} disabled={image === server.image} onClick={() => change.mutate()}>
            {t('feature.java.change')}
          </Button>
        </div>
      ) : (
        <p>{t('feature.notAllowed')}</p>
      )}
      {change.error && <ErrorNotice error={toApiError(change.error)} />}
    </Banner>
  );
}

function DiskPrompt({ server, onDone }: { server: Server; onDone: () => void }) {
  const t = useT();
  const limit = server.limits.diskMebibytes;
  return (
    <Banner tone="warning" title={t('feature.disk.title')} action={<Dismiss onDone={onDone} />}>
      <p>{t('feature.disk.text')}</p>
      <p>{limit > 0 ? t('feature.disk.limit', { limit: formatMebibytes(limit, t.locale) }) : t('feature.disk.noLimit')}</p>
    </Banner>
  );
}

function Dismiss({ onDone }: { onDone: () => void }) {
  const t = useT();
  return (
    <Button small variant="quiet" onClick={onDone}>
      {t('action.dismiss')}
    </Button>
  );
}
