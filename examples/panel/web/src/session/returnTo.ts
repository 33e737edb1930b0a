/** Where to go after the log-in: only a path of this panel, never another site and never the log-in itself. */
export function safeReturnTo(next: string | null): string {
  if (!next || !next.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/';
  return next === '/login' || next.startsWith('/login?') ? '/' : next;
}
