import type { Outcome, ProxyState, Stage } from '../api/proxyTypes';
import type { Translator } from '../i18n/translate';

export type StageTone = 'good' | 'busy' | 'bad' | 'idle';

/** How a stage is coloured: good is only what provably has the saved revision. */
export function stageTone(stage: Stage, saved: number): StageTone {
  switch (stage.outcome) {
    case 'DONE':
      return stage.revision === saved ? 'good' : 'busy';
    case 'ROLLED_BACK':
    case 'FAILED':
      return 'bad';
    default:
      return stage.tried === 0 && stage.revision === 0 ? 'idle' : 'busy';
  }
}

/** The state of a stage in a few words, with the revision that it has for certain. */
export function stageWord(stage: Stage, saved: number, t: Translator): string {
  const number = stage.revision;
  switch (stage.outcome) {
    case 'DONE':
      return number === saved ? t('proxy.revision', { number }) : t('proxy.stageBehind', { number });
    case 'ROLLED_BACK':
      return t('proxy.stageRolledBack', { number });
    case 'FAILED':
      return t('proxy.stageFailed', { number });
    case 'UNKNOWN':
      return t('proxy.stageUnknown');
    default:
      return number === 0 ? t('proxy.stageNever') : t('proxy.stageWaiting', { number });
  }
}

export function outcomeTone(outcome: Outcome): 'success' | 'info' | 'warning' | 'danger' {
  switch (outcome) {
    case 'APPLIED':
      return 'success';
    case 'UNTOUCHED':
      return 'info';
    case 'ROLLED_BACK':
      return 'danger';
    default:
      return 'warning';
  }
}

/** Whether the engine certainly has what is saved, also after a change that it did not take and that was undone. */
export function engineHasSaved({ saved, engine }: ProxyState): boolean {
  return engine.revision === saved.number && engine.outcome !== 'UNKNOWN';
}

/** What was looked at to prove a revision, and how that went, a line each. */
export function proofLines(proof: string): { outcome: string; what: string }[] {
  return proof.split('\n').filter(Boolean).map((line) => {
    const match = /^([A-Z_]+) (.+)$/.exec(line);
    return { outcome: match?.[1] ?? '', what: match?.[2] ?? line };
  });
}
