import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';

/** The tabs of a page. Where they do not fit, the chosen one is brought into view. */
export function TabBar({ label, children }: { label: string; children: ReactNode }) {
  const ref = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const bar = ref.current;
    const chosen = bar?.querySelector('[aria-current="page"]');
    if (!bar || !chosen) return;
    const [frame, tab] = [bar.getBoundingClientRect(), chosen.getBoundingClientRect()];
    bar.scrollLeft += tab.left + tab.width / 2 - frame.left - frame.width / 2;
  }, [pathname]);
  return (
    <nav ref={ref} className="tabs" aria-label={label}>
      {children}
    </nav>
  );
}
