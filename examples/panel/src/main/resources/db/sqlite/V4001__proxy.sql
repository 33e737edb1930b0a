-- Which revision is the newest; one row, none before the first.
CREATE TABLE proxy_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    form INTEGER NOT NULL,
    number INTEGER NOT NULL,
    etag TEXT NOT NULL
);

-- Documents as they were saved, never changed: two lines of text, digests of which are a chain.
CREATE TABLE proxy_revisions (
    number INTEGER PRIMARY KEY,
    saved_at INTEGER NOT NULL,
    head TEXT NOT NULL,
    document TEXT NOT NULL
);

-- How far something behind the documents has come, such as an engine.
CREATE TABLE proxy_stages (
    name TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    marker INTEGER NOT NULL,
    tried INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    said TEXT NOT NULL,
    at TEXT NOT NULL,
    digest TEXT NOT NULL
);
