import { Link } from 'react-router';
import type { DomainPort, DomainStage, ServerDomain } from '../../../api/domains';
import { IconButton } from '../../../components/Button';
import { CopyButton } from '../../../components/Copy';
import { Icon } from '../../../components/Icon';
import { Badge } from '../../../components/Status';
import { Steps } from '../../../components/Steps';
import { useT } from '../../../i18n/I18nProvider';
import { adviceKey, domainState, hangingAt, steps, toneOfDomain, whereTo } from '../../../servers/domains';
import { useUser } from '../../../session/SessionProvider';

/** One name: where it leads, how far it is, and what to do if it does not get there. */
export function DomainCard({ domain, ports, onRemove }: { domain: ServerDomain; ports: readonly DomainPort[]; onRemove?: () => void }) {
  const t = useT();
  const state = domainState(domain);
  const hanging = domain.enabled ? hangingAt(domain) : undefined;
  return (
    <li className="card domain" data-domain={domain.domain} data-state={state}>
      <div className="domain__head">
        <div className="domain__words">
          <h3>
            <a href={domain.url} target="_blank" rel="noreferrer noopener" aria-label={t('domains.open', { name: domain.domain })}>
              <span className="domain__name">{domain.domain + (domain.path ?? '')}</span>
              <Icon name="external" size={15} />
            </a>
            <CopyButton text={domain.url} label={t('domains.copy', { url: domain.url })} />
          </h3>
          <p className="domain__way">
            <span className="tag">{t.find(`domainExposure.${domain.exposure}`) ?? domain.exposure}</span>
            <Icon name="arrowRight" size={15} />
            <span>{whereTo(domain, ports, t)}</span>
          </p>
        </div>
        <div className="domain__tools">
          <Badge tone={toneOfDomain(state)}>{t(`domainState.${state}`)}</Badge>
          {onRemove && <IconButton icon="trash" label={t('domains.removeNamed', { name: domain.domain })} onClick={onRemove} />}
        </div>
      </div>
      <Steps
        label={t('domains.steps', { name: domain.domain })}
        steps={steps(domain).map((stage) => ({
          key: stage.stage,
          name: t(`domainStage.${stage.stage}`),
          state: stage.state === 'OFF' ? 'PENDING' : stage.state,
          outcome: t(`domainStageState.${stage.state === 'OFF' ? 'PENDING' : stage.state}`),
          said: stage.said || (stage.revision ? t('proxy.revision', { number: stage.revision }) : ''),
        }))}
      />
      {hanging && <Advice stage={hanging} />}
    </li>
  );
}

/** Where it hangs and what helps; where to look, for those who may. */
function Advice({ stage }: { stage: DomainStage }) {
  const t = useT();
  const { admin } = useUser();
  const key = adviceKey(stage);
  const advice = key && t.find(key);
  if (!advice) return null;
  const failed = stage.state === 'FAILED';
  return (
    <div className={`notice notice--${failed ? 'danger' : 'info'}`}>
      <Icon name={failed ? 'warning' : 'info'} size={20} />
      <div className="notice__body">
        <p className="notice__title">{t('domains.advice')}</p>
        <p>{advice}</p>
        {admin && stage.stage !== 'reached' && stage.stage !== 'certificate' && (
          <div className="notice__foot">
            {stage.stage === 'cloud' || stage.stage === 'tunnel' ? (
              <Link to="/admin/proxy/cloudflare">{t('domains.toCloudflare')}</Link>
            ) : (
              <Link to="/admin/proxy/history">{t('domains.toHistory')}</Link>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
