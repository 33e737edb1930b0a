package dev.rookery.daemon.internal.store;

import java.util.List;

/** The activity that the panel has not taken yet. Thread-safe. */
public final class ActivityStore {

    private final Database database;
    private final int bound;

    ActivityStore(Database database, int bound) {
        this.database = database;
        this.bound = bound;
    }

    /**
     * Adds entries, and removes the oldest ones beyond the bound.
     *
     * @return how many were removed
     */
    public long add(List<String> entries) {
        return database.transaction(db -> {
            for (var entry : entries) {
                db.update("INSERT INTO activity (entry) VALUES (?)", entry);
            }
            return (long) db.update("DELETE FROM activity WHERE id <= (SELECT MAX(id) FROM activity) - ?", bound);
        });
    }

    /** Returns the oldest entries, the oldest first. */
    public List<Stored> oldest(int count) {
        return database.transaction(db -> db.query(
                "SELECT id, entry FROM activity ORDER BY id LIMIT ?",
                row -> new Stored(row.getLong(1), row.getString(2)),
                count));
    }

    /** Removes what the panel has taken. */
    public void removeUntil(long id) {
        database.transaction(db -> db.update("DELETE FROM activity WHERE id <= ?", id));
    }

    /**
     * An entry.
     *
     * @param id its place in the order
     * @param entry as JSON
     */
    public record Stored(long id, String entry) {}
}
