-- A server's version grows with every change that a decision may rest on.
ALTER TABLE servers ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

-- At most one operation in a slot of a server; whoever carries it out holds the lease.
CREATE TABLE operations_in_slots (
    id              TEXT    PRIMARY KEY,
    kind            TEXT    NOT NULL,
    server_uuid     TEXT    NOT NULL REFERENCES servers (uuid) ON DELETE CASCADE,
    slot            TEXT    NOT NULL,
    parameters      TEXT    NOT NULL, -- JSON object of texts
    correlation_id  TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    attempts        INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    accepted        INTEGER NOT NULL DEFAULT 0,
    lease           TEXT,
    lease_until     INTEGER,
    last_error      TEXT,
    UNIQUE (server_uuid, slot)
);

INSERT INTO operations_in_slots (id, kind, server_uuid, slot, parameters, correlation_id, created_at, attempts,
                                 next_attempt_at, lease, lease_until, last_error)
SELECT id, kind, server_uuid, 'server', '{}', correlation_id, created_at, attempts,
       next_attempt_at, lease, lease_until, last_error
FROM operations;

DROP TABLE operations;
ALTER TABLE operations_in_slots RENAME TO operations;
CREATE INDEX operations_due ON operations (next_attempt_at);

-- The documents are JSON; what is searched for stands beside them.
CREATE TABLE backups (
    id          TEXT    PRIMARY KEY,
    server_uuid TEXT    NOT NULL REFERENCES servers (uuid) ON DELETE CASCADE,
    created_at  INTEGER NOT NULL,
    document    TEXT    NOT NULL
);

CREATE INDEX backups_server ON backups (server_uuid);

CREATE TABLE transfers (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT    NOT NULL UNIQUE,
    server_uuid TEXT    NOT NULL REFERENCES servers (uuid) ON DELETE CASCADE,
    from_node   INTEGER NOT NULL,
    to_node     INTEGER NOT NULL,
    running     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    document    TEXT    NOT NULL
);

CREATE INDEX transfers_server ON transfers (server_uuid);
CREATE UNIQUE INDEX transfers_running ON transfers (server_uuid) WHERE running;

CREATE TABLE activity (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    server_uuid TEXT    NOT NULL REFERENCES servers (uuid) ON DELETE CASCADE,
    digest      TEXT    NOT NULL UNIQUE,
    happened_at INTEGER NOT NULL,
    document    TEXT    NOT NULL
);

CREATE INDEX activity_server ON activity (server_uuid, id);
CREATE INDEX activity_happened ON activity (happened_at);
