import { useEffect, useState } from 'react';

const PAUSE_MILLIS = 350;

/**
 * Asks the panel about values once they have stood still for a moment. What it said of a value stays until it has been asked
 * again, or the value is gone; when it cannot be asked, nothing is wrong until the values are sent.
 */
export function useChecked(
  values: Record<string, string>,
  check: (values: Record<string, string>, signal: AbortSignal) => Promise<Record<string, string>>,
): Record<string, string> {
  const [problems, setProblems] = useState<Record<string, string>>({});
  const text = JSON.stringify(values);
  // State changes only when an answer has come, never in the effect itself: that would render twice for every key.
  useEffect(() => {
    const wanted = JSON.parse(text) as Record<string, string>;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const answer = Object.keys(wanted).length === 0 ? Promise.resolve({}) : check(wanted, abort.signal);
      answer
        .catch(() => ({}))
        .then((found) => {
          if (!abort.signal.aborted) setProblems(found);
        });
    }, PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  return Object.fromEntries(Object.entries(problems).filter(([name]) => name in values));
}
