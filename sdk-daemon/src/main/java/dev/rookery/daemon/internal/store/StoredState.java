package dev.rookery.daemon.internal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a server was doing, in the words of its table. What they mean is not the store's to know.
 *
 * @param phase what it is doing
 * @param next what follows
 * @param epoch number of its task or process
 * @param killed whether a kill is to be carried out
 * @param suspended whether it may not run
 * @param transferring whether its files are being moved elsewhere
 * @param crashDetection whether it is started again after a crash
 * @param lastCrash when it crashed last; null if it never did
 * @param reinstall whether the installation that is wished for is another one; null if none is wished for
 * @param startAfter whether to start it after that installation
 * @param stopDeadline when it is killed if it has not stopped by then; null if it was not told to stop
 */
@Value.Builder
public record StoredState(
        String phase,
        String next,
        long epoch,
        boolean killed,
        boolean suspended,
        boolean transferring,
        boolean crashDetection,
        @Nullable Instant lastCrash,
        @Nullable Boolean reinstall,
        boolean startAfter,
        @Nullable Instant stopDeadline) {

    /** Returns a builder without any value. */
    public static StoredStateBuilder builder() {
        return new StoredStateBuilder();
    }

    static StoredState read(ResultSet row) throws SQLException {
        boolean reinstall = row.getBoolean("reinstall");
        boolean wished = !row.wasNull();
        return new StoredState(
                row.getString("phase"),
                row.getString("next"),
                row.getLong("epoch"),
                row.getBoolean("killed"),
                row.getBoolean("suspended"),
                row.getBoolean("transferring"),
                row.getBoolean("crash_detection"),
                time(row, "last_crash"),
                wished ? reinstall : null,
                row.getBoolean("start_after"),
                time(row, "stop_deadline"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
