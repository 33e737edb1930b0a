import { BackupsApi } from './backups';
import type { ApiClient } from './client';
import { CloudflareApi } from './cloudflare';
import { DomainsApi } from './domains';
import { EggsApi } from './eggs';
import { FilesApi } from './files';
import { HostingApi } from './hosting';
import { PeopleApi } from './people';
import { ProxyApi } from './proxy';
import { SchedulesApi } from './schedules';
import type {
  Allocation,
  ConsoleTicket,
  Egg,
  EggSummary,
  EnrolmentKey,
  ImportedEgg,
  Language,
  NewServer,
  Node,
  PowerAction,
  Server,
  Session,
} from './types';

interface Items<T> {
  items: T[];
}

/** Every call that the UI makes, by its purpose. The only place that knows the panel's paths. */
export class PanelApi {
  readonly client: ApiClient;
  readonly people: PeopleApi;
  readonly hosting: HostingApi;
  readonly eggFiles: EggsApi;
  readonly schedules: SchedulesApi;
  readonly backups: BackupsApi;
  readonly files: FilesApi;
  readonly domains: DomainsApi;
  readonly cloudflare: CloudflareApi;
  readonly proxy: ProxyApi;

  constructor(client: ApiClient) {
    this.client = client;
    this.people = new PeopleApi(client);
    this.hosting = new HostingApi(client);
    this.eggFiles = new EggsApi(client);
    this.schedules = new SchedulesApi(client);
    this.backups = new BackupsApi(client);
    this.files = new FilesApi(client);
    this.domains = new DomainsApi(client);
    this.cloudflare = new CloudflareApi(client);
    this.proxy = new ProxyApi(client);
  }

  // --- session and account

  session = () => this.client.request<Session>('GET', '/api/session');

  logIn = (username: string, password: string) =>
    this.client.request<Session>('POST', '/api/session', { body: { username, password } });

  logOut = () => this.client.request<void>('DELETE', '/api/session');

  chooseLanguage = (language: Language) =>
    this.client.request<void>('PUT', '/api/account/language', { body: { language } });

  // --- servers

  servers = async (signal?: AbortSignal) =>
    (await this.client.request<Items<Server>>('GET', '/api/servers', signalOf(signal))).items;

  server = (uuid: string, signal?: AbortSignal) =>
    this.client.request<Server>('GET', `/api/servers/${uuid}`, signalOf(signal));

  power = (uuid: string, action: PowerAction) =>
    this.client.request<void>('POST', `/api/servers/${uuid}/power`, { body: { action } });

  reinstall = (uuid: string) => this.client.request<void>('POST', `/api/servers/${uuid}/reinstall`);

  deleteServer = (uuid: string) => this.client.request<void>('DELETE', `/api/servers/${uuid}`);

  installLog = async (uuid: string, signal?: AbortSignal) =>
    (await this.client.request<{ text: string }>('GET', `/api/servers/${uuid}/install-log`, signalOf(signal))).text;

  consoleTicket = (uuid: string, signal?: AbortSignal) =>
    this.client.request<ConsoleTicket>('POST', `/api/servers/${uuid}/console-ticket`, signalOf(signal));

  // --- administration: nodes

  nodes = async (signal?: AbortSignal) =>
    (await this.client.request<Items<Node>>('GET', '/api/admin/nodes', signalOf(signal))).items;

  node = (id: number, signal?: AbortSignal) =>
    this.client.request<Node>('GET', `/api/admin/nodes/${id}`, signalOf(signal));

  createNode = (node: { name: string; url: string }) =>
    this.client.request<Node>('POST', '/api/admin/nodes', { body: node });

  deleteNode = (id: number) => this.client.request<void>('DELETE', `/api/admin/nodes/${id}`);

  createEnrolmentKey = (id: number) =>
    this.client.request<EnrolmentKey>('POST', `/api/admin/nodes/${id}/enrolment-key`);

  allocations = async (nodeId: number, signal?: AbortSignal) =>
    (await this.client.request<Items<Allocation>>('GET', `/api/admin/nodes/${nodeId}/allocations`, signalOf(signal)))
      .items;

  addAllocations = (nodeId: number, allocations: { ip: string; ports: string }) =>
    this.client.request<{ created: number }>('POST', `/api/admin/nodes/${nodeId}/allocations`, { body: allocations });

  deleteAllocation = (nodeId: number, allocationId: Allocation['id']) =>
    this.client.request<void>('DELETE', `/api/admin/nodes/${nodeId}/allocations/${allocationId}`);

  // --- administration: eggs

  eggs = async (signal?: AbortSignal) =>
    (await this.client.request<Items<EggSummary>>('GET', '/api/admin/eggs', signalOf(signal))).items;

  egg = (id: number, signal?: AbortSignal) =>
    this.client.request<Egg>('GET', `/api/admin/eggs/${id}`, signalOf(signal));

  importEgg = (file: File) =>
    this.client.request<ImportedEgg>('POST', '/api/admin/eggs', { body: file, query: { fileName: file.name } });

  deleteEgg = (id: number) => this.client.request<void>('DELETE', `/api/admin/eggs/${id}`);

  // --- administration: servers

  createServer = (server: NewServer) => this.client.request<Server>('POST', '/api/admin/servers', { body: server });
}

function signalOf(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}
