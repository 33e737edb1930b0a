package dev.rookery.examples.panel.sql;

/** What differs between the databases; everything else is one text for both. */
enum Dialect {
    /** One writer at a time, so a row that was read is a row that is kept. */
    SQLITE("classpath:db/sqlite", ""),

    /** Many writers; of several that want a row, all but one pass on to the next. */
    POSTGRESQL("classpath:db/postgresql", " FOR UPDATE SKIP LOCKED");

    private final String migrations;
    private final String skipLocked;

    Dialect(String migrations, String skipLocked) {
        this.migrations = migrations;
        this.skipLocked = skipLocked;
    }

    /** Returns where the scripts are that make the schema. */
    String migrations() {
        return migrations;
    }

    /** Returns what a query ends with whose row is claimed by one of several panels. */
    String skipLocked() {
        return skipLocked;
    }
}
