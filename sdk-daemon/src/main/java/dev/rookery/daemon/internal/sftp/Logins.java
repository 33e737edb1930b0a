package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.daemon.SftpOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Asks the panel who may log in, never on a thread of the network. A panel that cannot be asked is said to the client, and counts as nobody's
 * failure. Thread-safe.
 */
final class Logins {

    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
    /** Source: node API §5.2. */
    private static final Pattern NAME = Pattern.compile("(?is).+\\.[a-z0-9]{8}");

    private static final int NAME_MAX = 256;
    /** Beside those who want to log in, who do not wait for them. */
    private static final int RECHECKS_MAX = 8;

    private static final int RECHECKS_OF_USER_MAX = 2;
    private static final int SECRET_MAX = 16_384;

    private final SftpNode node;
    private final SftpOptions options;
    private final ClientLog log;
    private final PanelQueue questions;
    private final PanelQueue rechecks;
    private final LoginLimits passwords;
    private final LoginLimits keys;

    /**
     * Creates it.
     *
     * @param log takes what is said of clients
     */
    Logins(SftpNode node, SftpOptions options, ClientLog log) {
        this.node = node;
        this.options = options;
        this.log = log;
        this.questions = new PanelQueue(
                node.threads(),
                new PanelQueue.Bounds(
                        options.maxQuestions(),
                        options.maxQuestionsPerAddress(),
                        Connections.WAITING_MAX,
                        Connections.WAITING_OF_ADDRESS_MAX));
        // Each session asks once at a time, so all of them have a place in the line.
        int all = options.maxConnections();
        this.rechecks =
                new PanelQueue(node.threads(), new PanelQueue.Bounds(RECHECKS_MAX, RECHECKS_OF_USER_MAX, 2 * all, all));
        this.passwords = new LoginLimits(options.passwordAttempts(), options.cooldown(), node.clock());
        this.keys = new LoginLimits(options.keyAttempts(), options.cooldown(), node.clock());
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
        // Who has gone while he waited in line needs no answer.
        if (session.isClosing()
                || username.length() > NAME_MAX
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
                log.line(
                        LOG,
                        Level.INFO,
                        LoginLimits.key(address),
                        "SFTP log-in refused: {} from {} by {}: {}",
                        username,
                        login.address(),
                        method.name(),
                        String.valueOf(e.getMessage()));
            } else {
                log.line(
                        LOG,
                        Level.WARN,
                        LoginLimits.key(address),
                        "SFTP log-in impossible, the panel cannot be asked: {}",
                        String.valueOf(e.getMessage()));
                Disconnects.with(
                        session,
                        SshConstants.SSH2_DISCONNECT_SERVICE_NOT_AVAILABLE,
                        "the panel cannot be asked at the moment; try again later");
            }
            return Optional.empty();
        }
    }

    private SftpAccess access(SftpLogin login) {
        var revision = node.sessions().revision();
        var authority = panel().authorizeSftp(login);
        var server = node.servers()
                .apply(authority.server())
                .orElseThrow(() -> new NotFoundException("server " + authority.server() + " is not on this node"));
        SftpAccess.refusal(server).ifPresent(reason -> {
            throw new ConflictException(reason);
        });
        return new SftpAccess(login, authority, server, options.readOnly(), revision);
    }

    /** Asks again whether somebody may still do the same. Blocks. */
    boolean same(SftpAccess access) {
        return panel().authorizeSftp(access.login()).equals(access.authority());
    }

    private Panel panel() {
        return node.panel().with(CallOptions.deadline(node.panelTimeout()));
    }

    /** Takes in who has logged in; false if there are too many already. */
    boolean enter(ServerSession session, SftpAccess access) {
        var live = new LiveSession(session, access, this);
        if (!node.sessions().add(live, options.maxConnections(), options.maxConnectionsPerUser())) {
            Disconnects.with(
                    session,
                    SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
                    "too many connections of yours, or of all users");
            return false;
        }
        session.setAttribute(SftpServer.ACCESS, access);
        session.addCloseFutureListener(closed -> node.sessions().remove(live));
        var user = access.authority().user().toString();
        log.line(
                LOG,
                Level.INFO,
                user,
                "SFTP log-in: {} from {} by {}, user {}",
                access.login().username(),
                access.login().address(),
                access.login().method().name(),
                user);
        if (node.sessions().stale(access)) {
            live.recheck();
        }
        return true;
    }

    /** Ends the sessions of all who have logged in by the same secret. */
    void endAll(SftpLogin login, String reason) {
        node.sessions().end(login, reason);
    }

    ClientLog log() {
        return log;
    }

    Instant now() {
        return node.clock().instant();
    }

    /** Returns how often the panel is asked again. */
    Duration recheckInterval() {
        return options.recheckInterval();
    }

    /** Asks the panel in the background, when it is the turn of the client's address. Who cannot even wait for it is disconnected. */
    void askInTurn(ServerSession session, PanelQueue.Task question) {
        var client = (InetSocketAddress) session.getRemoteAddress();
        questions.add(LoginLimits.key(client.getAddress()), new PanelQueue.Task() {
            @Override
            public void ask() {
                question.ask();
            }

            @Override
            public void refuse() {
                Disconnects.with(
                        session,
                        SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
                        "too many log-ins wait for the panel at the moment; try again later");
                question.refuse();
            }
        });
    }

    /** Asks the panel again about somebody who has logged in, in the background, when it is the user's turn. */
    void askAgain(SftpAccess access, PanelQueue.Task question) {
        rechecks.add(access.authority().user().toString(), question);
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
