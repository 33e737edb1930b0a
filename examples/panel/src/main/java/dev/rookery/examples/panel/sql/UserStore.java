package dev.rookery.examples.panel.sql;

import dev.rookery.api.ConflictException;
import dev.rookery.examples.panel.account.User;
import dev.rookery.examples.panel.account.UserChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Changes of users. One that takes something away ends the user's sessions and notes, in the same transaction, that nodes have to end
 * theirs. Thread-safe.
 */
public final class UserStore {

    private final Jdbi jdbi;

    /** Creates the store. */
    public UserStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A user as administrators see him.
     *
     * @param user who
     * @param servers how many servers are his own
     * @param createdAt since when there is such a user
     */
    public record Listed(User user, long servers, Instant createdAt) {}

    /** Returns every user, by name. */
    public List<Listed> list() {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT id, uuid, username, admin, disabled, language, created_at,"
                                + " (SELECT COUNT(*) FROM servers WHERE owner = users.uuid) AS servers FROM users"
                                + " ORDER BY lower(username)")
                .map((row, context) -> new Listed(
                        AccountStore.user(row),
                        row.getLong("servers"),
                        Instant.ofEpochMilli(row.getLong("created_at"))))
                .list());
    }

    /** Finds a user. */
    public Optional<User> find(UUID uuid) {
        return jdbi.withHandle(handle -> find(handle, uuid));
    }

    /**
     * Changes a user. Less than before ends the user's sessions.
     *
     * @param uuid whom
     * @param change what shall be different; the rest stays as it is when this is written, whoever has changed it meanwhile
     * @return the user before and after; empty if there is none
     * @throws ConflictException if the name is taken, or nobody would be left who can administer the panel
     */
    public Optional<Map.Entry<User, User>> change(UUID uuid, UserChange change, Instant now) {
        return jdbi.inTransaction(handle -> {
            var before = find(handle, uuid);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            var user = before.get();
            var after = change.of(user);
            requireFree(handle, after.username(), user.id());
            handle.execute(
                    "UPDATE users SET username = ?, admin = ?, disabled = ? WHERE id = ?",
                    after.username(),
                    after.admin(),
                    after.disabled(),
                    user.id());
            requireAdministrator(handle);
            if (narrows(user, after)) {
                endSessions(handle, user, "", now);
            }
            return Optional.of(Map.entry(user, after));
        });
    }

    /** Returns whether a user may do less after a change. */
    public static boolean narrows(User before, User after) {
        return (after.disabled() && !before.disabled()) || (before.admin() && !after.admin());
    }

    /**
     * Sets a password and ends the user's sessions.
     *
     * @param keep the hash of the session that goes on, or empty for none
     */
    public void changePassword(User user, String passwordHash, String keep, Instant now) {
        jdbi.useTransaction(handle -> {
            handle.execute("UPDATE users SET password_hash = ? WHERE id = ?", passwordHash, user.id());
            endSessions(handle, user, keep, now);
        });
    }

    /**
     * Deletes a user with everything that is his, except servers.
     *
     * @throws ConflictException if servers are his, or nobody would be left who can administer the panel
     */
    public void delete(User user, Instant now) {
        jdbi.useTransaction(handle -> {
            if (Rows.exists(
                    handle, "SELECT 1 FROM servers WHERE owner = ?", user.uuid().toString())) {
                throw new ConflictException("user '" + user.username()
                        + "' has servers (expected: none; delete them or give them to somebody else)");
            }
            endSessions(handle, user, "", now);
            handle.execute("DELETE FROM users WHERE id = ?", user.id());
            requireAdministrator(handle);
        });
    }

    private static void endSessions(Handle handle, User user, String keep, Instant now) {
        handle.execute("DELETE FROM sessions WHERE user_id = ? AND token_hash <> ?", user.id(), keep);
        DeauthorizationStore.note(handle, user.uuid(), now);
    }

    private static Optional<User> find(Handle handle, UUID uuid) {
        return handle.select(
                        "SELECT id, uuid, username, admin, disabled, language FROM users WHERE uuid = ?",
                        uuid.toString())
                .map((row, context) -> AccountStore.user(row))
                .findOne();
    }

    private static void requireFree(Handle handle, String username, long id) {
        if (Rows.exists(handle, "SELECT 1 FROM users WHERE lower(username) = lower(?) AND id <> ?", username, id)) {
            throw new ConflictException("username: '" + username + "' exists (expected: a name nobody has)");
        }
    }

    private static void requireAdministrator(Handle handle) {
        if (!Rows.exists(handle, "SELECT 1 FROM users WHERE admin AND NOT disabled")) {
            throw new ConflictException(
                    "nobody would be left to administer the panel (expected: an administrator" + " who can log in)");
        }
    }
}
