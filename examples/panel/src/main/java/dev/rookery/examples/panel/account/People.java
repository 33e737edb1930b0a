package dev.rookery.examples.panel.account;

import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.http.ApiError;
import dev.rookery.examples.panel.sql.DeauthorizationStore;
import dev.rookery.examples.panel.sql.SubuserStore;
import dev.rookery.examples.panel.sql.SubuserStore.Subuser;
import dev.rookery.examples.panel.sql.UserStore;
import dev.rookery.panel.ConsoleRelay;
import dev.rookery.panel.PanelService;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Changes who may log in and who may do what. Each change is stored first and then {@linkplain Revocation carried} to where access was in
 * use. Thread-safe.
 */
public final class People implements AutoCloseable {

    private final UserStore users;
    private final SubuserStore subusers;
    private final Accounts accounts;
    private final Passwords passwords;
    private final Revocation revocation;
    private final Clock clock;

    /** Creates the people of a panel. */
    public People(
            Jdbi jdbi, Accounts accounts, Passwords passwords, PanelService panel, ConsoleRelay relay, Clock clock) {
        this.users = new UserStore(jdbi);
        this.subusers = new SubuserStore(jdbi);
        this.accounts = accounts;
        this.passwords = passwords;
        this.revocation = new Revocation(new DeauthorizationStore(jdbi), panel, relay, clock);
        this.clock = clock;
    }

    /** Begins to tell nodes of what is noted. */
    public void start() {
        revocation.start();
    }

    /** Returns who may do what on servers of others. */
    public SubuserStore subusers() {
        return subusers;
    }

    /** Returns how lost access is carried on. */
    public Revocation revocation() {
        return revocation;
    }

    /** Returns every user, by name. */
    public List<UserStore.Listed> users() {
        return users.list();
    }

    /**
     * Finds a user.
     *
     * @throws ApiError {@code user_not_found}
     */
    public User require(UUID uuid) {
        return users.find(uuid).orElseThrow(() -> userNotFound(uuid.toString()));
    }

    /**
     * Changes a user. Who loses something by it is out at once.
     *
     * @throws ApiError {@code user_not_found}
     * @throws dev.rookery.api.ConflictException if the name is taken, or nobody could administer the panel any more
     */
    public User change(UUID uuid, UserChange change) {
        change.username().ifPresent(Accounts::requireUsername);
        var changed = users.change(uuid, change, clock.instant()).orElseThrow(() -> userNotFound(uuid.toString()));
        if (UserStore.narrows(changed.getKey(), changed.getValue())) {
            revocation.changed(uuid);
        }
        return changed.getValue();
    }

    /** Sets somebody's password and ends all his sessions. */
    public void resetPassword(User user, String password) {
        setPassword(user, password, "");
    }

    /**
     * Sets one's own password and ends all other sessions.
     *
     * @param session the cookie of the session that goes on
     */
    public void changePassword(User user, String password, String session) {
        setPassword(user, password, Accounts.sessionHash(session));
    }

    private void setPassword(User user, String password, String keep) {
        Accounts.requirePassword(password);
        users.changePassword(user, passwords.hash(password), keep, clock.instant());
        revocation.changed(user.uuid());
    }

    /**
     * Deletes a user who has no servers.
     *
     * @throws dev.rookery.api.ConflictException if there are some, or nobody could administer the panel any more
     */
    public void delete(User user) {
        users.delete(user, clock.instant());
        revocation.changed(user.uuid());
    }

    /**
     * Gives a user access to a server.
     *
     * @param held what the one who gives it holds himself
     * @throws ApiError if that would be more than he holds
     * @throws dev.rookery.api.ConflictException if the user has access already
     */
    public Subuser invite(ServerId server, UUID owner, String username, Permissions wanted, Permissions held) {
        Grants.requireMay(held, Permissions.none(), wanted);
        var user = accounts.find(username)
                .orElseThrow(() -> ApiError.field("username", "username: there is no user '" + username + "'."));
        if (user.uuid().equals(owner)) {
            throw ApiError.field("username", "username: '" + user.username() + "' owns this server.");
        }
        subusers.add(server, user, wanted, clock.instant());
        // Somebody who looks on already sees the server now.
        revocation.changed(user.uuid(), server);
        return requireSubuser(server, user.uuid());
    }

    /**
     * Changes what a user may do on a server. His consoles there end; they come back with what he may do now.
     *
     * @param held what the one who changes it holds himself
     * @throws ApiError if there is no such user, or that changes more than he holds
     * @throws dev.rookery.api.ConflictException if somebody else was quicker
     */
    public Subuser permit(ServerId server, UUID uuid, Permissions wanted, Permissions held) {
        var present = requireSubuser(server, uuid);
        Grants.requireMay(held, present.permissions(), wanted);
        if (!present.permissions().equals(wanted)) {
            var before = present.permissions();
            subusers.change(server, present.user(), before, wanted, clock.instant());
            revocation.changed(uuid, server);
        }
        return requireSubuser(server, uuid);
    }

    /**
     * Takes a user's access to a server away; he is out at once.
     *
     * @param by who takes it; one's own may be given up whatever it is
     * @param held what he holds himself
     * @throws ApiError if there is no such user, or he may do more than {@code held}
     */
    public void expel(ServerId server, UUID uuid, User by, Permissions held) {
        var present = requireSubuser(server, uuid);
        if (!by.uuid().equals(uuid)) {
            Grants.requireMay(held, present.permissions(), Permissions.none());
        }
        if (subusers.remove(server, present.user(), clock.instant())) {
            revocation.changed(uuid, server);
        }
    }

    @Override
    public void close() {
        revocation.close();
    }

    private Subuser requireSubuser(ServerId server, UUID user) {
        return subusers.find(server, user).orElseThrow(() -> userNotFound(user.toString()));
    }

    private static ApiError userNotFound(String who) {
        return new ApiError(404, "user_not_found", "There is no user " + who + " here.");
    }
}
