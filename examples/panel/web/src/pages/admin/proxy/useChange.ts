import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toApiError, type ApiError } from '../../../api';
import type { Finding, Plan, Report } from '../../../api/proxyTypes';
import { findingsOf } from '../../../proxy/findings';

export interface Change<Input> {
  busy: 'check' | 'save' | null;
  /** What the last check said, and of what. */
  plan: Plan | null;
  report: Report | null;
  error: ApiError | null;
  /** What was found by the last check, or by a save that was refused. */
  findings: readonly Finding[];
  /** What the findings are about. */
  looked: Input | null;
  check: (input: Input) => Promise<void>;
  /** Saves; the report says what became of it. Null if it was not saved. */
  save: (input: Input) => Promise<Report | null>;
  clear: () => void;
}

interface Said {
  plan: Plan | null;
  report: Report | null;
  error: ApiError | null;
  findings: readonly Finding[];
}

const NOTHING: Said = { plan: null, report: null, error: null, findings: [] };

/** A change of the document that can be asked about before it is made. */
export function useChange<Input>(plan: (input: Input) => Promise<Plan>, save: (input: Input) => Promise<Report>): Change<Input> {
  const client = useQueryClient();
  const [busy, setBusy] = useState<'check' | 'save' | null>(null);
  const [said, setSaid] = useState<Said>(NOTHING);
  const [looked, setLooked] = useState<Input | null>(null);

  const attempt = async (kind: 'check' | 'save', input: Input, run: () => Promise<Said>) => {
    setBusy(kind);
    setLooked(input);
    const answer = await run().catch((thrown: unknown) => {
      const error = toApiError(thrown);
      return { ...NOTHING, error, findings: findingsOf(error) };
    });
    setSaid(answer);
    setBusy(null);
    return answer;
  };
  return {
    ...said,
    busy,
    looked,
    check: async (input) => {
      if (busy) return;
      await attempt('check', input, async () => {
        const answer = await plan(input);
        return { ...NOTHING, plan: answer, findings: answer.findings };
      });
    },
    save: async (input) => {
      if (busy) return null;
      const { report } = await attempt('save', input, async () => {
        const answer = await save(input);
        return { ...NOTHING, report: answer, findings: answer.findings ?? [] };
      });
      // What is kept of before is out of date, whatever came of it.
      await client.invalidateQueries({ queryKey: ['proxy'] });
      return report;
    },
    clear: () => setSaid(NOTHING),
  };
}
