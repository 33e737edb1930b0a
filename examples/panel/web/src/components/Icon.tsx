const PATHS = {
  servers: 'M4 5.5h16v5H4zM4 13.5h16v5H4zM7.500 8h.01M7.500 16h.01',
  nodes: 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM12 12l8-4.500M12 12v9M12 12L4 7.500',
  users: 'M9 4.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM2.500 19.500c.500-3.500 3-5.500 6.500-5.500s6 2 6.500 5.500M15.500 4.800a3.500 3.500 0 0 1 0 6.400M17.500 14.300c2.200.700 3.600 2.500 4 5.200',
  route: 'M5.500 4.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM18.500 15.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM7.500 6.500h8a3.500 3.500 0 0 1 0 7h-7a2 2 0 0 0 0 4h8',
  plug: 'M9 3.500v5M15 3.500v5M6 8.500h12v3a6 6 0 0 1-12 0zM12 17.500v3.500',
  cloud: 'M7.500 18.500a4 4 0 0 1-.600-7.950 5.500 5.500 0 0 1 10.500 1.150 3.500 3.500 0 0 1-.400 6.800z',
  code: 'M8.500 7.500L4 12l4.500 4.500M15.500 7.500L20 12l-4.500 4.500',
  history: 'M4.500 12a7.500 7.500 0 1 0 2.200-5.300L4.500 9M4.500 4.500V9H9M12 8v4.500l3 1.800',
  shield: 'M12 3l7.500 3v5.500c0 4.500-3 8-7.500 9.500-4.500-1.500-7.500-5-7.500-9.500V6z',
  globe: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM3.500 12h17M12 3.500c2.500 2.300 3.700 5.200 3.700 8.500s-1.200 6.200-3.700 8.500c-2.500-2.300-3.700-5.200-3.700-8.500s1.200-6.200 3.700-8.500z',
  folder: 'M3.500 6.500v12h17v-10h-8.500l-2-2z',
  edit: 'M4.500 19.500l1-4L16 5l3 3L8.500 18.500zM14 7l3 3',
  egg: 'M12 3c3.500 0 6.500 5.500 6.500 10a6.500 6.500 0 0 1-13 0C5.500 8.500 8.500 3 12 3z',
  plus: 'M12 5v14M5 12h14',
  play: 'M8 5.500v13l10.500-6.500z',
  stop: 'M6.500 6.500h11v11h-11z',
  restart: 'M19.500 12a7.500 7.500 0 1 1-2.200-5.300M19.500 4v4.500H15',
  kill: 'M13 3L5 13.500h6L10 21l8.500-11H12z',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2',
  copy: 'M9 9h10.500v10.500H9zM5.500 15H4.500V4.500H15v1',
  check: 'M5 12.500l4.500 4.500L19.500 7',
  close: 'M6 6l12 12M18 6L6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  warning: 'M12 4L2.800 20h18.400zM12 10v4.500M12 17.300h.01',
  info: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 11v5.500M12 7.800h.01',
  trash: 'M4.500 6.500h15M9.500 6.500v-2.500h5v2.500M6.500 6.500l1 14h9l1-14M10 10.500v6M14 10.500v6',
  upload: 'M12 16V4.500M7 9l5-5 5 5M4.500 16v4h15v-4',
  key: 'M14.500 4.500a5 5 0 1 1-4.300 7.600L4.500 17.800v2.700h3.200v-2.500h2.500v-2.500l1.700-1.700M16 8.800h.01',
  logout: 'M10 4.500H5v15h5M14.500 8l4.500 4-4.500 4M19 12H9.500',
  terminal: 'M4 5h16v14H4zM7.500 9.500l3 2.500-3 2.500M12.500 15h4',
  settings: 'M5 7h8M17 7h2M5 12h2M11 12h8M5 17h8M17 17h2M15 5v4M9 10v4M15 15v4',
  document: 'M6.500 3.500h8l4 4v13h-12zM14 3.500V8h4.500M9.500 12.500h6M9.500 16h6',
  arrowRight: 'M5 12h14M13 6l6 6-6 6',
  chevronRight: 'M9.500 5.500L16 12l-6.500 6.500',
  chevronDown: 'M5.500 9.500L12 16l6.500-6.500',
  search: 'M10.500 4.500a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5',
  send: 'M4.500 12h14M13 6.500l5.500 5.500-5.500 5.500',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  moon: 'M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z',
  system: 'M3.500 5h17v11.500h-17zM8.500 20.500h7M12 16.500v4',
  clear: 'M4.500 6.500h15M6.500 12h11M9 17.500h6',
  down: 'M12 4.500v15M6 13.500l6 6 6-6',
  archive: 'M4 5h16v4H4zM5.500 9v10h13V9M10 12.500h4',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2',
  unlock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 6.700-1.400M12 14.500v2',
  up: 'M12 19.500v-15M6 10.500l6-6 6 6',
  external: 'M9.500 5.500h-5v14h14v-5M13 4.500h6.500V11M19.500 4.500L10.500 13.500',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon; whatever it says is also said in words beside it. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The mark of the product: a rook looking right. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="mark__ground" width="32" height="32" rx="8" />
      <path
        className="mark__bird"
        d="M6.500 19.500c2-6 6-10.500 11.200-10.500 2.300 0 4.100.9 5.300 2.300l4 .9-3.300 2.100c.1.6.2 1.200.2 1.800 0 4.600-3.600 8.200-8.400 8.200-3.300 0-6-1.200-9-4.800z"
      />
      <circle className="mark__ground" cx="19.300" cy="13" r="1.400" />
    </svg>
  );
}
