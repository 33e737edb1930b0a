// The mock panel's startup and keys.
import { ApiFailure } from './model.js';

const VARIABLES = [
  {
    name: 'Greeting',
    description: 'What the server says when somebody joins.',
    envVariable: 'GREETING',
    value: 'Welcome!',
    defaultValue: 'Welcome!',
    changeable: true,
    kind: 'text',
    required: true,
    choices: [],
    expectations: ['a text', 'at most 20 characters'],
  },
  {
    name: 'Players',
    description: 'How many can play at a time.',
    envVariable: 'MAX_PLAYERS',
    value: '12',
    defaultValue: '8',
    changeable: true,
    kind: 'number',
    required: true,
    choices: [],
    expectations: ['a whole number', '1 to 64'],
  },
  {
    name: 'Level',
    description: 'Chosen by the administrator.',
    envVariable: 'LEVEL',
    value: 'flat',
    defaultValue: 'flat',
    changeable: false,
    kind: 'select',
    required: true,
    choices: ['flat', 'hills'],
    expectations: [],
  },
];

const IMAGES = { 'Java 21': 'ghcr.io/example/java:21', 'Java 25': 'ghcr.io/example/java:25' };

function startup(server) {
  server.startup ??= VARIABLES.map((variable) => ({ ...variable }));
  return {
    command: './server --players {{MAX_PLAYERS}} --level {{LEVEL}}',
    invocation: `./server --players ${server.startup[1].value} --level ${server.startup[2].value}`,
    image: server.image,
    images: server.view({}).features.includes('java_version') ? server.panel.egg(server.eggId).images : IMAGES,
    imageChangeable: true,
    variables: server.startup,
  };
}

function problems(values) {
  const found = {};
  if (values.MAX_PLAYERS !== undefined && !/^([1-9]|[1-5]\d|6[0-4])$/.test(values.MAX_PLAYERS)) found.MAX_PLAYERS = 'a whole number; 1 to 64';
  if (values.GREETING?.length > 20) found.GREETING = 'at most 20 characters';
  return found;
}

export const HOSTING_ROUTES = [
  ['GET', /^\/api\/servers\/([^/]+)\/startup$/, ({ panel, id }) => [200, startup(panel.server(id))]],
  ['POST', /^\/api\/servers\/([^/]+)\/startup\/check$/, ({ json }) => [200, { problems: problems(json().variables) }]],
  ['PUT', /^\/api\/servers\/([^/]+)\/startup\/variables$/, ({ panel, id, json }) => {
    const server = panel.server(id);
    startup(server);
    for (const [name, value] of Object.entries(json().variables)) {
      server.startup = server.startup.map((variable) => (variable.envVariable === name ? { ...variable, value } : variable));
    }
    return [200, startup(server)];
  }],
  ['PUT', /^\/api\/servers\/([^/]+)\/startup\/image$/, ({ panel, id, json }) => {
    panel.server(id).image = json().image;
    return [200, startup(panel.server(id))];
  }],
  ['POST', /^\/api\/servers\/([^/]+)\/eula$/, ({ panel, id }) => {
    panel.server(id).eula = true;
    return [204];
  }],
  ['GET', /^\/api\/account\/ssh-keys$/, ({ session }) => [200, { items: session.user.keys ?? [] }]],
  ['POST', /^\/api\/account\/ssh-keys$/, ({ session, json }) => {
    const { name, publicKey } = json();
    const [type = ''] = publicKey.split(' ');
    session.user.keys = [...(session.user.keys ?? []), { name, type, fingerprint: `SHA256:${publicKey.slice(-43)}`, createdAt: new Date().toISOString() }];
    return [201, { items: session.user.keys }];
  }],
  ['DELETE', /^\/api\/account\/ssh-keys$/, ({ session, url }) => {
    session.user.keys = (session.user.keys ?? []).filter(({ fingerprint }) => fingerprint !== url.searchParams.get('fingerprint'));
    return [204];
  }],
  ['GET', /^\/api\/admin\/egg-formats$/, () => [200, { items: [{ version: 'PTDL_v2', syntaxes: ['json'] }, { version: 'PLCN_v3', syntaxes: ['json', 'yaml'] }] }]],
  ['GET', /^\/api\/admin\/eggs\/(\d+)\/conversion$/, ({ url }) => {
    const changes = url.searchParams.get('format') === 'PLCN_v3' ? [] : [{ kind: 'left_out', path: 'tags', message: 'left out: PTDL_v2 has no tags' }];
    return [200, { changes }];
  }],
  ['POST', /^\/api\/admin\/eggs\/fetch$/, () => {
    const message = "url: 'localhost' leads to a network that is not public (expected: a public address)";
    throw new ApiFailure(422, 'validation', message, { url: message });
  }],
  ['POST', /^\/api\/admin\/eggs\/(\d+)\/preview$/, ({ panel, id }) => {
    const server = [...panel.servers.values()].find(({ eggId }) => eggId === Number(id));
    return [200, {
      otherUuid: false,
      parts: ['images', 'startup'],
      variablesAdded: ['MOTD'],
      variablesRemoved: ['OLD_SEED'],
      variablesChanged: ['MAX_PLAYERS'],
      servers: server
        ? [{ uuid: server.uuid, name: server.name, effects: [{ kind: 'startup', about: '' }, { kind: 'value_refused', about: 'MAX_PLAYERS' }] }]
        : [],
    }];
  }],
  ['PUT', /^\/api\/admin\/eggs\/(\d+)$/, ({ panel, id }) => [200, panel.summary(panel.egg(id))]],
];
