package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.daemon.SftpOptions;
import dev.rookery.daemon.internal.server.ManagedServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the panel who may log in, never on a thread of the network. A panel that cannot be asked is said to the client, and counts as nobody's
 * failure. Thread-safe.
 */
final class Logins {

    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
    /** Source: node API §5.2. */
    private static final Pattern NAME = Pattern.compile("(?is).+\\.[a-z0-9]{8}");

    private static final int NAME_MAX = 256;
    private static final int SECRET_MAX = 16_384;

    private final Panel panel;
    private final Duration timeout;
    private final SftpOptions options;
    private final Clock clock;
    private final Executor threads;
    private final Function<ServerId, Optional<ManagedServer>> servers;
    private final SftpSessions sessions;
    private final LoginLimits passwords;
    private final LoginLimits keys;

    /**
     * Creates it.
     *
     * @param timeout the longest time a question may take
     * @param threads run what waits for the panel
     * @param servers finds a server of this node
     * @param sessions takes in who has logged in
     */
    Logins(
            Panel panel,
            Duration timeout,
            SftpOptions options,
            Clock clock,
            Executor threads,
            Function<ServerId, Optional<ManagedServer>> servers,
            SftpSessions sessions) {
        this.panel = panel;
        this.timeout = timeout;
        this.options = options;
        this.clock = clock;
        this.threads = threads;
        this.servers = servers;
        this.sessions = sessions;
        this.passwords = new LoginLimits(options.passwordAttempts(), options.cooldown(), clock);
        this.keys = new LoginLimits(options.keyAttempts(), options.cooldown(), clock);
    }

    /** Returns whether a panel's answer means that somebody may not log in. */
    static boolean refused(RookeryException e) {
        return e instanceof DeniedException
                || e instanceof InvalidInputException
                || e instanceof NotFoundException
                || e instanceof ConflictException;
    }

    /** Asks whether somebody may log in by password; empty if not. Blocks. */
    Optional<SftpAccess> byPassword(ServerSession session, String username, String password) {
        return ask(session, username, SftpLogin.Method.PASSWORD, password, passwords);
    }

    /** Asks whether somebody may log in by a key, if its signature is right; empty if not. Blocks. */
    Optional<SftpAccess> byKey(ServerSession session, String username, PublicKey key) {
        return ask(session, username, SftpLogin.Method.PUBLIC_KEY, PublicKeyEntry.toString(key) + "\n", keys);
    }

    private Optional<SftpAccess> ask(
            ServerSession session, String username, SftpLogin.Method method, String secret, LoginLimits limits) {
        if (username.length() > NAME_MAX
                || secret.length() > SECRET_MAX
                || !NAME.matcher(username).matches()) {
            return Optional.empty();
        }
        var client = (InetSocketAddress) session.getRemoteAddress();
        var address = client.getAddress();
        if (limits.blocked(address)) {
            Disconnects.with(
                    session,
                    SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE,
                    "too many failed log-ins from your address; try again in "
                            + options.cooldown().toSeconds() + " s");
            return Optional.empty();
        }
        var login = SftpLogin.builder(username, secret)
                .method(method)
                .address(text(address) + ":" + client.getPort())
                .sessionId(base64(session.getSessionId()))
                .clientVersion(base64(String.valueOf(session.getClientVersion()).getBytes(StandardCharsets.UTF_8)))
                .build();
        try {
            return Optional.of(access(login));
        } catch (RookeryException e) {
            if (refused(e)) {
                limits.failed(address);
                LOG.info("SFTP log-in refused: {}: {}", login, e.getMessage());
            } else {
                LOG.warn("SFTP log-in impossible, the panel cannot be asked: {}", e.getMessage());
                Disconnects.with(
                        session,
                        SshConstants.SSH2_DISCONNECT_SERVICE_NOT_AVAILABLE,
                        "the panel cannot be asked at the moment; try again later");
            }
            return Optional.empty();
        }
    }

    private SftpAccess access(SftpLogin login) {
        long revision = sessions.revision();
        var authority = panel.with(CallOptions.deadline(timeout)).authorizeSftp(login);
        var server = servers.apply(authority.server())
                .orElseThrow(() -> new NotFoundException("server " + authority.server() + " is not on this node"));
        SftpAccess.refusal(server).ifPresent(reason -> {
            throw new ConflictException(reason);
        });
        return new SftpAccess(login, authority, server, options.readOnly(), revision);
    }

    /** Asks again whether somebody may still do the same. Blocks. */
    boolean same(SftpAccess access) {
        return panel.with(CallOptions.deadline(timeout))
                .authorizeSftp(access.login())
                .equals(access.authority());
    }

    /** Takes in who has logged in; false if there are too many already. */
    boolean enter(ServerSession session, SftpAccess access) {
        var live = new LiveSession(session, access, this, options.recheckInterval(), clock.instant());
        if (!sessions.add(live, options.maxConnections(), options.maxConnectionsPerUser())) {
            Disconnects.with(
                    session,
                    SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
                    "too many connections of yours to this server, or of all to this node");
            return false;
        }
        session.setAttribute(SftpServer.ACCESS, access);
        session.addCloseFutureListener(closed -> sessions.remove(live));
        LOG.info("SFTP log-in: {}, user {}", access.login(), access.authority().user());
        return true;
    }

    /** Runs what waits for the panel; false if the node is closing. */
    boolean inBackground(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static String text(InetAddress address) {
        var text = address.getHostAddress();
        int scope = text.indexOf('%');
        var plain = scope < 0 ? text : text.substring(0, scope);
        return plain.indexOf(':') < 0 ? plain : "[" + plain + "]";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
