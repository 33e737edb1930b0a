-- Users that are kept out, and users who may do something on a server that is not theirs.
ALTER TABLE users ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;

CREATE TABLE subusers (
    server_uuid TEXT    NOT NULL REFERENCES servers (uuid) ON DELETE CASCADE,
    user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    permissions TEXT    NOT NULL, -- names, separated by blanks
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (server_uuid, user_id)
);

CREATE INDEX subusers_user ON subusers (user_id);

-- Whose sessions a node has still to end; server_uuid is empty where that is about all servers of the node.
CREATE TABLE deauthorizations (
    node_id     INTEGER NOT NULL REFERENCES nodes (id) ON DELETE CASCADE,
    user_uuid   TEXT    NOT NULL,
    server_uuid TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (node_id, user_uuid, server_uuid)
);

-- Keys to log in with over SFTP.
CREATE TABLE ssh_keys (
    user_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    fingerprint TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    public_key  TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (user_id, fingerprint)
);
