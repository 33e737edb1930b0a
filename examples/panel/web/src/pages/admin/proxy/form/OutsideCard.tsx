import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { queries } from '../../../../api/queries';
import { Icon, type IconName } from '../../../../components/Icon';
import { Card } from '../../../../components/Page';
import { useT } from '../../../../i18n/I18nProvider';
import type { Exposure } from '../../../../proxy/document';
import { EXPOSURES } from './choices';
import { textAt, useDocumentForm } from './documentForm';
import { DocSelect, DocText } from './fields';

const ICONS: Record<Exposure, IconName> = {
  public: 'lock', 'plain-http': 'unlock', tunnel: 'cloud', lan: 'nodes', 'tunnel-tcp': 'terminal', 'direct-dns': 'globe',
};

/** How the route is reached from outside, and with which certificate. */
export function OutsideCard() {
  const t = useT();
  const form = useDocumentForm();
  const exposure = textAt(form, '/exposure', 'public') as Exposure;
  const { data: plugins } = useQuery(queries.plugins());
  const policies = plugins?.tlsPolicies.map(({ name }) => name) ?? [];
  const chosen = textAt(form, '/tlsPolicy');
  const known = chosen === '' || policies.includes(chosen) ? policies : [...policies, chosen];
  return (
    <Card title={t('route.outside')}>
      <ExposureChoice value={exposure} error={form.problem('/exposure')} onChange={(next) => form.set('/exposure', next)} />
      {(exposure === 'public' || exposure === 'lan') && (
        <DocSelect
          at="/tlsPolicy"
          label={t('route.tlsPolicy')}
          optional
          placeholder={t('route.tlsUsual')}
          choices={known.map((name) => ({ value: name, label: name }))}
          hint={t('route.tlsPolicyHint')}
        />
      )}
      {(exposure === 'tunnel' || exposure === 'tunnel-tcp' || exposure === 'direct-dns') && (
        <DocText at="/binding" label={t('route.binding')} hint={t('route.bindingHint')} optional mono />
      )}
    </Card>
  );
}

/** One of six, each with what it means. */
function ExposureChoice({ value, error, onChange }: { value: Exposure; error: string | undefined; onChange: (value: Exposure) => void }) {
  const t = useT();
  const name = useId();
  return (
    <fieldset className="options" aria-invalid={error ? true : undefined}>
      <legend className="field__label">{t('route.exposure')}</legend>
      <div className="options__list">
        {EXPOSURES.map((exposure) => (
          <label key={exposure} className="option">
            <input type="radio" className="visually-hidden" name={name} value={exposure} checked={value === exposure} onChange={() => onChange(exposure)} />
            <span className="option__icon">
              <Icon name={ICONS[exposure]} size={17} />
            </span>
            <span className="option__words">
              <span className="option__name">{t.find(`exposure.${exposure}`)}</span>
              <span className="option__text">{t.find(`exposureText.${exposure}`)}</span>
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p className="field__error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
