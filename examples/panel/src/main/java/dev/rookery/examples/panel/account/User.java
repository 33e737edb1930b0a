package dev.rookery.examples.panel.account;

import dev.rookery.api.permission.Permissions;
import java.util.UUID;

/**
 * Somebody who can log in.
 *
 * @param id the row
 * @param uuid the identity that nodes see
 * @param username the name to log in with, unique without regard to case
 * @param admin whether this is an administrator
 * @param language the language of the UI, an ISO 639-1 code
 */
public record User(long id, UUID uuid, String username, boolean admin, String language) {

    /** Returns what this user may do on a server. */
    public Permissions permissionsOn(boolean owner) {
        if (admin) {
            return Permissions.administrator();
        }
        return owner ? Permissions.owner() : Permissions.none();
    }
}
