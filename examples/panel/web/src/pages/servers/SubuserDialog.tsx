import { useQueryClient } from '@tanstack/react-query';
import { panel, type Server } from '../../api';
import type { Subuser, Subusers } from '../../api/people';
import { queries } from '../../api/queries';
import { TextField } from '../../components/Field';
import { FormDialog } from '../../components/FormDialog';
import { useToast } from '../../components/Toasts';
import { toggled } from '../../forms/people';
import { useForm } from '../../forms/useForm';
import { present } from '../../forms/validation';
import { useT } from '../../i18n/I18nProvider';

/** Gives somebody access, or changes what he may do. */
export function SubuserDialog({
  server,
  data,
  subuser,
  onClose,
}: {
  server: Server;
  data: Subusers;
  subuser?: Subuser;
  onClose: () => void;
}) {
  const t = useT();
  const client = useQueryClient();
  const toast = useToast();
  const form = useForm({
    initial: { username: subuser?.username ?? '', permissions: subuser?.permissions ?? [] },
    validate: (values) => present({ username: values.username.trim() === '' ? t('validation.required') : undefined }),
    submit: async ({ username, permissions }) => {
      if (subuser) await panel.people.permit(server.uuid, subuser.id, permissions);
      else await panel.people.invite(server.uuid, username.trim(), permissions);
      toast(t(subuser ? 'subusers.changed' : 'subusers.invited', { name: username.trim() }));
      await client.invalidateQueries({ queryKey: queries.subusers(server.uuid).queryKey });
      onClose();
    },
  });
  return (
    <FormDialog
      wide
      title={subuser ? t('subusers.editTitle', { name: subuser.username }) : t('subusers.invite')}
      submit={t(subuser ? 'users.save' : 'subusers.inviteAction')}
      form={form}
      onClose={onClose}
    >
      {!subuser && (
        <TextField label={t('login.username')} hint={t('subusers.inviteHint')} autoComplete="off" {...form.text('username')} />
      )}
      {subuser && <p className="muted">{t('subusers.changeText')}</p>}
      <Groups data={data} chosen={form.values.permissions} onChange={(permissions) => form.set('permissions', permissions)} />
    </FormDialog>
  );
}

function Groups({ data, chosen, onChange }: { data: Subusers; chosen: readonly string[]; onChange: (chosen: string[]) => void }) {
  const t = useT();
  const all = Object.values(data.groups).flat();
  return (
    <div className="permissions">
      {Object.entries(data.groups).map(([group, names]) => (
        <fieldset key={group} className="permissions__group">
          <legend>{t.find(`permission.${group}`) ?? group}</legend>
          {names.map((name) => (
            <label key={name} className="permissions__name">
              <input
                type="checkbox"
                className="checkbox"
                checked={chosen.includes(name)}
                // What one does not hold oneself can neither be given nor taken away.
                disabled={!data.grantable.includes(name)}
                onChange={(event) => onChange(toggled(chosen, name, event.target.checked, all))}
              />
              <span>{t.find(`permission.${name}`) ?? name}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
