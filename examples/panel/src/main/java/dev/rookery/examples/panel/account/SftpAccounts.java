package dev.rookery.examples.panel.account;

import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.sql.SshKeyStore;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.SftpKey;
import dev.rookery.panel.spi.SftpUsers;
import java.util.Optional;
import java.util.UUID;

/** The panel's users at the door of SFTP: with their password, or with a key of their account. Thread-safe. */
public final class SftpAccounts implements SftpUsers {

    private final Accounts accounts;
    private final SshKeyStore keys;
    private final ServerRights rights;

    /** Creates the door. */
    public SftpAccounts(Accounts accounts, SshKeyStore keys, ServerRights rights) {
        this.accounts = accounts;
        this.keys = keys;
        this.rights = rights;
    }

    @Override
    public Optional<UUID> byPassword(String username, String password) {
        return accounts.byPassword(username, password).map(User::uuid);
    }

    @Override
    public Optional<UUID> byKey(String username, SftpKey key) {
        return accounts.find(username)
                .filter(user -> !user.disabled() && keys.has(user, key))
                .map(User::uuid);
    }

    @Override
    public Permissions permissions(UUID user, PanelServer server) {
        return rights.of(user, server).orElse(Permissions.none());
    }
}
