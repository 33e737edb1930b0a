import type { ReactNode } from 'react';
import { Icon } from '../../../components/Icon';
import { Segmented } from '../../../components/Segmented';
import { useT } from '../../../i18n/I18nProvider';
import type { Shown } from './RoutesPage';

/** What is looked for in a list, and what can be added to it. */
export function ProxyListBar({ label, search, onSearch, shown, onShown, children }: { label: string; search: string; onSearch: (text: string) => void; shown: Shown; onShown: (shown: Shown) => void; children: ReactNode }) {
  const t = useT();
  return (
    <div className="list-bar">
      <label className="list-bar__search">
        <span className="visually-hidden">{label}</span>
        <Icon name="search" size={17} />
        <input type="search" className="input" value={search} placeholder={label} autoComplete="off" onChange={(event) => onSearch(event.target.value)} />
      </label>
      <Segmented
        label={t('routes.shown')}
        value={shown}
        options={[
          { value: 'all', label: t('routes.shownAll') },
          { value: 'on', label: t('routes.shownOn') },
          { value: 'off', label: t('routes.shownOff') },
        ]}
        onChange={onShown}
      />
      <div className="list-bar__actions">{children}</div>
    </div>
  );
}
