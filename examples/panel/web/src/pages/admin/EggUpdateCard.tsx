import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { panel, toApiError, type Egg } from '../../api';
import type { EggUpdate } from '../../api/eggs';
import { queries } from '../../api/queries';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Banner } from '../../components/Feedback';
import { TextField } from '../../components/Field';
import { Card } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { useT } from '../../i18n/I18nProvider';

interface Next {
  document: string;
  update: EggUpdate;
}

/** Replaces an egg by another version of it, after saying what that changes. */
export function EggUpdateCard({ egg }: { egg: Egg }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const [url, setUrl] = useState(egg.updateUrl ?? '');
  const [next, setNext] = useState<Next | null>(null);
  const look = useMutation({
    mutationFn: async (source: Promise<string>): Promise<Next> => {
      const document = await source;
      return { document, update: await panel.eggFiles.preview(egg.id, document) };
    },
    onSuccess: setNext,
  });
  return (
    <Card title={t('eggUpdate.title')} className="card--span">
      <p className="muted">{t('eggUpdate.lead')}</p>
      <form
        className="url-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (url.trim() !== '' && !look.isPending) look.mutate(panel.eggFiles.fetch(url.trim()));
        }}
      >
        <TextField label={t('eggUpdate.url')} mono inputMode="url" autoComplete="off" value={url} onChange={setUrl} />
        <Button type="submit" icon="down" busy={look.isPending} disabled={url.trim() === ''}>
          {t('eggUpdate.load')}
        </Button>
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          accept=".json,.yaml,.yml,application/json"
          tabIndex={-1}
          aria-hidden="true"
          data-testid="egg-update-file"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) look.mutate(file.text());
            event.target.value = '';
          }}
        />
        <Button icon="upload" onClick={() => input.current?.click()}>
          {t('eggImport.choose')}
        </Button>
      </form>
      {look.error && <ErrorNotice error={toApiError(look.error)} title={t('eggUpdate.failed')} />}
      {next && <Confirm egg={egg} next={next} onClose={() => setNext(null)} />}
      <p>
        <a href={panel.eggFiles.documentUrl(egg.id)} download>
          {t('eggUpdate.download')}
        </a>
      </p>
    </Card>
  );
}

function Confirm({ egg, next, onClose }: { egg: Egg; next: Next; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const replace = useMutation({
    mutationFn: () => panel.eggFiles.replace(egg.id, next.document),
    onSuccess: async () => {
      toast(t('eggUpdate.done', { name: egg.name }));
      await client.invalidateQueries({ queryKey: queries.eggs().queryKey });
      onClose();
    },
  });
  return (
    <Dialog title={t('eggUpdate.confirm', { name: egg.name })} onClose={onClose} className="dialog--wide">
      <div className="dialog__body stack">
        {next.update.otherUuid && <Banner tone="warning" title={t('eggUpdate.otherUuid')} />}
        <Changes update={next.update} />
        {replace.error && <ErrorNotice error={toApiError(replace.error)} title={t('eggUpdate.failed')} />}
      </div>
      <footer className="dialog__footer">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button variant="primary" busy={replace.isPending} onClick={() => replace.mutate()}>
          {t('eggUpdate.replace')}
        </Button>
      </footer>
    </Dialog>
  );
}

function Changes({ update }: { update: EggUpdate }) {
  const t = useT();
  const lists: [string, readonly string[]][] = [
    [t('eggUpdate.parts'), update.parts.map((part) => t.find(`eggPart.${part}`) ?? part)],
    [t('eggUpdate.added'), update.variablesAdded],
    [t('eggUpdate.removed'), update.variablesRemoved],
    [t('eggUpdate.changed'), update.variablesChanged],
  ];
  const some = lists.filter(([, names]) => names.length > 0);
  return (
    <>
      {some.length === 0 && <p>{t('eggUpdate.nothing')}</p>}
      {some.map(([title, names]) => (
        <div key={title}>
          <h3>{title}</h3>
          <p className="mono">{names.join(', ')}</p>
        </div>
      ))}
      {update.servers.length > 0 && (
        <div>
          <h3>{t('eggUpdate.servers')}</h3>
          <ul className="notice__places">
            {update.servers.map((server) => (
              <li key={server.uuid}>
                <strong>{server.name}</strong>
                <ul>
                  {server.effects.map((effect) => (
                    <li key={`${effect.kind} ${effect.about}`}>
                      {t.find(`eggEffect.${effect.kind}`)} <code>{effect.about}</code>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
