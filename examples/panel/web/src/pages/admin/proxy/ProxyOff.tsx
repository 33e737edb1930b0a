import { CopyField } from '../../../components/Copy';
import { Icon } from '../../../components/Icon';
import { PageHeader } from '../../../components/Page';
import { useT } from '../../../i18n/I18nProvider';

/** Says that the panel was started without a proxy, and how it is started with one. */
export function ProxyOff() {
  const t = useT();
  return (
    <>
      <PageHeader title={t('proxy.title')}>
        <p className="muted">{t('proxy.lead')}</p>
      </PageHeader>
      <section className="proxy-off" aria-labelledby="proxy-off">
        <span className="empty__icon">
          <Icon name="route" size={26} />
        </span>
        <h2 id="proxy-off">{t('proxy.off')}</h2>
        <p>{t('proxy.offText')}</p>
        <div className="proxy-off__ways">
          <CopyField label={t('proxy.offCaddy')} text="rookery-panel serve --proxy caddy" />
          <CopyField label={t('proxy.offCaddyFile')} text="rookery-panel serve --proxy caddy-file" />
          <CopyField label={t('proxy.offNginx')} text="rookery-panel serve --proxy nginx" />
        </div>
        <p className="muted">{t('proxy.offMore')}</p>
      </section>
    </>
  );
}
