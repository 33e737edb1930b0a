package dev.rookery.examples.panel.account;

import java.util.Optional;

/**
 * A change of a user; what is empty stays as it is at that moment.
 *
 * @param username the new name
 * @param admin whether an administrator
 * @param disabled whether kept out
 */
public record UserChange(Optional<String> username, Optional<Boolean> admin, Optional<Boolean> disabled) {

    /** Returns a user as this change leaves him. */
    public User of(User user) {
        return new User(
                user.id(),
                user.uuid(),
                username.orElse(user.username()),
                admin.orElse(user.admin()),
                disabled.orElse(user.disabled()),
                user.language());
    }

    /** Returns whether somebody would take his own access away with it. */
    public boolean narrows() {
        return disabled.orElse(false) || !admin.orElse(true);
    }
}
