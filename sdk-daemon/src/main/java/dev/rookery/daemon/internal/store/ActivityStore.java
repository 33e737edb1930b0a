package dev.rookery.daemon.internal.store;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The activity that the panel has not taken yet. Thread-safe. */
public final class ActivityStore {

    /** What lies further ahead was dated by a clock that has been set back since. */
    private static final long AHEAD_MILLIS = 120_000;

    private final Database database;
    private final int bound;

    ActivityStore(Database database, int bound) {
        this.database = database;
        this.bound = bound;
    }

    /**
     * Makes changes, all or none, and removes the oldest entries beyond the bound.
     *
     * @return how many were removed for the bound
     */
    public long apply(List<Change> changes) {
        return database.transaction(db -> {
            for (var change : changes) {
                if (change instanceof Entry entry && !replaced(db, entry)) {
                    db.update(
                            "INSERT INTO activity (entry, due, mark) VALUES (?, ?, ?)",
                            entry.json(),
                            entry.dueMillis(),
                            entry.mark());
                } else if (change instanceof Withdrawal withdrawal) {
                    db.update("DELETE FROM activity WHERE mark = ?", withdrawal.mark());
                }
            }
            return (long) db.update("DELETE FROM activity WHERE id <= (SELECT MAX(id) FROM activity) - ?", bound);
        });
    }

    /** What was told of once and has grown since keeps its place among the others. */
    private static boolean replaced(Database db, Entry entry) throws SQLException {
        return entry.mark() != null
                && db.update(
                                "UPDATE activity SET entry = ?, due = ? WHERE mark = ?",
                                entry.json(),
                                entry.dueMillis(),
                                entry.mark())
                        > 0;
    }

    /** Returns the oldest entries that are due, the oldest first. */
    public List<Stored> due(int count, long nowMillis) {
        return database.transaction(db -> db.query(
                "SELECT id, entry FROM activity WHERE due <= ? OR due > ? ORDER BY id LIMIT ?",
                row -> new Stored(row.getLong(1), row.getString(2)),
                nowMillis,
                nowMillis + AHEAD_MILLIS,
                count));
    }

    /** Removes what the panel has taken. */
    public void remove(List<Stored> taken) {
        database.transaction(db -> {
            for (var entry : taken) {
                db.update("DELETE FROM activity WHERE id = ?", entry.id());
            }
            return true;
        });
    }

    /** A change. */
    public sealed interface Change {}

    /**
     * Something that happened.
     *
     * @param json the entry
     * @param dueMillis from when on the panel may be told
     * @param mark by which it may be withdrawn until then, or another one may take its place; null for never
     */
    public record Entry(
            String json, long dueMillis, @Nullable String mark) implements Change {}

    /**
     * Something that turned out not to have happened.
     *
     * @param mark of the entry
     */
    public record Withdrawal(String mark) implements Change {}

    /**
     * An entry that waits.
     *
     * @param id its place in the order
     * @param entry as JSON
     */
    public record Stored(long id, String entry) {}
}
