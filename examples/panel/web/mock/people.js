// The mock panel's users, and what they may do on servers of others.
import { randomUUID } from 'node:crypto';
import { ApiFailure } from './model.js';

const GROUPS = {
  control: ['control.console', 'control.start', 'control.stop', 'control.restart'],
  user: ['user.create', 'user.read', 'user.update', 'user.delete'],
  file: ['file.create', 'file.read', 'file.read-content', 'file.update', 'file.delete', 'file.archive', 'file.sftp'],
  backup: ['backup.create', 'backup.read', 'backup.delete', 'backup.download', 'backup.restore'],
  allocation: ['allocation.read', 'allocation.create', 'allocation.delete'],
  startup: ['startup.read', 'startup.update', 'startup.docker-image'],
  schedule: ['schedule.create', 'schedule.read', 'schedule.update', 'schedule.delete'],
  settings: ['settings.reinstall'],
  activity: ['activity.read'],
};

const since = new Date(Date.now() - 40 * 86400e3).toISOString();

function view(panel, user) {
  const { id, username, admin, disabled = false, language, createdAt = since } = user;
  return { id, username, admin, disabled, language, servers: admin ? panel.servers.size : 0, createdAt };
}

function find(panel, id) {
  const user = panel.users.find((candidate) => candidate.id === id);
  if (!user) throw new ApiFailure(404, 'user_not_found', `There is no user ${id} here.`);
  return user;
}

function requireFree(panel, username, self) {
  if (panel.users.some((user) => user !== self && user.username === username)) {
    throw new ApiFailure(409, 'conflict', `username: '${username}' exists (expected: a name nobody has)`);
  }
}

function subusers(panel, uuid) {
  const server = panel.server(uuid);
  server.subusers ??= new Map();
  return server.subusers;
}

function viewSubuser(panel, id, { permissions }) {
  const { username, disabled = false } = find(panel, id);
  return { id, username, disabled, permissions, since };
}

export const PEOPLE_ROUTES = [
  ['GET', /^\/api\/admin\/users$/, ({ panel }) => [200, { items: panel.users.map((user) => view(panel, user)) }]],
  ['POST', /^\/api\/admin\/users$/, ({ panel, json }) => {
    const { username, password, admin } = json();
    requireFree(panel, username);
    const user = { id: randomUUID(), username, password, admin, language: 'en', createdAt: new Date().toISOString() };
    panel.users.push(user);
    return [201, view(panel, user)];
  }],
  ['PUT', /^\/api\/admin\/users\/([^/]+)$/, ({ panel, id, json }) => {
    const user = find(panel, id);
    requireFree(panel, json().username, user);
    Object.assign(user, json());
    return [200, view(panel, user)];
  }],
  ['PUT', /^\/api\/admin\/users\/([^/]+)\/password$/, ({ panel, id, json }) => {
    find(panel, id).password = json().password;
    return [204];
  }],
  ['DELETE', /^\/api\/admin\/users\/([^/]+)$/, ({ panel, id }) => {
    panel.users.splice(panel.users.indexOf(find(panel, id)), 1);
    return [204];
  }],
  ['PUT', /^\/api\/account\/password$/, ({ session, json }) => {
    const { current, password } = json();
    if (session.user.password !== current) {
      throw new ApiFailure(422, 'validation', 'not your password', { current: 'current: this is not your password.' });
    }
    session.user.password = password;
    return [204];
  }],
  ['GET', /^\/api\/servers\/([^/]+)\/users$/, ({ panel, id }) => {
    const items = [...subusers(panel, id)].map(([user, access]) => viewSubuser(panel, user, access));
    return [200, { items, groups: GROUPS, grantable: Object.values(GROUPS).flat() }];
  }],
  ['POST', /^\/api\/servers\/([^/]+)\/users$/, ({ panel, id, json }) => {
    const { username, permissions } = json();
    const user = panel.users.find((candidate) => candidate.username === username);
    const message = `username: there is no user '${username}'.`;
    if (!user) throw new ApiFailure(422, 'validation', message, { username: message });
    subusers(panel, id).set(user.id, { permissions });
    return [201, viewSubuser(panel, user.id, { permissions })];
  }],
  ['PUT', /^\/api\/servers\/([^/]+)\/users\/([^/]+)$/, ({ panel, id, second, json }) => {
    subusers(panel, id).set(second, json());
    return [200, viewSubuser(panel, second, json())];
  }],
  ['DELETE', /^\/api\/servers\/([^/]+)\/users\/([^/]+)$/, ({ panel, id, second }) => {
    subusers(panel, id).delete(second);
    return [204];
  }],
];
