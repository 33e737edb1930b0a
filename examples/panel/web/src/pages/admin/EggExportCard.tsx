import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { panel, toApiError, type Egg } from '../../api';
import { queries } from '../../api/queries';
import { ErrorNotice } from '../../components/ErrorNotice';
import { SelectField } from '../../components/Field';
import { Card } from '../../components/Page';
import { useT } from '../../i18n/I18nProvider';

/** The egg as a file, in a format of one's choice; what is different there is said before. */
export function EggExportCard({ egg }: { egg: Egg }) {
  const t = useT();
  const [format, setFormat] = useState(egg.format);
  const formats = useQuery(queries.eggFormats());
  const conversion = useQuery(queries.eggConversion(egg.id, format));
  const syntaxes = formats.data?.find((candidate) => candidate.version === format)?.syntaxes ?? [];
  return (
    <Card title={t('eggExport.title')} className="card--span">
      <SelectField
        label={t('eggExport.format')}
        value={format}
        onChange={setFormat}
        choices={(formats.data ?? [{ version: format, syntaxes: [] }]).map(({ version }) => ({ value: version, label: version }))}
      />
      {conversion.error && <ErrorNotice error={toApiError(conversion.error)} title={t('eggExport.failed')} />}
      {conversion.data?.length === 0 && <p className="muted">{t('eggExport.same')}</p>}
      {conversion.data && conversion.data.length > 0 && (
        <>
          <p>{t('eggExport.different')}</p>
          <ul className="notice__places">
            {conversion.data.map((change, index) => (
              <li key={index}>
                <code>{change.path}</code> {change.message}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="url-form">
        {syntaxes.map((syntax) => (
          <a key={syntax} className="button button--secondary" href={panel.eggFiles.exportUrl(egg.id, format, syntax)} download>
            {t('eggExport.download', { syntax: syntax.toUpperCase() })}
          </a>
        ))}
      </p>
    </Card>
  );
}
