import { useState } from 'react';
import type { Egg, EggVariable } from '../../api';
import { CheckField, SelectField, TextArea, TextField } from '../../components/Field';
import { readRules } from '../../forms/eggRules';
import type { Form } from '../../forms/useForm';
import { useT } from '../../i18n/I18nProvider';
import type { NewServerValues } from './newServer';

const OTHER = '\u0000other';

/** Image and start command: one of the egg's, or one's own. */
export function EggFields({ egg, form }: { egg: Egg; form: Form<NewServerValues> }) {
  const t = useT();
  const images = Object.entries(egg.images);
  const commands = Object.entries(egg.startupCommands);
  const { values } = form;
  const [own, setOwn] = useState(false);
  const known = images.some(([, image]) => image === values.image);
  const command = commands.find(([, text]) => text === values.startup);
  return (
    <>
      <SelectField
        label={t('newServer.image')}
        value={own || !known ? OTHER : values.image}
        onChange={(value) => {
          setOwn(value === OTHER);
          form.set('image', value === OTHER ? '' : value);
        }}
        choices={[
          ...images.map(([label, image]) => ({ value: image, label: label === image ? image : `${label} (${image})` })),
          { value: OTHER, label: t('newServer.imageOther') },
        ]}
        error={own || !known ? undefined : form.problem('image')}
      />
      {(own || !known) && (
        <TextField label={t('newServer.imageName')} hint={t('newServer.imageHint')} mono autoComplete="off" {...form.text('image')} />
      )}
      {commands.length > 1 && (
        <SelectField
          label={t('newServer.startupChoice')}
          value={command?.[0] ?? ''}
          placeholder={t('newServer.startupOwn')}
          onChange={(name) => form.set('startup', egg.startupCommands[name] ?? '')}
          choices={commands.map(([name]) => ({ value: name, label: name }))}
        />
      )}
      <TextArea
        label={t('newServer.startup')}
        hint={t('newServer.startupHint')}
        mono
        rows={2}
        value={values.startup}
        onChange={(value) => form.set('startup', value)}
        error={form.problem('startup')}
      />
    </>
  );
}

export function VariableFields({ egg, form }: { egg: Egg; form: Form<NewServerValues> }) {
  return (
    <div className="columns">
      {egg.variables.map((variable) => (
        <VariableField key={`${egg.id}.${variable.envVariable}`} variable={variable} form={form} />
      ))}
    </div>
  );
}

function VariableField({ variable, form }: { variable: EggVariable; form: Form<NewServerValues> }) {
  const rules = readRules(variable.rules);
  const field = `variables.${variable.envVariable}`;
  const value = form.values.variables[variable.envVariable] ?? variable.defaultValue;
  const set = (next: string) => form.set('variables', { ...form.values.variables, [variable.envVariable]: next }, field);
  const hint = (
    <>
      {variable.description} <code className="field__env">{variable.envVariable}</code>
    </>
  );
  const shared = { label: variable.name, hint, error: form.problem(field) };

  if (rules.kind === 'switch') {
    const on = value === '1' || value === 'true';
    const words = variable.defaultValue === 'true' || variable.defaultValue === 'false';
    return (
      <CheckField {...shared} checked={on} onChange={(checked) => set(words ? String(checked) : checked ? '1' : '0')} />
    );
  }
  if (rules.kind === 'choice') {
    return (
      <SelectField
        {...shared}
        value={value}
        onChange={set}
        {...(rules.required ? {} : { optional: true, placeholder: '–' })}
        choices={rules.options.map((option) => ({ value: option, label: option }))}
      />
    );
  }
  return (
    <TextField
      {...shared}
      name={field}
      value={value}
      onChange={set}
      onBlur={() => form.leave(field)}
      optional={!rules.required}
      autoComplete="off"
      {...(rules.kind === 'number' ? { inputMode: 'decimal' as const } : {})}
    />
  );
}
