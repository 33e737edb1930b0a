import { queryOptions } from '@tanstack/react-query';
import { backupQueries } from './backups';
import { cloudflareQueries } from './cloudflare';
import { domainQueries } from './domains';
import { eggQueries } from './eggs';
import { fileQueries } from './files';
import { hostingQueries } from './hosting';
import { panel } from './index';
import { peopleQueries } from './people';
import { proxyQueries } from './proxy';
import { scheduleQueries } from './schedules';

/** The cached reads of the UI: one key and one call each. */
export const queries = {
  servers: () => queryOptions({ queryKey: ['servers'], queryFn: ({ signal }) => panel.servers(signal) }),
  server: (uuid: string) =>
    queryOptions({ queryKey: ['server', uuid], queryFn: ({ signal }) => panel.server(uuid, signal) }),
  installLog: (uuid: string) =>
    queryOptions({ queryKey: ['install-log', uuid], queryFn: ({ signal }) => panel.installLog(uuid, signal) }),
  nodes: () => queryOptions({ queryKey: ['nodes'], queryFn: ({ signal }) => panel.nodes(signal) }),
  node: (id: number) => queryOptions({ queryKey: ['nodes', id], queryFn: ({ signal }) => panel.node(id, signal) }),
  allocations: (nodeId: number) =>
    queryOptions({
      queryKey: ['nodes', nodeId, 'allocations'],
      queryFn: ({ signal }) => panel.allocations(nodeId, signal),
    }),
  eggs: () => queryOptions({ queryKey: ['eggs'], queryFn: ({ signal }) => panel.eggs(signal) }),
  egg: (id: number) => queryOptions({ queryKey: ['eggs', id], queryFn: ({ signal }) => panel.egg(id, signal) }),
  ...peopleQueries(panel.people),
  ...hostingQueries(panel.hosting),
  ...eggQueries(panel.eggFiles),
  ...scheduleQueries(panel.schedules),
  ...backupQueries(panel.backups),
  ...fileQueries(panel.files),
  ...domainQueries(panel.domains),
  ...cloudflareQueries(panel.cloudflare),
  ...proxyQueries(panel.proxy),
};
