-- Which revision is the newest; one row, none before the first.
CREATE TABLE proxy_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    form INTEGER NOT NULL,
    number BIGINT NOT NULL,
    etag TEXT NOT NULL
);

-- Documents as they were saved, never changed: two lines of text, digests of which are a chain.
CREATE TABLE proxy_revisions (
    number BIGINT PRIMARY KEY,
    saved_at BIGINT NOT NULL,
    head TEXT NOT NULL,
    document TEXT NOT NULL
);

-- How far something behind the documents has come, such as an engine.
CREATE TABLE proxy_stages (
    name TEXT PRIMARY KEY,
    revision BIGINT NOT NULL,
    marker BIGINT NOT NULL,
    tried BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    said TEXT NOT NULL,
    at TEXT NOT NULL,
    digest TEXT NOT NULL
);

-- Who got a lock last. Whether somebody has it is known by the server's own locks; the number tells a holder that it has lost it.
CREATE TABLE proxy_locks (
    name TEXT PRIMARY KEY,
    fence BIGINT NOT NULL,
    holder TEXT NOT NULL
);
