import type { NodeRole } from './picture';

/** Lines of a 16 × 16 icon for each role. */
export const ICONS: Readonly<Record<NodeRole, string>> = {
  client: 'M8 8.2a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 14c.4-3 2.6-4.3 5.5-4.3S13.1 11 13.5 14',
  gateway: 'M3 14V6.5C3 3.8 5.2 2 8 2s5 1.8 5 4.5V14M1.5 14h13M6 14V8.5h4V14',
  listener: 'M2 8h7M6.5 5 9.5 8l-3 3M12 3v10',
  plugin: 'M6 2v3M10 2v3M4 5h8v3.5a4 4 0 0 1-8 0ZM8 12.5V15',
  router: 'M2 4h3c3 0 3 8 6 8h3M2 12h3c1.5 0 2.2-2 3-4M8 8c.8-2 1.5-4 3-4h3M12 2l2 2-2 2M12 10l2 2-2 2',
  route: 'M2 8h4c3 0 2.5-4.5 5.5-4.5H14M6 8c3 0 2.5 4.5 5.5 4.5H14M12 1.5l2 2-2 2M12 10.5l2 2-2 2',
  pool: 'M8 2 14 5 8 8 2 5ZM2 8l6 3 6-3M2 11l6 3 6-3',
  service: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c-3.5 3.5-3.5 8.5 0 12M8 2c3.5 3.5 3.5 8.5 0 12',
  picker: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 .5v3M8 12.5v3M.5 8h3M12.5 8h3',
  workload: 'M8 1.5 13.5 4.7v6.6L8 14.5l-5.5-3.2V4.7ZM2.5 4.7 8 8l5.5-3.3M8 8v6.5',
  registry: 'M3 2.5h10v11H3ZM5.5 5.5h5M5.5 8h5M5.5 10.5h3',
  policy: 'M8 1.5 13.5 3.5V8c0 3.5-2.5 5.5-5.5 6.5C5 13.5 2.5 11.5 2.5 8V3.5Z',
  grant: 'M5.5 11.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8.5 8.5h6M12 8.5v3M14.5 8.5v2',
  other: 'M4 1.5h5.5L13 5v9.5H4ZM9.5 1.5V5H13',
};
