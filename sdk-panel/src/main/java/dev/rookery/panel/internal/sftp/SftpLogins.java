package dev.rookery.panel.internal.sftp;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.permission.Permission;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.ServerStore;
import dev.rookery.panel.spi.SftpKey;
import dev.rookery.panel.spi.SftpUsers;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Decides who may log in over SFTP, and where. Source: panel remote API §3.10. Thread-safe. */
public final class SftpLogins {

    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-f]{8}");
    private static final Set<ServerStatus> OPEN = EnumSet.of(ServerStatus.READY, ServerStatus.INSTALL_FAILED);

    /** Of one name from one address, a minute. */
    private static final int FAILURES_OF_ONE = 5;

    /** Of one name from everywhere: a node says where its clients come from, and it may not be the one it was. */
    private static final int FAILURES_OF_ALL = 60;

    private final ServerStore servers;
    private final SftpUsers users;
    private final Clock clock;
    private final Failures failures = new Failures();

    /** Creates the decision over servers and users. */
    public SftpLogins(ServerStore servers, SftpUsers users, Clock clock) {
        this.servers = servers;
        this.users = users;
        this.clock = clock;
    }

    /** Decides about a log-in on a server of {@code node}; names may have dots, so the last one counts. */
    public SftpAuthority authorize(NodeId node, SftpLogin login) {
        if (login.username().indexOf('\0') >= 0) {
            // Nobody is called so, and not every database can be asked for it.
            throw new DeniedException("name, server or secret are wrong");
        }
        int dot = login.username().lastIndexOf('.');
        if (dot < 0) {
            throw new InvalidInputException("username: no server in it (expected: name.server)");
        }
        var name = login.username().substring(0, dot);
        var one = node + "|" + name.toLowerCase(Locale.ROOT) + "|" + host(login.address());
        var all = node + "|" + name.toLowerCase(Locale.ROOT);
        var now = clock.instant();
        if (failures.reached(one, FAILURES_OF_ONE, now) || failures.reached(all, FAILURES_OF_ALL, now)) {
            throw new PanelException(Problem.TOO_MANY_LOGINS, "too many failures (expected: a minute without any)");
        }
        // The password is looked at in any case: how long it takes must not tell whether there is such a server.
        var user = user(login, name);
        var server = server(node, login.username().substring(dot + 1));
        if (user.isEmpty() || server.isEmpty()) {
            // A client offers every key it has, one after the other.
            if (!login.method().equals(SftpLogin.Method.PUBLIC_KEY)) {
                failures.add(one, now);
                failures.add(all, now);
            }
            throw new DeniedException("name, server or secret are wrong");
        }
        failures.forget(one);
        return authority(user.get(), server.get());
    }

    private SftpAuthority authority(UUID user, PanelServer server) {
        var permissions = users.permissions(user, server);
        if (!permissions.allows(Permission.FILE_SFTP)) {
            throw new DeniedException("this user may not reach the files of server " + server.id());
        }
        if (server.life().suspended() || !OPEN.contains(server.status())) {
            throw new ConflictException("server " + server.id() + " is "
                    + (server.life().suspended() ? "suspended" : server.status().toString())
                    + " (expected: wait until it is ready)");
        }
        return new SftpAuthority(user, server.id(), permissions);
    }

    private Optional<UUID> user(SftpLogin login, String name) {
        if (login.method().equals(SftpLogin.Method.PASSWORD)) {
            return users.byPassword(name, login.secret());
        }
        if (!login.method().equals(SftpLogin.Method.PUBLIC_KEY)) {
            throw new DeniedException("log-ins by " + login.method().name() + " are not known here");
        }
        try {
            return users.byKey(name, SftpKey.parse(login.secret()));
        } catch (InvalidInputException e) {
            throw new DeniedException("the public key cannot be read", e);
        }
    }

    private Optional<PanelServer> server(NodeId node, String name) {
        if (SHORT_ID.matcher(name).matches()) {
            return servers.findByShortId(node, name);
        }
        try {
            return servers.find(node, ServerId.parse(name));
        } catch (InvalidInputException ignored) { // neither form of an id
            return Optional.empty();
        }
    }

    /** A client has another port each time. */
    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }
}
