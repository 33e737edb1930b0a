import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { panel, toApiError } from '../../api';
import type { Member } from '../../api/people';
import { queries } from '../../api/queries';
import { Button, IconButton } from '../../components/Button';
import { ConfirmDialog } from '../../components/Dialog';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Skeleton } from '../../components/Feedback';
import { Card, PageHeader } from '../../components/Page';
import { useToast } from '../../components/Toasts';
import { formatDateTime } from '../../i18n/format';
import { useT } from '../../i18n/I18nProvider';
import { useUser } from '../../session/SessionProvider';
import { EditUser, NewUser, ResetPassword } from './UserDialogs';

type Open = { name: 'new' } | { name: 'edit' | 'password' | 'delete'; user: Member } | null;

/** Who may log in to the panel. */
export function UsersPage() {
  const t = useT();
  const [open, setOpen] = useState<Open>(null);
  const { data: users, error, refetch } = useQuery(queries.users());
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader
        title={t('users.title')}
        actions={
          <Button variant="primary" icon="plus" onClick={() => setOpen({ name: 'new' })}>
            {t('users.new')}
          </Button>
        }
      >
        <p className="muted">{t('users.lead')}</p>
      </PageHeader>
      {error && <ErrorNotice error={toApiError(error)} title={t('users.failed')} onRetry={() => void refetch()} />}
      {!users && !error && <Skeleton rows={4} />}
      {users && (
        <Card>
          <UserTable users={users} onOpen={setOpen} />
        </Card>
      )}
      {open?.name === 'new' && <NewUser onClose={close} />}
      {open?.name === 'edit' && <EditUser user={open.user} onClose={close} />}
      {open?.name === 'password' && <ResetPassword user={open.user} onClose={close} />}
      {open?.name === 'delete' && <DeleteUser user={open.user} onClose={close} />}
    </>
  );
}

function UserTable({ users, onOpen }: { users: readonly Member[]; onOpen: (open: Open) => void }) {
  const t = useT();
  const self = useUser();
  const client = useQueryClient();
  const toast = useToast();
  const disable = useMutation({
    mutationFn: (user: Member) => panel.people.change(user.id, { disabled: !user.disabled }),
    onSuccess: (user) => toast(t(user.disabled ? 'users.disabledNow' : 'users.enabledNow', { name: user.username })),
    onSettled: () => client.invalidateQueries({ queryKey: queries.users().queryKey }),
  });
  return (
    <>
      {disable.error && <ErrorNotice error={toApiError(disable.error)} title={t('users.notChanged')} />}
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('users.name')}</th>
              <th scope="col">{t('users.role')}</th>
              <th scope="col">{t('users.servers')}</th>
              <th scope="col">{t('users.since')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('allocations.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <tr key={user.id} data-user={user.username}>
                <td>
                  <strong>{user.username}</strong> {user.disabled && <span className="tag tag--off">{t('users.disabled')}</span>}
                </td>
                <td>{user.admin ? t('account.admin') : t('account.user')}</td>
                <td>{user.servers}</td>
                <td>{formatDateTime(user.createdAt, t.locale)}</td>
                <td className="table__actions">
                  <IconButton icon="edit" label={t('users.edit', { name: user.username })} onClick={() => onOpen({ name: 'edit', user })} />
                  <IconButton icon="key" label={t('users.password', { name: user.username })} onClick={() => onOpen({ name: 'password', user })} />
                  {user.id !== self.id && (
                    <>
                      <IconButton
                        icon={user.disabled ? 'play' : 'stop'}
                        label={t(user.disabled ? 'users.enable' : 'users.disable', { name: user.username })}
                        disabled={disable.isPending}
                        onClick={() => disable.mutate(user)}
                      />
                      <IconButton icon="trash" label={t('users.delete', { name: user.username })} onClick={() => onOpen({ name: 'delete', user })} />
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function DeleteUser({ user, onClose }: { user: Member; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  return (
    <ConfirmDialog
      title={t('users.deleteTitle', { name: user.username })}
      action={t('users.deleteAction')}
      onClose={onClose}
      onConfirm={async () => {
        await panel.people.delete(user.id);
        toast(t('users.deleted', { name: user.username }));
        await client.invalidateQueries({ queryKey: queries.users().queryKey });
      }}
    >
      <p>{user.servers > 0 ? t('users.deleteHasServers') : t('users.deleteText')}</p>
    </ConfirmDialog>
  );
}
