package dev.rookery.daemon.internal.store;

import java.util.List;

/** The tables, and how older ones become these. */
final class Schema {

    private static final List<List<String>> VERSIONS = List.of(
            List.of(
                    """
            CREATE TABLE servers (
              uuid TEXT PRIMARY KEY,
              configuration TEXT NOT NULL,
              phase TEXT NOT NULL,
              next TEXT NOT NULL,
              epoch INTEGER NOT NULL,
              killed INTEGER NOT NULL,
              suspended INTEGER NOT NULL,
              crash_detection INTEGER NOT NULL,
              last_crash INTEGER,
              reinstall INTEGER,
              start_after INTEGER,
              container TEXT,
              console_base INTEGER NOT NULL DEFAULT 0,
              console_tail TEXT NOT NULL DEFAULT '[]')""",
                    """
            CREATE TABLE installs (
              uuid TEXT PRIMARY KEY,
              step TEXT NOT NULL,
              script TEXT,
              container TEXT,
              deadline INTEGER NOT NULL)""",
                    """
            CREATE TABLE outbox (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              uuid TEXT NOT NULL,
              kind TEXT NOT NULL,
              payload TEXT NOT NULL)""",
                    "CREATE INDEX outbox_by_server ON outbox (uuid, kind)",
                    "CREATE TABLE marks (name TEXT PRIMARY KEY)"),
            List.of("ALTER TABLE servers ADD COLUMN stop_deadline INTEGER"),
            List.of("""
            CREATE TABLE activity (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              entry TEXT NOT NULL,
              due INTEGER NOT NULL,
              mark TEXT)"""),
            List.of("ALTER TABLE servers ADD COLUMN transferring INTEGER NOT NULL DEFAULT 0"),
            List.of(
                    """
            CREATE TABLE file_jobs (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              id TEXT NOT NULL UNIQUE,
              server TEXT NOT NULL,
              job TEXT NOT NULL,
              ended INTEGER)""",
                    "CREATE INDEX file_jobs_by_server ON file_jobs (server, number)",
                    "CREATE TABLE file_job_leftovers (job TEXT NOT NULL, path TEXT NOT NULL)"),
            List.of("""
            CREATE TABLE uploads (
              id TEXT PRIMARY KEY,
              uuid TEXT NOT NULL,
              path TEXT NOT NULL,
              size INTEGER NOT NULL,
              arrived INTEGER NOT NULL,
              placed INTEGER NOT NULL,
              owner TEXT,
              expires INTEGER NOT NULL)"""),
            // What was begun before replaces nothing that is there when it ends.
            List.of("ALTER TABLE uploads ADD COLUMN replaces TEXT"),
            List.of("ALTER TABLE file_job_leftovers ADD COLUMN whole INTEGER NOT NULL DEFAULT 0"),
            List.of("CREATE INDEX activity_by_mark ON activity (mark) WHERE mark IS NOT NULL"),
            // A number is never given twice: files of a deleted server may still have it.
            List.of("""
            CREATE TABLE disk_projects (
              project INTEGER PRIMARY KEY AUTOINCREMENT,
              uuid TEXT NOT NULL UNIQUE,
              assigned INTEGER NOT NULL DEFAULT 0)"""));

    private Schema() {}

    static void apply(Database database) {
        database.transaction(db -> {
            int version = db.query("PRAGMA user_version", row -> row.getInt(1)).get(0);
            if (version > VERSIONS.size()) {
                throw new StoreException(
                        "rookery.db was written by a newer version (schema " + version + ", expected: at most "
                                + VERSIONS.size() + ")",
                        null);
            }
            for (int i = version; i < VERSIONS.size(); i++) {
                for (var statement : VERSIONS.get(i)) {
                    db.update(statement);
                }
            }
            db.update("PRAGMA user_version = " + VERSIONS.size());
            return true;
        });
    }
}
