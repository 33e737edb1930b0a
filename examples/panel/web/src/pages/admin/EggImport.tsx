import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type DragEvent } from 'react';
import { Link } from 'react-router';
import { panel, toApiError } from '../../api';
import { queries } from '../../api/queries';
import { Button } from '../../components/Button';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Banner } from '../../components/Feedback';
import { TextField } from '../../components/Field';
import { Icon } from '../../components/Icon';
import { useT } from '../../i18n/I18nProvider';

function nameOf(source: File | string | undefined): string {
  return typeof source === 'string' ? source : (source?.name ?? '');
}

function UrlForm({ busy, onLoad }: { busy: boolean; onLoad: (url: string) => void }) {
  const t = useT();
  const [url, setUrl] = useState('');
  return (
    <form
      className="url-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (url.trim() !== '' && !busy) onLoad(url.trim());
      }}
    >
      <TextField label={t('eggImport.url')} hint={t('eggImport.urlHint')} mono inputMode="url" autoComplete="off" value={url} onChange={setUrl} />
      <Button type="submit" icon="down" busy={busy} disabled={url.trim() === ''}>
        {t('eggImport.load')}
      </Button>
    </form>
  );
}

/** Takes an egg from an address, or from a file: chosen with the button, or dropped. */
export function EggImport() {
  const t = useT();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const load = useMutation({
    mutationFn: async (source: File | string) =>
      typeof source === 'string' ? panel.eggFiles.add(await panel.eggFiles.fetch(source)) : panel.importEgg(source),
    onSuccess: () => client.invalidateQueries({ queryKey: queries.eggs().queryKey, exact: true }),
  });
  const take = (file: File | undefined) => {
    if (file && !load.isPending) load.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };

  return (
    <section className="import" aria-label={t('eggImport.title')}>
      <div
        className={`drop${over ? ' drop--over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <span className="drop__icon">
          <Icon name="upload" size={24} />
        </span>
        <div className="drop__words">
          <strong>{t('eggImport.drop')}</strong>
          <span className="muted">{t('eggImport.formats')}</span>
        </div>
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          accept=".json,.yaml,.yml,application/json"
          tabIndex={-1}
          aria-hidden="true"
          data-testid="egg-file"
          onChange={(event) => {
            take(event.target.files?.[0]);
            // The same file again, after it was corrected, is a change as well.
            event.target.value = '';
          }}
        />
        <Button variant="primary" icon="upload" busy={load.isPending} onClick={() => input.current?.click()}>
          {t('eggImport.choose')}
        </Button>
      </div>
      <UrlForm busy={load.isPending} onLoad={(url) => load.mutate(url)} />
      {load.error && (
        <ErrorNotice error={toApiError(load.error)} title={t('eggImport.failed', { file: nameOf(load.variables) })} />
      )}
      {load.data && !load.isPending && (
        <Banner
          tone={load.data.warnings?.length ? 'warning' : 'success'}
          title={t('eggImport.imported', { name: load.data.name })}
          action={<Link to={`/admin/eggs/${load.data.id}`}>{t('eggImport.show')}</Link>}
        >
          {load.data.warnings && load.data.warnings.length > 0 && (
            <>
              <p>{t.count('eggImport.warnings', load.data.warnings.length)}</p>
              <ul className="notice__places">
                {load.data.warnings.map((warning, index) => (
                  <li key={index}>
                    {warning.path && <code>{warning.path}</code>} {warning.message}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Banner>
      )}
    </section>
  );
}
