import { Link } from 'react-router';
import type { Server } from '../../api';
import { Banner } from '../../components/Feedback';
import { useT } from '../../i18n/I18nProvider';

/** What is special about a server now, and what to do about it. */
export function StatusBanner({ server }: { server: Server }) {
  const t = useT();
  const reason = server.statusReason ? <p className="notice__detail">{server.statusReason}</p> : null;
  const base = `/servers/${server.uuid}`;
  switch (server.status) {
    case 'creating':
      return (
        <Banner tone="info" title={t('banner.creating')}>
          <p>{t('banner.creatingText')}</p>
        </Banner>
      );
    case 'create_failed':
      return (
        <Banner tone="danger" title={t('banner.createFailed')} action={<Link to={`${base}/settings`}>{t('banner.toSettings')}</Link>}>
          <p>{t('banner.createFailedText')}</p>
          {reason}
        </Banner>
      );
    case 'installing':
      return (
        <Banner tone="info" title={t('banner.installing')}>
          <p>{t('banner.installingText')}</p>
        </Banner>
      );
    case 'install_failed':
      return (
        <Banner
          tone="danger"
          title={t('banner.installFailed')}
          action={
            <>
              <Link to={`${base}/install`}>{t('banner.toInstallLog')}</Link>
              <Link to={`${base}/settings`}>{t('banner.toSettings')}</Link>
            </>
          }
        >
          <p>{t('banner.installFailedText')}</p>
          {reason}
        </Banner>
      );
    case 'suspended':
      return (
        <Banner tone="warning" title={t('banner.suspended')}>
          <p>{t('banner.suspendedText')}</p>
          {reason}
        </Banner>
      );
    case 'restoring':
      return (
        <Banner tone="info" title={t('banner.restoring')}>
          <p>{t('banner.restoringText')}</p>
        </Banner>
      );
    case 'transferring':
      return (
        <Banner tone="info" title={t('banner.transferring')}>
          <p>{t('banner.transferringText')}</p>
        </Banner>
      );
    case 'deleting':
      return (
        <Banner tone="info" title={t('banner.deleting')}>
          <p>{t('banner.deletingText')}</p>
        </Banner>
      );
    default:
      return server.node.reachable ? null : (
        <Banner tone="warning" title={t('banner.nodeAway', { node: server.node.name })}>
          <p>{t('banner.nodeAwayText')}</p>
        </Banner>
      );
  }
}
