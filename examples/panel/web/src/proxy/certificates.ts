import type { Certificate } from '../api/proxyTypes';
import type { Tone } from '../components/shownState';

export type CertificateState = 'there' | 'renewalFailed' | 'notThere' | 'waiting';

const URGENT: readonly CertificateState[] = ['notThere', 'renewalFailed', 'waiting', 'there'];

export function certificateState({ expires, said }: { expires?: string | null | undefined; said: string }): CertificateState {
  if (expires) return said ? 'renewalFailed' : 'there';
  return said ? 'notThere' : 'waiting';
}

export function toneOfCertificate(state: CertificateState): Tone {
  return ({ there: 'good', renewalFailed: 'bad', notThere: 'bad', waiting: 'busy' } as const)[state];
}

/** Those first that somebody has to look after; each kind as it was given. */
export function byUrgency(certificates: readonly Certificate[]): Certificate[] {
  return URGENT.flatMap((state) => certificates.filter((one) => certificateState(one) === state));
}
