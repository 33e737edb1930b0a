// The mock panel's backups: made in a moment, kept nowhere.
import { createHash, randomUUID } from 'node:crypto';
import { ApiFailure } from './model.js';

const LIMIT = 4;
const HOUR = 3600e3;

function backupsOf(server) {
  server.backups ??= [];
  return server.backups;
}

function find(panel, uuid, id) {
  const backup = backupsOf(panel.server(uuid)).find((one) => one.id === id);
  if (!backup) throw new ApiFailure(404, 'backup_not_found', `There is no backup ${id}.`);
  return backup;
}

function backup(name, more = {}) {
  const id = randomUUID();
  return {
    id, name, state: 'running', restoring: false, reason: null, locked: false, place: 'node', ignoredFiles: [], checksum: null, sizeBytes: 0,
    createdAt: new Date().toISOString(), endedAt: null, ...more,
  };
}

function completed(id) {
  const checksum = `sha1:${createHash('sha1').update(id).digest('hex')}`;
  return { state: 'complete', checksum, sizeBytes: 734_003_200, endedAt: new Date().toISOString() };
}

export function backUp(server, { name = '', ignoredFiles = '', locked = false }) {
  const made = backup(name, { locked, ignoredFiles: ignoredFiles.split('\n').filter((line) => line.trim() !== '') });
  backupsOf(server).unshift(made);
  server.later(1500, () => Object.assign(made, completed(made.id)));
  return made;
}

/** Gives a server that runs backups that have ended, one that starts one that is being made, and has the one that is offline on a node that makes none. */
export function fillBackups(servers) {
  const at = (hours) => ({ createdAt: new Date(Date.now() - hours * HOUR).toISOString() });
  const kept = backup('Before the big update, when everybody still lived on the northern cliffs', { locked: true, ignoredFiles: ['*.log', 'cache/'], ...at(200) });
  const named = backup('', { place: 'store', ...at(20) });
  servers.find(({ state }) => state === 'running').backups = [
    Object.assign(named, completed(named.id)),
    backup('Schedule', { state: 'failed', reason: 'its node could not make it', ...at(44) }),
    Object.assign(kept, completed(kept.id)),
  ];
  servers.find(({ state }) => state === 'starting').backups = [backup('Schedule', at(0.02))];
  servers.find(({ state, status }) => state === 'offline' && status === 'ready').withoutBackups = true;
}

const PATH = '^/api/servers/([^/]+)/backups';
const at = (rest) => new RegExp(`${PATH}${rest}$`);

export const BACKUP_ROUTES = [
  ['GET', at(''), ({ panel, id }) => {
    const server = panel.server(id);
    return [200, { offered: !server.withoutBackups, place: 'node', limit: LIMIT, items: backupsOf(server) }];
  }],
  ['POST', at(''), ({ panel, id, json }) => {
    const server = panel.server(id);
    if (server.withoutBackups) throw new ApiFailure(409, 'backups_not_offered', 'The node of this server makes no backups.');
    return [202, backUp(server, json())];
  }],
  ['POST', at('/([^/]+)/restore'), ({ panel, id, second }) => {
    const server = panel.server(id);
    const restored = find(panel, id, second);
    server.halt();
    server.enter({ status: 'restoring' });
    restored.restoring = true;
    server.later(1500, () => {
      restored.restoring = false;
      server.enter({ status: 'ready' });
    });
    return [202];
  }],
  ['PUT', at('/([^/]+)/locked'), ({ panel, id, second, json }) => [200, Object.assign(find(panel, id, second), json())]],
  ['GET', at('/([^/]+)/content'), ({ panel, response, id, second }) => {
    find(panel, id, second);
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment; filename=backup.tar.gz' });
    response.end('a backup');
    return [0];
  }],
  ['DELETE', at('/([^/]+)'), ({ panel, id, second }) => {
    const server = panel.server(id);
    const gone = find(panel, id, second);
    if (gone.locked) throw new ApiFailure(409, 'backup_locked', 'The backup is locked.');
    gone.state = 'deleting';
    server.later(800, () => (server.backups = backupsOf(server).filter((one) => one !== gone)));
    return [202];
  }],
];
