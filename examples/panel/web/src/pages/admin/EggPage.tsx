import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { panel, toApiError, type Egg, type EggVariable } from '../../api';
import { queries } from '../../api/queries';
import { Button, ButtonLink } from '../../components/Button';
import { ConfirmDialog } from '../../components/Dialog';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Skeleton } from '../../components/Feedback';
import { Card, Facts, PageHeader } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { useT } from '../../i18n/I18nProvider';
import { NotFoundPage } from '../NotFoundPage';
import { EggUpdateCard } from './EggUpdateCard';

export function EggPage() {
  const t = useT();
  const id = Number(useParams()['id']);
  const { data: egg, error, refetch } = useQuery(queries.egg(id));
  if (!Number.isInteger(id) || (error && toApiError(error).status === 404)) return <NotFoundPage />;
  if (!egg) {
    return (
      <>
        <PageHeader title={t('egg.title')} parent={{ to: '/admin/eggs', label: t('nav.eggs') }} />
        {error ? (
          <ErrorNotice error={toApiError(error)} title={t('egg.failed')} onRetry={() => void refetch()} />
        ) : (
          <Skeleton rows={3} tall />
        )}
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={egg.name}
        parent={{ to: '/admin/eggs', label: t('nav.eggs') }}
        badge={<span className="tag">{egg.format}</span>}
        actions={
          <ButtonLink to={`/admin/servers/new?egg=${egg.id}`} icon="plus" variant="primary">
            {t('servers.new')}
          </ButtonLink>
        }
      >
        {egg.description && <p className="muted">{egg.description}</p>}
      </PageHeader>
      <div className="settings">
        <Card title={t('egg.details')}>
          <Facts
            items={[
              [t('egg.author'), egg.author || t('common.unknown')],
              [t('node.servers'), String(egg.servers)],
              [t('settings.uuid'), <code key="uuid">{egg.uuid}</code>],
            ]}
          />
        </Card>
        <Card title={t('egg.images')}>
          <Facts items={Object.entries(egg.images).map(([label, image]) => [label, <code key={image}>{image}</code>])} />
        </Card>
        <Card title={t('egg.startup')} className="card--span">
          {Object.entries(egg.startupCommands).map(([name, command]) => (
            <div key={name} className="command-block">
              <h3>{name}</h3>
              <pre tabIndex={0}>{command}</pre>
            </div>
          ))}
        </Card>
        <Variables variables={egg.variables} />
        <EggUpdateCard key={egg.id} egg={egg} />
        <DeleteEgg egg={egg} />
      </div>
    </>
  );
}

function Variables({ variables }: { variables: readonly EggVariable[] }) {
  const t = useT();
  return (
    <Card title={t('egg.variables')} className="card--span">
      {variables.length === 0 && <p className="muted">{t('egg.noVariables')}</p>}
      <ul className="variables">
        {variables.map((variable) => (
          <li key={variable.envVariable} className="variable">
            <div className="variable__head">
              <h3>{variable.name}</h3>
              <code>{variable.envVariable}</code>
            </div>
            {variable.description && <p>{variable.description}</p>}
            <Facts
              items={[
                [t('egg.defaultValue'), <code key="d">{variable.defaultValue || t('common.empty')}</code>],
                [
                  t('egg.rules'),
                  <code key="r">{typeof variable.rules === 'string' ? variable.rules : variable.rules.join(' | ')}</code>,
                ],
                [t('egg.users'), accessText(variable, t('egg.usersEdit'), t('egg.usersView'), t('egg.usersNothing'))],
              ]}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function accessText(variable: EggVariable, edit: string, view: string, nothing: string): string {
  if (!variable.userViewable) return nothing;
  return variable.userEditable ? edit : view;
}

function DeleteEgg({ egg }: { egg: Egg }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  return (
    <Card title={t('egg.delete')} className="card--action card--danger">
      <p>{egg.servers > 0 ? t('egg.deleteInUse') : t('egg.deleteText')}</p>
      <Button variant="danger" icon="trash" disabled={egg.servers > 0} onClick={() => setAsking(true)}>
        {t('egg.deleteAction')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('egg.deleteTitle', { name: egg.name })}
          action={t('egg.deleteAction')}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await panel.deleteEgg(egg.id);
            client.removeQueries({ queryKey: queries.egg(egg.id).queryKey });
            void client.invalidateQueries({ queryKey: queries.eggs().queryKey, exact: true });
            toast(t('egg.deleted', { name: egg.name }));
            void navigate('/admin/eggs');
          }}
        >
          <p>{t('egg.deleteWarning')}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
