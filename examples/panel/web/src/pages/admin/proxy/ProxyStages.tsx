import type { ProxyState, Stage } from '../../../api/proxyTypes';
import { Icon, type IconName } from '../../../components/Icon';
import { formatDateTime } from '../../../i18n/format';
import { useT } from '../../../i18n/I18nProvider';
import { stageTone, stageWord } from '../../../proxy/stages';
import { ApplyNow } from './ApplyNow';

/** The way of a change: saved, run by the engine, told to the cloud. Three things with three revisions. */
export function ProxyStages({ state, accounts }: { state: ProxyState; accounts: number }) {
  const t = useT();
  const { saved, engine, cloud } = state;
  const never = saved.number === 0;
  // What is still to be taken away there is of interest without any account, too.
  const told = cloud && (accounts > 0 || cloud.outcome !== 'DONE');
  return (
    <section className="stages" aria-label={t('proxy.stages')}>
      <ol className="stages__list">
        <li className={`stage stage--${never ? 'idle' : 'good'}`} data-stage="saved" data-revision={saved.number}>
          <StageHead icon="document" name={t('proxy.saved')} word={never ? t('proxy.stageNever') : t('proxy.revision', { number: saved.number })} />
          <p className="stage__said">
            {never ? t('proxy.savedNever') : t('proxy.savedBy', { author: saved.author, at: formatDateTime(saved.at, t.locale) })}
          </p>
        </li>
        <StageItem id="engine" icon="nodes" name={t('proxy.engine')} stage={engine} saved={saved.number} />
        {told ? (
          <StageItem id="cloud" icon="cloud" name={t('proxy.cloud')} stage={cloud} saved={saved.number} />
        ) : (
          <li className="stage stage--idle" data-stage="cloud">
            <StageHead icon="cloud" name={t('proxy.cloud')} word={t('proxy.cloudNone')} />
            <p className="stage__said">{t('proxy.cloudNoneText')}</p>
          </li>
        )}
      </ol>
      <ApplyNow state={state} />
    </section>
  );
}

function StageItem({ id, icon, name, stage, saved }: { id: string; icon: IconName; name: string; stage: Stage; saved: number }) {
  const t = useT();
  return (
    <li className={`stage stage--${stageTone(stage, saved)}`} data-stage={id} data-outcome={stage.outcome} data-revision={stage.revision}>
      <StageHead icon={icon} name={name} word={stageWord(stage, saved, t)} />
      <p className="stage__said">{stage.said || (stage.tried > 0 && t('proxy.stageSince', { at: formatDateTime(stage.at, t.locale) }))}</p>
    </li>
  );
}

function StageHead({ icon, name, word }: { icon: IconName; name: string; word: string }) {
  return (
    <div className="stage__head">
      <span className="stage__icon">
        <Icon name={icon} size={17} />
      </span>
      <span className="stage__name">{name}</span>
      <span className="stage__word">{word}</span>
    </div>
  );
}
