package dev.rookery.api;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import java.time.Instant;
import java.util.UUID;

/**
 * On whose authority a node is asked: the panel itself, or one of its users. Tokens and signed URLs are only the wire form of this.
 */
public sealed interface Caller {

    /** Returns the panel itself, which may do everything. */
    static Caller panel() {
        return ThePanel.INSTANCE;
    }

    /**
     * Checks that this caller may do something now.
     *
     * @param permission what is about to be done
     * @param now the present time
     * @throws DeniedException if the permission is missing or the authority has expired
     */
    void require(Permission permission, Instant now);

    /** Returns whether {@link #require} would pass. */
    boolean may(Permission permission, Instant now);

    /** The panel itself. */
    enum ThePanel implements Caller {
        /** The only instance. */
        INSTANCE;

        @Override
        public void require(Permission permission, Instant now) {
            requireNonNull(permission, "permission");
        }

        @Override
        public boolean may(Permission permission, Instant now) {
            return true;
        }
    }

    /**
     * A user of the panel.
     *
     * @param user the user's UUID
     * @param permissions what the user may do on the server in question
     * @param address the user's address as the panel saw it, for activity records; never trusted for access
     * @param expiresAt when this authority ends
     */
    record User(UUID user, Permissions permissions, String address, Instant expiresAt) implements Caller {

        /** Checks its arguments. */
        public User {
            requireNonNull(user, "user");
            requireNonNull(permissions, "permissions");
            requireNonNull(address, "address");
            requireNonNull(expiresAt, "expiresAt");
        }

        @Override
        public void require(Permission permission, Instant now) {
            if (!now.isBefore(expiresAt)) {
                throw new DeniedException("the authority of user " + user + " expired at " + expiresAt);
            }
            if (!permissions.allows(permission)) {
                throw new DeniedException("user " + user + " lacks the permission " + permission);
            }
        }

        @Override
        public boolean may(Permission permission, Instant now) {
            return now.isBefore(expiresAt) && permissions.allows(permission);
        }
    }
}
