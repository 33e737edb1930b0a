// A panel that lives in memory: accounts, nodes, eggs, and servers that pretend to install, run and answer commands.
// For developing the UI and for looking at its pages; it proves nothing about the real panel.
import { randomBytes, randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

const MEBIBYTE = 1024 * 1024;

export class ApiFailure extends Error {
  constructor(status, code, message, fields = {}, more = {}) {
    super(message);
    Object.assign(this, { status, code, fields, more });
  }
}

export const sampleEgg = {
  id: 1,
  uuid: '5a0f3ab2-8f5e-4a4c-9b5f-6d6f0a9f4f11',
  name: 'Minetest',
  author: 'eggs@example.com',
  description: 'A voxel world with the engine from Debian’s packages. The install script writes the world’s configuration.',
  format: 'PLCN_v3',
  images: { 'Minetest 5.6': 'rookery/minetest:5.6', 'Minetest 5.6, debug': 'rookery/minetest:5.6-debug' },
  startupCommands: {
    Default: 'minetestserver --terminal --world /home/container/world --port {{SERVER_PORT}}',
    Verbose: 'minetestserver --terminal --verbose --world /home/container/world --port {{SERVER_PORT}}',
  },
  variables: [
    variable('World name', 'The folder of the world.', 'WORLD_NAME', 'world', 'required|string|max:40'),
    variable('Players', 'How many players may be on the server at once.', 'MAX_PLAYERS', '15', 'required|integer|between:1,200'),
    variable('Game', 'What is played.', 'GAME', 'minetest_game', 'required|in:minetest_game,devtest'),
    variable('Creative', 'Everybody has everything.', 'CREATIVE', '0', 'required|boolean'),
    variable('Message of the day', 'Shown to everybody who joins.', 'MOTD', '', 'nullable|string|max:120'),
  ],
};

function variable(name, description, envVariable, defaultValue, rules) {
  return { name, description, envVariable, defaultValue, userViewable: true, userEditable: true, rules: rules.split('|') };
}

export class MockPanel extends EventEmitter {
  sessions = new Map();
  tickets = new Map();
  nodes = [];
  eggs = [];
  allocations = [];
  servers = new Map();
  nextId = 1;
  users = [
    { id: randomUUID(), username: 'admin', password: 'admin', admin: true, language: 'en' },
    { id: randomUUID(), username: 'player', password: 'player', admin: false, language: 'en' },
  ];

  constructor({ filled = false, pace = 1 } = {}) {
    super();
    this.setMaxListeners(0);
    this.pace = pace;
    this.timer = setInterval(() => this.tick(), 1000 * pace);
    if (filled) this.fill();
  }

  close() {
    clearInterval(this.timer);
    for (const server of this.servers.values()) server.close();
  }

  // --- sessions

  logIn(username, password) {
    const user = this.users.find((candidate) => candidate.username === username && candidate.password === password);
    if (!user) throw new ApiFailure(401, 'invalid_credentials', 'The user name or the password is wrong.');
    const token = randomBytes(16).toString('hex');
    const session = { user, csrfToken: randomBytes(16).toString('hex'), expiresAt: new Date(Date.now() + 8 * 3600e3) };
    this.sessions.set(token, session);
    return { token, session };
  }

  // --- nodes

  addNode({ name, url }, enrolled = false) {
    if (!name) throw new ApiFailure(422, 'validation', 'name: missing', { name: 'name: missing' });
    if (this.nodes.some((node) => node.name === name)) {
      throw new ApiFailure(409, 'node_name_in_use', `A node named ${name} exists.`, { name });
    }
    const node = { id: this.nextId++, name, url, enrolled, reachable: enrolled, lastError: null, version: enrolled ? '0.1.0' : null };
    this.nodes.push(node);
    return node;
  }

  node(id) {
    return this.nodes.find((node) => node.id === Number(id)) ?? notFound('node', id);
  }

  viewNode(node) {
    const own = this.allocations.filter((allocation) => allocation.nodeId === node.id);
    return {
      ...node,
      servers: [...this.servers.values()].filter((server) => server.nodeId === node.id).length,
      allocations: { total: own.length, used: own.filter((allocation) => allocation.serverUuid).length },
    };
  }

  deleteNode(id) {
    const node = this.node(id);
    if (this.viewNode(node).servers > 0) throw new ApiFailure(409, 'node_in_use', 'The node has servers.');
    this.nodes.splice(this.nodes.indexOf(node), 1);
  }

  addAllocations(nodeId, { ip, ports }) {
    this.node(nodeId);
    let created = 0;
    for (const part of String(ports).split(',')) {
      const [from, to = from] = part.split('-').map(Number);
      if (!(from > 0) || !(to >= from) || to > 65535) {
        throw new ApiFailure(422, 'validation', `ports: '${part}'`, { ports: `'${part}' is no port and no range.` });
      }
      for (let port = from; port <= to; port++) {
        if (this.allocations.some((a) => a.nodeId === Number(nodeId) && a.ip === ip && a.port === port)) continue;
        this.allocations.push({ id: this.nextId++, nodeId: Number(nodeId), ip, port, serverUuid: null });
        created++;
      }
    }
    return { created };
  }

  viewAllocation(allocation) {
    const server = allocation.serverUuid ? this.servers.get(allocation.serverUuid) : null;
    return {
      id: allocation.id,
      ip: allocation.ip,
      port: allocation.port,
      server: server ? { uuid: server.uuid, name: server.name } : null,
    };
  }

  // --- eggs

  importEgg(text) {
    let document;
    try {
      document = JSON.parse(text);
    } catch (error) {
      throw new ApiFailure(422, 'egg_not_json', error.message);
    }
    const format = document?.meta?.version;
    if (format !== 'PTDL_v2' && format !== 'PLCN_v3') {
      throw new ApiFailure(422, 'egg_unknown_format', `meta.version: '${format}' (expected: PTDL_v2 or PLCN_v3)`, { egg: 'meta.version' });
    }
    if (!document.name) throw new ApiFailure(422, 'egg_missing_field', 'name is missing', { egg: 'name' });
    const egg = {
      id: this.nextId++,
      uuid: document.uuid ?? randomUUID(),
      name: document.name,
      author: document.author ?? '',
      description: document.description ?? '',
      format,
      features: document.features ?? [],
      images: document.docker_images ?? {},
      startupCommands: document.startup_commands ?? { Default: document.startup ?? '' },
      variables: (document.variables ?? []).map((item) => ({
        name: item.name,
        description: item.description ?? '',
        envVariable: item.env_variable,
        defaultValue: String(item.default_value ?? ''),
        userViewable: Boolean(item.user_viewable),
        userEditable: Boolean(item.user_editable),
        rules: item.rules ?? '',
      })),
    };
    this.eggs.push(egg);
    const warnings = document.uuid ? [] : [{ message: 'The egg has no identifier; it was given one.', path: 'uuid' }];
    return { ...this.summary(egg), warnings };
  }

  egg(id) {
    return this.eggs.find((egg) => egg.id === Number(id)) ?? notFound('egg', id);
  }

  summary(egg) {
    const { images: _i, startupCommands: _s, variables: _v, features: _f, ...summary } = egg;
    return { ...summary, servers: this.serversOf(egg) };
  }

  serversOf(egg) {
    return [...this.servers.values()].filter((server) => server.eggId === egg.id).length;
  }

  deleteEgg(id) {
    const egg = this.egg(id);
    if (this.serversOf(egg) > 0) throw new ApiFailure(409, 'egg_in_use', 'Servers are made of this egg.');
    this.eggs.splice(this.eggs.indexOf(egg), 1);
  }

  // --- servers

  createServer(wish) {
    const allocation = this.allocations.find((candidate) => candidate.id === Number(wish.allocationId));
    if (!allocation) throw new ApiFailure(422, 'validation', 'Unknown allocation.', { allocationId: 'There is no such address.' });
    if (allocation.serverUuid) {
      throw new ApiFailure(409, 'allocation_in_use', 'The allocation is in use.', { allocationId: String(allocation.id) });
    }
    if ([...this.servers.values()].some((server) => server.name === wish.name)) {
      throw new ApiFailure(409, 'server_name_in_use', `A server named ${wish.name} exists.`, { name: wish.name });
    }
    const server = new MockServer(this, wish, allocation);
    allocation.serverUuid = server.uuid;
    this.servers.set(server.uuid, server);
    server.install(wish.startOnCompletion);
    return server;
  }

  server(uuid) {
    return this.servers.get(uuid) ?? notFound('server', uuid);
  }

  remove(server) {
    server.close();
    this.servers.delete(server.uuid);
    this.allocations.filter((a) => a.serverUuid === server.uuid).forEach((a) => (a.serverUuid = null));
    this.emit('removed', server.uuid);
  }

  issueTicket(user, uuid) {
    this.server(uuid);
    const ticket = randomBytes(16).toString('hex');
    this.tickets.set(ticket, { user, uuid });
    return { ticket, expiresAt: new Date(Date.now() + 30_000).toISOString() };
  }

  tick() {
    for (const server of this.servers.values()) server.tick();
  }

  /** A colony to look at: every state once. */
  fill() {
    const home = this.addNode({ name: 'nest-1', url: 'http://127.0.0.1:8180' }, true);
    const away = this.addNode({ name: 'cliff-2', url: 'https://cliff.example.com:8443' }, true);
    this.addNode({ name: 'marsh-3', url: 'http://10.0.0.7:8080' });
    Object.assign(away, { reachable: false, lastError: 'connect timed out after 5 s' });
    this.addAllocations(home.id, { ip: '127.0.0.1', ports: '30000-30009' });
    this.addAllocations(away.id, { ip: '203.0.113.7', ports: '25565' });
    this.addAllocations(away.id, { ip: '2001:db8::7', ports: '25565' });
    this.eggs.push({ ...sampleEgg, id: this.nextId++ });
    this.eggs.push({
      ...sampleEgg,
      id: this.nextId++,
      uuid: randomUUID(),
      name: 'Echo',
      description: '',
      author: '',
      format: 'PTDL_v2',
      images: { Test: 'rookery/test:1' },
      startupCommands: { Default: 'sh server.sh' },
      variables: [],
    });
    const add = (name, egg, allocation, state, status = 'ready', statusReason = null) => {
      const server = new MockServer(
        this,
        {
          name,
          eggId: egg.id,
          nodeId: allocation.nodeId,
          image: Object.values(egg.images)[0],
          limits: { memoryMebibytes: 1024, swapMebibytes: 0, diskMebibytes: 5120, cpuPercent: 200 },
        },
        allocation,
      );
      Object.assign(server, { state, status, statusReason });
      allocation.serverUuid = server.uuid;
      this.servers.set(server.uuid, server);
      if (state === 'running') server.resumeRunning();
      return server;
    };
    const [one, two] = this.eggs;
    add('Meadow', one, this.allocations[0], 'running');
    add('A world with a rather long name for the people of the northern cliffs', one, this.allocations[1], 'starting');
    add('Creative', one, this.allocations[2], 'offline');
    add('Echo of the valley', two, this.allocations[3], 'offline', 'installing');
    add('Broken wing', two, this.allocations[4], 'offline', 'install_failed', 'The install script ended with exit code 3.');
    add('Far away', one, this.allocations[10], 'running');
    add('On hold', two, this.allocations[11], 'offline', 'suspended');
  }
}

export class MockServer extends EventEmitter {
  uuid = randomUUID();
  state = 'offline';
  status = 'installing';
  statusReason = null;
  usage = null;
  installText = '';
  lines = [];
  number = 0;
  timers = new Set();
  startedAt = 0;

  constructor(panel, wish, allocation) {
    super();
    this.setMaxListeners(0);
    this.panel = panel;
    this.createdAt = new Date().toISOString();
    this.allocation = allocation;
    const { name, description = '', nodeId, eggId, image, limits } = wish;
    Object.assign(this, { name, description, nodeId, eggId, image, limits });
  }

  view(user) {
    const node = this.panel.node(this.nodeId);
    return {
      uuid: this.uuid,
      name: this.name,
      description: this.description,
      status: this.status,
      statusReason: this.statusReason,
      state: this.state,
      node: { id: node.id, name: node.name, reachable: node.reachable },
      egg: { id: this.eggId, name: this.panel.egg(this.eggId).name },
      features: this.panel.egg(this.eggId).features ?? [],
      allocation: { ip: this.allocation.ip, port: this.allocation.port },
      image: this.image,
      limits: this.limits,
      usage: this.usage,
      permissions: user.admin ? ['*', 'admin.websocket.errors', 'admin.websocket.install'] : ['*'],
      createdAt: this.createdAt,
    };
  }

  close() {
    this.timers.forEach(clearTimeout);
    this.emit('frame', { type: 'deleted' });
    this.removeAllListeners();
  }

  later(millis, task) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      task();
    }, millis * this.panel.pace);
    this.timers.add(timer);
  }

  install(thenStart) {
    this.enter({ status: 'installing', statusReason: null });
    this.installText = '';
    this.frame({ type: 'install', phase: 'started' });
    const script = ['Preparing the server directory', 'Writing world/world.mt', 'Writing minetest.conf', 'Setting the owner', 'Done'];
    script.forEach((line, index) =>
      this.later(500 * (index + 1), () => {
        this.installText += `${line}\n`;
        this.frame({ type: 'install-output', line });
      }),
    );
    this.later(500 * (script.length + 1), () => {
      this.enter({ status: 'ready' });
      this.frame({ type: 'install', phase: 'completed' });
      if (thenStart) this.power('start');
    });
  }

  power(action) {
    if (this.status !== 'ready') throw new ApiFailure(409, 'server_status', `The server is ${this.status}.`);
    if (action === 'start' && this.state !== 'offline') throw new ApiFailure(409, 'conflict', `The server is ${this.state}.`);
    if (action === 'start') this.boot();
    if (action === 'kill') this.halt();
    if (action === 'stop') this.shutDown(() => {});
    if (action === 'restart') this.shutDown(() => this.boot());
  }

  boot() {
    this.enter({ state: 'starting' });
    this.frame({ type: 'daemon', text: 'Server marked as starting…' });
    this.print(':/home/container$ minetestserver --terminal --world /home/container/world --port ' + this.allocation.port);
    const trouble = this.trouble();
    if (trouble) {
      this.later(400, () => {
        this.print(trouble.line);
        this.frame({ type: 'feature', key: trouble.feature });
        this.halt();
      });
      return;
    }
    const lines = [
      '\u001b[32m[Main]\u001b[0m: Using game [minetest_game]',
      '\u001b[32m[Main]\u001b[0m: World at [/home/container/world]',
      '\u001b[33mWARNING\u001b[0m[Main]: The setting “enable_rollback” is not set',
      `ACTION[Main]: Server for gameid="minetest_game" listening on 0.0.0.0:${this.allocation.port}.`,
    ];
    lines.forEach((line, index) => this.later(300 * (index + 1), () => this.print(line)));
    this.later(300 * (lines.length + 1), () => {
      this.startedAt = Date.now();
      this.enter({ state: 'running' });
    });
  }

  /** What keeps a server from starting whose egg knows help for it. */
  trouble() {
    const egg = this.panel.egg(this.eggId);
    const troubles = [
      { feature: 'eula', line: 'You need to agree to the EULA in order to run the server. Go to eula.txt for more info.', there: !this.eula },
      {
        feature: 'java_version',
        line: 'Error: java.lang.UnsupportedClassVersionError: it has been compiled by a more recent version of the Java Runtime',
        there: this.image === Object.values(egg.images)[0],
      },
      { feature: 'steam_disk_space', line: "Error! App '896660' state is 0x202 after update job.", there: true },
    ];
    return troubles.find(({ feature, there }) => there && egg.features?.includes(feature));
  }

  resumeRunning() {
    this.startedAt = Date.now() - 93_784_000;
    for (let minute = 0; minute < 40; minute++) {
      this.print(`2026-11-21 02:${String(minute).padStart(2, '0')}:07: ACTION[Server]: singleplayer ${minute} digs \u001b[36mdefault:dirt_with_grass\u001b[0m at (${minute},7,-${minute * 3})`);
      if (minute === 31) this.number += 12;
    }
  }

  shutDown(then) {
    this.enter({ state: 'stopping' });
    this.print('ACTION[Main]: Server: Shutting down');
    this.later(900, () => {
      this.halt();
      then();
    });
  }

  halt() {
    this.usage = null;
    this.enter({ state: 'offline' });
    this.frame({ type: 'daemon', text: 'Server marked as offline…' });
  }

  command(line) {
    if (this.state !== 'running') return;
    this.print(line);
    this.later(60, () => this.print(answer(line)));
  }

  print(line) {
    this.number++;
    this.lines.push({ type: 'output', line, number: this.number });
    if (this.lines.length > 500) this.lines.shift();
    this.frame(this.lines.at(-1));
  }

  history(after) {
    return this.lines.filter((line) => after === null || line.number > after);
  }

  tick() {
    if (this.state !== 'running' && this.state !== 'starting') return;
    const phase = Date.now() / 1000 + this.allocation.port;
    this.usage = {
      memoryBytes: Math.round((410 + 60 * Math.sin(phase / 23) + 12 * Math.random()) * MEBIBYTE),
      memoryLimitBytes: this.limits.memoryMebibytes * MEBIBYTE,
      cpuPercent: Math.max(1, 38 + 26 * Math.sin(phase / 7) + 18 * Math.random()),
      diskBytes: 734_003_200,
      rxBytes: Math.round(phase * 8_200),
      txBytes: Math.round(phase * 31_500),
      uptimeMillis: this.startedAt ? Date.now() - this.startedAt : 0,
    };
    this.frame({ type: 'stats', ...this.usage });
    this.changed();
  }

  enter(change) {
    Object.assign(this, change);
    this.frame({ type: 'status', state: this.state });
    this.changed();
  }

  changed() {
    const { uuid, state, status, usage } = this;
    this.panel.emit('server', { uuid, state, status, usage });
  }

  frame(frame) {
    this.emit('frame', frame);
  }
}

function answer(line) {
  if (line === 'help') return 'Available commands: help, status, say';
  if (line.startsWith('say ')) return `You say: ${line.slice(4)}`;
  if (line.startsWith('/status') || line === 'status') return '# Server: version: 5.6.1 | game: Minetest Game | uptime: 1day 2h';
  return `Unknown command: ${line}`;
}

function notFound(kind, id) {
  throw new ApiFailure(404, 'not_found', `There is no ${kind} ${id}.`);
}
