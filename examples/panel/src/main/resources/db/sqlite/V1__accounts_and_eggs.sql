-- Users and their sessions. A session row holds the hash of its cookie only.
CREATE TABLE users (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid          TEXT    NOT NULL UNIQUE,
    username      TEXT    NOT NULL COLLATE NOCASE UNIQUE,
    password_hash TEXT    NOT NULL,
    admin         INTEGER NOT NULL,
    language      TEXT    NOT NULL DEFAULT 'en',
    created_at    INTEGER NOT NULL
);

CREATE TABLE sessions (
    token_hash   TEXT    PRIMARY KEY,
    user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    csrf_token   TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
);

CREATE INDEX sessions_user ON sessions (user_id);

-- Eggs as they were imported, byte for byte; what is shown in lists stands beside the document.
CREATE TABLE eggs (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid        TEXT    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    author      TEXT    NOT NULL,
    description TEXT    NOT NULL,
    format      TEXT    NOT NULL,
    document    BLOB    NOT NULL,
    imported_at INTEGER NOT NULL
);
