import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { panel, toApiError, type Server } from '../../api';
import type { Subuser, Subusers } from '../../api/people';
import { queries } from '../../api/queries';
import { Button, IconButton } from '../../components/Button';
import { ConfirmDialog } from '../../components/Dialog';
import { ErrorNotice } from '../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../components/Feedback';
import { Card } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { useT } from '../../i18n/I18nProvider';
import { allows } from '../../servers/power';
import { useUser } from '../../session/SessionProvider';
import { useServerContext } from './ServerPage';
import { SubuserDialog } from './SubuserDialog';

type Open = { name: 'invite' } | { name: 'edit' | 'remove'; subuser: Subuser } | null;

/** Who besides the owner may do what on this server. */
export function SubusersTab() {
  const t = useT();
  const { server } = useServerContext();
  const [open, setOpen] = useState<Open>(null);
  const { data, error, refetch } = useQuery(queries.subusers(server.uuid));
  const close = () => setOpen(null);
  const invite = allows(server.permissions, 'user.create') && (
    <Button variant="primary" icon="plus" onClick={() => setOpen({ name: 'invite' })}>
      {t('subusers.invite')}
    </Button>
  );

  if (error) return <ErrorNotice error={toApiError(error)} title={t('subusers.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} />;
  return (
    <>
      {data.items.length === 0 ? (
        <EmptyState icon="users" title={t('subusers.none')} action={invite}>
          {t('subusers.noneText')}
        </EmptyState>
      ) : (
        <Card title={t('subusers.title')} actions={invite}>
          <List server={server} data={data} onOpen={setOpen} />
        </Card>
      )}
      {open?.name === 'invite' && <SubuserDialog server={server} data={data} onClose={close} />}
      {open?.name === 'edit' && <SubuserDialog server={server} data={data} subuser={open.subuser} onClose={close} />}
      {open?.name === 'remove' && <Remove server={server} subuser={open.subuser} onClose={close} />}
    </>
  );
}

function List({ server, data, onOpen }: { server: Server; data: Subusers; onOpen: (open: Open) => void }) {
  const t = useT();
  const self = useUser();
  const all = Object.values(data.groups).flat().length;
  return (
    <ul className="people">
      {data.items.map((subuser) => (
        <li key={subuser.id} className="person" data-user={subuser.username}>
          <span className="account__avatar" aria-hidden="true">
            {subuser.username.slice(0, 1).toUpperCase()}
          </span>
          <span className="person__words">
            <strong>
              {subuser.username} {subuser.disabled && <span className="tag tag--off">{t('users.disabled')}</span>}
            </strong>
            <span className="muted">{t('subusers.permissions', { count: subuser.permissions.length, all })}</span>
          </span>
          {subuser.id !== self.id && allows(server.permissions, 'user.update') && (
            <IconButton icon="edit" label={t('subusers.edit', { name: subuser.username })} onClick={() => onOpen({ name: 'edit', subuser })} />
          )}
          {allows(server.permissions, 'user.delete') && (
            <IconButton icon="trash" label={t('subusers.remove', { name: subuser.username })} onClick={() => onOpen({ name: 'remove', subuser })} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Remove({ server, subuser, onClose }: { server: Server; subuser: Subuser; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  return (
    <ConfirmDialog
      title={t('subusers.removeTitle', { name: subuser.username })}
      action={t('subusers.removeAction')}
      onClose={onClose}
      onConfirm={async () => {
        await panel.people.expel(server.uuid, subuser.id);
        toast(t('subusers.removed', { name: subuser.username }));
        await client.invalidateQueries({ queryKey: queries.subusers(server.uuid).queryKey });
      }}
    >
      <p>{t('subusers.removeText')}</p>
    </ConfirmDialog>
  );
}
