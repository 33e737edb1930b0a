-- Schedules and their runs. Tasks are JSON arrays; running and wake_at belong to the run that is under way, due_at says when the
-- schedule is to be claimed next: wake_at with such a run, next_run_at without one, null while it is disabled.
CREATE TABLE schedules (
    id               TEXT    PRIMARY KEY,
    server_uuid      TEXT    NOT NULL REFERENCES servers (uuid) ON DELETE CASCADE,
    name             TEXT    NOT NULL,
    cron             TEXT    NOT NULL,
    zone             TEXT    NOT NULL,
    enabled          INTEGER NOT NULL,
    only_when_online INTEGER NOT NULL,
    catch_up         TEXT    NOT NULL,
    tasks            TEXT    NOT NULL,
    author           TEXT,
    version          INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    next_run_at      INTEGER,
    last_run_at      INTEGER,
    running          TEXT,
    wake_at          INTEGER,
    due_at           INTEGER,
    lease            TEXT,
    lease_until      INTEGER
);

CREATE INDEX schedules_server ON schedules (server_uuid);
CREATE INDEX schedules_due ON schedules (due_at);

CREATE TABLE schedule_runs (
    id           TEXT    PRIMARY KEY,
    schedule_id  TEXT    NOT NULL REFERENCES schedules (id) ON DELETE CASCADE,
    server_uuid  TEXT    NOT NULL,
    trigger_kind TEXT    NOT NULL,
    authority    TEXT,
    due_at       INTEGER NOT NULL,
    started_at   INTEGER NOT NULL,
    ended_at     INTEGER,
    outcome      TEXT    NOT NULL,
    reason       TEXT,
    tasks        TEXT    NOT NULL
);

CREATE INDEX schedule_runs_schedule ON schedule_runs (schedule_id, started_at);
