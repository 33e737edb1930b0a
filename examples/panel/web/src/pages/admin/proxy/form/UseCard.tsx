import { useQuery } from '@tanstack/react-query';
import { queries } from '../../../../api/queries';
import { SelectField } from '../../../../components/Field';
import { Card } from '../../../../components/Page';
import { useT } from '../../../../i18n/I18nProvider';
import { getAt, isObject } from '../../../../proxy/pointer';
import { textAt, useDocumentForm } from './documentForm';
import { DocCheck, DocSelect, DocText } from './fields';

/** Whether the route is in use, and what most people decide about it. */
export function UseCard() {
  const t = useT();
  return (
    <Card title={t('route.use')}>
      <DocCheck at="/enabled" label={t('route.enabled')} hint={t('route.enabledHint')} />
      <DocCheck at="/webSockets/denied" label={t('route.webSockets')} hint={t('route.webSocketsHint')} inverse />
      <CompressionField />
    </Card>
  );
}

function CompressionField() {
  const t = useT();
  const form = useDocumentForm();
  const value = getAt(form.value, '/compression');
  const encodings = getAt(form.value, '/compression/encodings');
  const chosen = !isObject(value) ? '' : Array.isArray(encodings) && encodings.length > 0 ? 'on' : 'off';
  const choose = (next: string) => {
    if (next === '') form.set('/compression', undefined);
    else form.set('/compression', next === 'on' ? { encodings: ['zstd', 'gzip'], minimumBytes: 512 } : { minimumBytes: 0 });
  };
  return (
    <SelectField
      label={t('route.compression')}
      hint={t('route.compressionHint')}
      optional
      placeholder={t('route.compressionUsual')}
      choices={[
        { value: 'on', label: t('route.compressionOn') },
        { value: 'off', label: t('route.compressionOff') },
      ]}
      value={chosen}
      error={form.problem('/compression')}
      onChange={choose}
    />
  );
}

/** What people know the route by, and whose it is. */
export function PeopleCard({ isNew, idHint }: { isNew: boolean; idHint: string }) {
  const t = useT();
  const form = useDocumentForm();
  const { data: servers } = useQuery(queries.servers());
  const owner = textAt(form, '/owner');
  const known = servers?.map(({ uuid, name }) => ({ value: uuid, label: name })) ?? [];
  const choices = owner === '' || known.some(({ value }) => value === owner) ? known : [...known, { value: owner, label: owner }];
  return (
    <Card title={t('route.people')}>
      <div className="columns">
        <DocText at="/name" label={t('route.name')} hint={t('route.nameHint')} optional />
        {isNew ? (
          <DocText at="/id" label={t('route.id')} hint={t('route.idHint')} placeholder={idHint} optional mono />
        ) : (
          <div className="field">
            <span className="field__label">{t('route.id')}</span>
            <code className="field__fixed">{textAt(form, '/id')}</code>
          </div>
        )}
      </div>
      <DocSelect at="/owner" label={t('route.owner')} hint={t('route.ownerHint')} optional placeholder={t('route.ownerNone')} choices={choices} />
    </Card>
  );
}
