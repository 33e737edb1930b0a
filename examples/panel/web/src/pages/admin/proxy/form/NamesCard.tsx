import { IconButton } from '../../../../components/Button';
import { SelectField, TextField } from '../../../../components/Field';
import { Card } from '../../../../components/Page';
import { useT } from '../../../../i18n/I18nProvider';
import { getAt } from '../../../../proxy/pointer';
import { choicesOf, PATH_KINDS } from './choices';
import { listAt, textAt, useDocumentForm } from './documentForm';
import { DocCheck, DocTokens, Rows } from './fields';

/** Which requests the route is for: names and paths. */
export function NamesCard() {
  const t = useT();
  const form = useDocumentForm();
  const catchAll = getAt(form.value, '/catchAll') === true;
  return (
    <Card title={t('route.names')}>
      {!catchAll && (
        <DocTokens at="/domains" label={t('route.domains')} hint={t('route.domainsHint')} example="app.example.net" />
      )}
      <DocCheck at="/catchAll" label={t('route.catchAll')} hint={t('route.catchAllHint')} />
      <PathRows at="/paths" label={t('route.paths')} hint={t('route.pathsHint')} />
    </Card>
  );
}

/** Paths, each of its kind. */
export function PathRows({ at, label, hint }: { at: string; label: string; hint: string }) {
  const t = useT();
  const form = useDocumentForm();
  const paths = listAt(form, at);
  return (
    <Rows
      label={label}
      hint={hint}
      error={paths.length === 0 ? form.problem(at) : undefined}
      add={t('route.addPath')}
      onAdd={() => form.set(at, [...paths, { kind: 'prefix', value: '/' }])}
    >
      {paths.map((_, index) => (
        <li key={index} className="row row--path">
          <SelectField
            label={t('route.pathKind')}
            choices={choicesOf('pathKind', PATH_KINDS, t)}
            value={textAt(form, `${at}/${index}/kind`)}
            onChange={(kind) => form.set(`${at}/${index}/kind`, kind)}
          />
          <TextField
            label={t('route.path')}
            mono
            autoComplete="off"
            value={textAt(form, `${at}/${index}/value`)}
            error={form.problem(`${at}/${index}`) ?? form.problem(`${at}/${index}/value`)}
            onChange={(path) => form.set(`${at}/${index}/value`, path)}
          />
          <IconButton icon="trash" label={t('form.removeRow', { number: index + 1 })} onClick={() => form.set(at, without(paths, index))} />
        </li>
      ))}
    </Rows>
  );
}

/** A list without one of it; nothing if that was the last one. */
export function without<T>(list: readonly T[], index: number): T[] | undefined {
  return list.length === 1 ? undefined : list.filter((_, place) => place !== index);
}
