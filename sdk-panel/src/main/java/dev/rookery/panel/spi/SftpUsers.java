package dev.rookery.panel.spi;

import dev.rookery.api.permission.Permissions;
import java.util.Optional;
import java.util.UUID;

/**
 * Who may log in over SFTP. The panel library finds the server, counts failures, and looks at the server's state; implementations
 * only know people. They are thread-safe and keep no answer: who loses a right must not get in afterwards.
 */
public interface SftpUsers {

    /**
     * Finds a user by name and password. Takes as long for a name that nobody has as for a wrong password.
     *
     * @param username what stands before the last dot of the SFTP user name; may have any form
     * @return empty if either is wrong, or the user may not log in
     */
    Optional<UUID> byPassword(String username, String password);

    /**
     * Finds a user by name and public key. The node has checked that the client has the key's other half.
     *
     * @param username what stands before the last dot of the SFTP user name; may have any form
     * @return empty if the user has not registered the key, or may not log in
     */
    Optional<UUID> byKey(String username, SftpKey key);

    /**
     * Returns everything that a user may do with a server; nothing if it is none of theirs. Whoever lacks {@code file.sftp} is not let in.
     *
     * @param user as the other methods returned it
     * @param server which server
     */
    Permissions permissions(UUID user, PanelServer server);

    /** Returns users of whom there are none. */
    static SftpUsers nobody() {
        return new SftpUsers() {
            @Override
            public Optional<UUID> byPassword(String username, String password) {
                return Optional.empty();
            }

            @Override
            public Optional<UUID> byKey(String username, SftpKey key) {
                return Optional.empty();
            }

            @Override
            public Permissions permissions(UUID user, PanelServer server) {
                return Permissions.none();
            }
        };
    }
}
