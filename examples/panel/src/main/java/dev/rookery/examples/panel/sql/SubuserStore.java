package dev.rookery.examples.panel.sql;

import dev.rookery.api.ConflictException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.account.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Who besides its owner may do what on a server. Whatever narrows that also notes whom the node has to let go. Thread-safe. */
public final class SubuserStore {

    private static final String USER =
            "SELECT u.id, u.uuid, u.username, u.admin, u.disabled, u.language, s.permissions, s.created_at"
                    + " FROM subusers s JOIN users u ON u.id = s.user_id";

    private final Jdbi jdbi;

    /** Creates the store. */
    public SubuserStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Somebody with access to a server.
     *
     * @param user who
     * @param permissions what is allowed, without the permission to connect that everybody has
     * @param since when access was given
     */
    public record Subuser(User user, Permissions permissions, Instant since) {}

    /** Returns everybody with access to a server, by name; not its owner. */
    public List<Subuser> list(ServerId server) {
        return jdbi.withHandle(
                handle -> handle.select(USER + " WHERE s.server_uuid = ? ORDER BY lower(u.username)", server.toString())
                        .map((row, context) -> subuser(row))
                        .list());
    }

    /** Returns what a user may do on a server that is not his own. */
    public Optional<Subuser> find(ServerId server, UUID user) {
        return jdbi.withHandle(handle -> handle.select(
                        USER + " WHERE s.server_uuid = ? AND u.uuid = ?", server.toString(), user.toString())
                .map((row, context) -> subuser(row))
                .findOne());
    }

    /** Returns the users with access to a server, disabled ones left out; not its owner. */
    public Set<UUID> users(ServerId server) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT u.uuid FROM subusers s JOIN users u ON u.id = s.user_id"
                                + " WHERE s.server_uuid = ? AND NOT u.disabled",
                        server.toString())
                .mapTo(String.class)
                .map(UUID::fromString)
                .collect(Collectors.toSet()));
    }

    /** Returns the servers to which a user was given access. */
    public List<ServerId> servers(UUID user) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT s.server_uuid FROM subusers s JOIN users u ON u.id = s.user_id WHERE u.uuid = ?"
                                + " ORDER BY s.server_uuid",
                        user.toString())
                .mapTo(String.class)
                .map(ServerId::parse)
                .list());
    }

    /**
     * Gives a user access.
     *
     * @throws ConflictException if the user has access already
     */
    public void add(ServerId server, User user, Permissions permissions, Instant now) {
        jdbi.useTransaction(handle -> {
            if (Rows.exists(
                    handle,
                    "SELECT 1 FROM subusers WHERE server_uuid = ? AND user_id = ?",
                    server.toString(),
                    user.id())) {
                throw new ConflictException("user '" + user.username()
                        + "' has access to this server already (expected: somebody without)");
            }
            handle.execute(
                    "INSERT INTO subusers (server_uuid, user_id, permissions, created_at) VALUES (?, ?, ?, ?)",
                    server.toString(),
                    user.id(),
                    text(permissions),
                    now.toEpochMilli());
        });
    }

    /**
     * Changes what a user may do.
     *
     * @param before what the user was allowed when the change was decided
     * @param after what the user may do from now on
     * @throws ConflictException if that has changed meanwhile, or the user has no access any more
     */
    public void change(ServerId server, User user, Permissions before, Permissions after, Instant now) {
        jdbi.useTransaction(handle -> {
            int changed = handle.execute(
                    "UPDATE subusers SET permissions = ? WHERE server_uuid = ? AND user_id = ? AND permissions = ?",
                    text(after),
                    server.toString(),
                    user.id(),
                    text(before));
            if (changed == 0) {
                throw new ConflictException("the access of user '" + user.username()
                        + "' was changed by somebody else meanwhile (expected: look at it again)");
            }
            DeauthorizationStore.note(handle, user.uuid(), server, now);
        });
    }

    /** Takes a user's access away; returns whether there was any. */
    public boolean remove(ServerId server, User user, Instant now) {
        return jdbi.inTransaction(handle -> {
            int removed = handle.execute(
                    "DELETE FROM subusers WHERE server_uuid = ? AND user_id = ?", server.toString(), user.id());
            if (removed > 0) {
                DeauthorizationStore.note(handle, user.uuid(), server, now);
            }
            return removed > 0;
        });
    }

    private static Subuser subuser(ResultSet row) throws SQLException {
        return new Subuser(
                AccountStore.user(row),
                Permissions.parse(Arrays.stream(row.getString("permissions").split(" "))
                        .filter(name -> !name.isEmpty())
                        .toList()),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }

    private static String text(Permissions permissions) {
        return permissions.names().stream().map(Permission::name).sorted().collect(Collectors.joining(" "));
    }
}
