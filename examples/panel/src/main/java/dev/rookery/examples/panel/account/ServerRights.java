package dev.rookery.examples.panel.account;

import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.sql.AccountStore;
import dev.rookery.examples.panel.sql.SubuserStore;
import dev.rookery.panel.spi.PanelServer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Says what a user may do on a server: an administrator and the owner everything, others what they were given. Looks it up anew each
 * time. Thread-safe.
 */
public final class ServerRights {

    private final AccountStore accounts;
    private final SubuserStore subusers;

    /** Creates the rights over their stores. */
    public ServerRights(AccountStore accounts, SubuserStore subusers) {
        this.accounts = accounts;
        this.subusers = subusers;
    }

    /** Returns what a user may do on a server; empty if the user has no access. */
    public Optional<Permissions> of(User user, PanelServer server) {
        if (user.disabled()) {
            return Optional.empty();
        }
        if (user.admin()) {
            return Optional.of(Permissions.administrator());
        }
        if (server.owner().equals(user.uuid())) {
            return Optional.of(Permissions.owner());
        }
        return subusers.find(server.id(), user.uuid()).map(subuser -> Grants.effective(subuser.permissions()));
    }

    /** Returns what a user may do on a server; empty if there is no such user, or no access. */
    public Optional<Permissions> of(UUID user, PanelServer server) {
        return accounts.byUuid(user).flatMap(known -> of(known, server));
    }

    /** Returns the servers of others to which a user has access. */
    public List<ServerId> shared(User user) {
        return subusers.servers(user.uuid());
    }

    /** Returns whom news of a server are for, besides administrators. */
    public Set<UUID> audience(PanelServer server) {
        var users = new HashSet<>(subusers.users(server.id()));
        users.add(server.owner());
        return users;
    }
}
