package dev.rookery.examples.panel.sql;

import dev.rookery.api.ConflictException;
import dev.rookery.examples.panel.account.User;
import dev.rookery.panel.spi.SftpKey;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The public keys with which users log in over SFTP. Thread-safe. */
public final class SshKeyStore {

    private static final int MOST = 50;

    private final Jdbi jdbi;

    /** Creates the store. */
    public SshKeyStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A key.
     *
     * @param name what its owner calls it
     * @param type such as {@code ssh-ed25519}
     * @param fingerprint as {@code ssh-keygen -l} prints it
     * @param createdAt when it was added
     */
    public record Stored(String name, String type, String fingerprint, Instant createdAt) {}

    /** Returns a user's keys, the oldest first. */
    public List<Stored> list(User user) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT name, public_key, fingerprint, created_at FROM ssh_keys WHERE user_id = ?"
                                + " ORDER BY created_at, fingerprint",
                        user.id())
                .map((row, context) -> new Stored(
                        row.getString("name"),
                        SftpKey.parse(row.getString("public_key")).type(),
                        row.getString("fingerprint"),
                        Instant.ofEpochMilli(row.getLong("created_at"))))
                .list());
    }

    /** Returns whether a user has a key. */
    public boolean has(User user, SftpKey key) {
        return jdbi.withHandle(handle -> Rows.exists(
                handle, "SELECT 1 FROM ssh_keys WHERE user_id = ? AND fingerprint = ?", user.id(), key.fingerprint()));
    }

    /**
     * Adds a key.
     *
     * @throws ConflictException if the user has it already, or has too many
     */
    public void add(User user, String name, SftpKey key, Instant now) {
        jdbi.useTransaction(handle -> {
            var known = handle.select("SELECT fingerprint FROM ssh_keys WHERE user_id = ?", user.id())
                    .mapTo(String.class)
                    .list();
            if (known.contains(key.fingerprint())) {
                throw new ConflictException("public key: " + key.fingerprint() + " is there already");
            }
            if (known.size() >= MOST) {
                throw new ConflictException("public keys: " + known.size() + " (expected: less than " + MOST + ")");
            }
            handle.execute(
                    "INSERT INTO ssh_keys (user_id, fingerprint, name, public_key, created_at) VALUES (?, ?, ?, ?, ?)",
                    user.id(),
                    key.fingerprint(),
                    name,
                    key.type() + " " + key.base64(),
                    now.toEpochMilli());
        });
    }

    /** Removes a key and notes that nodes have to end the user's sessions; returns whether there was one. */
    public boolean remove(User user, String fingerprint, Instant now) {
        return jdbi.inTransaction(handle -> {
            int removed = handle.execute(
                    "DELETE FROM ssh_keys WHERE user_id = ? AND fingerprint = ?", user.id(), fingerprint);
            if (removed > 0) {
                DeauthorizationStore.note(handle, user.uuid(), now);
            }
            return removed > 0;
        });
    }
}
