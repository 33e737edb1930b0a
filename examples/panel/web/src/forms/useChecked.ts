import { useEffect, useState } from 'react';

const PAUSE_MILLIS = 350;

/**
 * Asks the panel about values once they have stood still for a moment. What it said about older values is forgotten; when it
 * cannot be asked, nothing is wrong until the values are sent.
 */
export function useChecked(
  values: Record<string, string>,
  check: (values: Record<string, string>, signal: AbortSignal) => Promise<Record<string, string>>,
): Record<string, string> {
  const [problems, setProblems] = useState<Record<string, string>>({});
  const text = JSON.stringify(values);
  useEffect(() => {
    const wanted = JSON.parse(text) as Record<string, string>;
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([name]) => name in wanted)));
    if (Object.keys(wanted).length === 0) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      check(wanted, abort.signal).then(
        (found) => setProblems(found),
        () => {
          if (!abort.signal.aborted) setProblems({});
        },
      );
    }, PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  return problems;
}
