package dev.rookery.examples.panel.sql;

import dev.rookery.api.ConflictException;
import dev.rookery.examples.panel.account.Accounts.Session;
import dev.rookery.examples.panel.account.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Users and sessions in the database. Thread-safe. */
public final class AccountStore {

    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    private final Jdbi jdbi;

    /** Creates the store. */
    public AccountStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A user with the hash of the password.
     *
     * @param user who
     * @param passwordHash in the PHC form
     */
    public record StoredUser(User user, String passwordHash) {}

    /**
     * Adds a user.
     *
     * @throws ConflictException if the name is taken
     */
    public User insert(UUID uuid, String username, String passwordHash, boolean admin, Instant now) {
        return jdbi.inTransaction(handle -> {
            var taken = handle.select("SELECT 1 FROM users WHERE lower(username) = lower(?)", username)
                    .mapTo(Integer.class)
                    .findOne();
            if (taken.isPresent()) {
                throw new ConflictException("username: '" + username + "' exists (expected: a name nobody has)");
            }
            long id = handle.createUpdate("INSERT INTO users (uuid, username, password_hash, admin, created_at)"
                            + " VALUES (:uuid, :username, :hash, :admin, :now)")
                    .bind("uuid", uuid.toString())
                    .bind("username", username)
                    .bind("hash", passwordHash)
                    .bind("admin", admin)
                    .bind("now", now.toEpochMilli())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            return new User(id, uuid, username, admin, false, "en");
        });
    }

    /** Finds a user by name, without regard to case. */
    public Optional<StoredUser> byUsername(String username) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT id, uuid, username, admin, disabled, language, password_hash FROM users"
                                + " WHERE lower(username) = lower(?)",
                        username)
                .map((row, context) -> new StoredUser(user(row), row.getString("password_hash")))
                .findOne());
    }

    /** Finds a user by uuid. */
    public Optional<User> byUuid(UUID uuid) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT id, uuid, username, admin, disabled, language FROM users WHERE uuid = ?",
                        uuid.toString())
                .map((row, context) -> user(row))
                .findOne());
    }

    /** Returns the first administrator there is, in whose name commands without a user act. */
    public Optional<User> firstAdmin() {
        return jdbi.withHandle(handle -> handle.select("SELECT id, uuid, username, admin, disabled, language FROM users"
                        + " WHERE admin AND NOT disabled ORDER BY id LIMIT 1")
                .map((row, context) -> user(row))
                .findOne());
    }

    /** Sets a user's language. */
    public void setLanguage(long id, String language) {
        jdbi.useHandle(handle -> handle.execute("UPDATE users SET language = ? WHERE id = ?", language, id));
    }

    /**
     * Adds a session, if its user may still log in with the password that was checked. Whoever changes it meanwhile ends all sessions, so
     * this is one transaction, which sees the change or is seen by it.
     *
     * @param passwordHash of the password that was checked
     * @return whether there is a session now
     */
    public boolean insertSession(String tokenHash, Session session, String passwordHash, Instant now) {
        return jdbi.inTransaction(handle -> handle.execute(
                        "INSERT INTO sessions (token_hash, user_id, csrf_token, created_at, last_seen_at, expires_at)"
                                + " SELECT ?, id, ?, ?, ?, ? FROM users"
                                + " WHERE id = ? AND password_hash = ? AND NOT disabled",
                        tokenHash,
                        session.csrfToken(),
                        now.toEpochMilli(),
                        now.toEpochMilli(),
                        session.expiresAt().toEpochMilli(),
                        session.user().id(),
                        passwordHash)
                > 0);
    }

    /**
     * Finds an open session and notes that it was used, once a minute at most.
     *
     * @param seenAfter a session that was last used before this has ended
     */
    public Optional<Session> session(String tokenHash, Instant now, Instant seenAfter) {
        return jdbi.withHandle(handle -> {
            var session = handle.select(
                            "SELECT u.id, u.uuid, u.username, u.admin, u.disabled, u.language, s.csrf_token, s.expires_at"
                                    + " FROM sessions s JOIN users u ON u.id = s.user_id"
                                    + " WHERE s.token_hash = ? AND s.expires_at > ? AND s.last_seen_at > ? AND NOT u.disabled",
                            tokenHash,
                            now.toEpochMilli(),
                            seenAfter.toEpochMilli())
                    .map((row, context) -> new Session(
                            user(row), row.getString("csrf_token"), Instant.ofEpochMilli(row.getLong("expires_at"))))
                    .findOne();
            if (session.isPresent()) {
                handle.execute(
                        "UPDATE sessions SET last_seen_at = ? WHERE token_hash = ? AND last_seen_at < ?",
                        now.toEpochMilli(),
                        tokenHash,
                        now.minus(TOUCH_EVERY).toEpochMilli());
            }
            return session;
        });
    }

    /** Ends a session. */
    public void deleteSession(String tokenHash) {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM sessions WHERE token_hash = ?", tokenHash));
    }

    /** Removes the sessions that have ended. */
    public void deleteExpiredSessions(Instant now, Instant seenAfter) {
        jdbi.useHandle(handle -> handle.execute(
                "DELETE FROM sessions WHERE expires_at <= ? OR last_seen_at <= ?",
                now.toEpochMilli(),
                seenAfter.toEpochMilli()));
    }

    static User user(ResultSet row) throws SQLException {
        return new User(
                row.getLong("id"),
                UUID.fromString(row.getString("uuid")),
                row.getString("username"),
                row.getBoolean("admin"),
                row.getBoolean("disabled"),
                row.getString("language"));
    }
}
