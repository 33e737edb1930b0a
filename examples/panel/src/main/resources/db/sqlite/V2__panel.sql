-- What sdk-panel keeps. Instants are milliseconds since 1970; names are unique without regard to case through their _key column.
CREATE TABLE nodes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid        TEXT    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    name_key    TEXT    NOT NULL UNIQUE,
    url         TEXT    NOT NULL,
    token_id    TEXT    NOT NULL UNIQUE,
    token       TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    enrolled_at INTEGER
);

CREATE TABLE enrolment_keys (
    sha256     TEXT    PRIMARY KEY,
    node_id    INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
);

CREATE TABLE eggs (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid        TEXT    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    author      TEXT    NOT NULL,
    description TEXT    NOT NULL,
    format      TEXT    NOT NULL,
    document    TEXT    NOT NULL,
    created_at  INTEGER NOT NULL
);

CREATE TABLE servers (
    number              INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid                TEXT    NOT NULL UNIQUE,
    node_id             INTEGER NOT NULL REFERENCES nodes (id),
    owner               TEXT    NOT NULL,
    name                TEXT    NOT NULL,
    name_key            TEXT    NOT NULL UNIQUE,
    description         TEXT    NOT NULL,
    egg_id              INTEGER NOT NULL REFERENCES eggs (id),
    image               TEXT    NOT NULL,
    startup             TEXT    NOT NULL,
    variables           TEXT    NOT NULL, -- JSON object, in order
    build               TEXT    NOT NULL, -- JSON object as nodes read it
    start_on_completion INTEGER NOT NULL,
    status              TEXT    NOT NULL,
    reason              TEXT,
    suspended           INTEGER NOT NULL DEFAULT 0,
    state               TEXT    NOT NULL,
    state_at            INTEGER NOT NULL,
    installed_at        INTEGER,
    created_at          INTEGER NOT NULL
);

CREATE INDEX servers_node ON servers (node_id);
CREATE INDEX servers_owner ON servers (owner);
CREATE INDEX servers_egg ON servers (egg_id);

CREATE TABLE allocations (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    node_id     INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
    ip          TEXT    NOT NULL,
    port        INTEGER NOT NULL,
    server_uuid TEXT REFERENCES servers (uuid) ON DELETE SET NULL,
    is_primary  INTEGER NOT NULL DEFAULT 0,
    UNIQUE (node_id, ip, port)
);

CREATE INDEX allocations_server ON allocations (server_uuid);

-- At most one operation a server; whoever carries it out holds the lease.
CREATE TABLE operations (
    id              TEXT    PRIMARY KEY,
    kind            TEXT    NOT NULL,
    server_uuid     TEXT    NOT NULL UNIQUE REFERENCES servers (uuid) ON DELETE CASCADE,
    correlation_id  TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    attempts        INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    lease           TEXT,
    lease_until     INTEGER,
    last_error      TEXT
);

CREATE INDEX operations_due ON operations (next_attempt_at);
