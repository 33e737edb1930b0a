import { describe, expect, it } from 'vitest';
import { byUrgency, certificateState, toneOfCertificate } from '../src/proxy/certificates';

const there = { domain: 'a.example.net', expires: '2027-01-01T00:00:00Z', said: '' };
const failed = { domain: 'b.example.net', said: 'nobody answers' };
const old = { domain: 'c.example.net', expires: '2026-12-01T00:00:00Z', said: 'ask again tomorrow' };
const fresh = { domain: 'd.example.net', said: '' };

describe('certificates', () => {
  it('are there, or not yet, or hang', () => {
    expect([there, failed, old, fresh].map(certificateState)).toEqual(['there', 'notThere', 'renewalFailed', 'waiting']);
    expect(toneOfCertificate('renewalFailed')).toBe('bad');
  });

  it('stand where they are seen if somebody has to look after them', () => {
    expect(byUrgency([there, fresh, old, failed]).map(({ domain }) => domain[0])).toEqual(['b', 'c', 'd', 'a']);
  });
});
