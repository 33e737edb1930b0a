package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.ServerState;
import dev.rookery.kit.Correlation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a console connected: makes its socket, and makes it again whenever it breaks, until the node or the user ends it. Guarded by the
 * console's lock, which the methods that a socket calls take themselves. Source: node API §4.
 */
final class ConsoleLink implements ConsoleSocket.Owner, ConsoleLogin.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleLink.class);
    // A node that accepts a token and breaks at once is left alone for longer and longer all the same.
    private static final Duration STABLE = Duration.ofSeconds(10);

    private final ConsoleSettings console;
    private final Failures texts;
    private final Authority authority;
    private final Optional<String> correlationId;
    private final boolean wantsPast;
    private final ConsoleLock lock;
    private final Timers<ConsoleDue> timers;
    private final Delivery delivery;
    private final ConsoleInbox inbox;
    private final ConsoleOutbox outbox;
    private final ConsoleLogin login;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    private Phase phase = Phase.CONNECTING;
    private @Nullable WebSocket socket;
    private Authority.@Nullable Pass pass;
    private int connection;
    private ServerState state = ServerState.UNKNOWN;
    private int failures;

    private enum Phase {
        CONNECTING,
        AUTHENTICATING,
        LIVE,
        PAUSING,
        CLOSED
    }

    ConsoleLink(
            ConsoleSettings console,
            Failures failures,
            Authority authority,
            Optional<String> correlationId,
            boolean wantsPast,
            ConsoleParts parts) {
        this.console = console;
        this.texts = failures;
        this.authority = authority;
        this.correlationId = correlationId;
        this.wantsPast = wantsPast;
        this.lock = parts.lock();
        this.timers = parts.timers();
        this.delivery = parts.delivery();
        this.inbox = parts.inbox();
        this.outbox = parts.outbox();
        this.login = new ConsoleLogin(authority, lock, timers, outbox, texts, this);
    }

    /** Begins to connect. */
    void open() {
        authority
                .endsAt()
                .ifPresent(end -> timers.schedule(
                        ConsoleDue.AUTHORITY_ENDS,
                        Duration.between(authority.clock().instant(), end),
                        () -> lose("the authority of " + authority + " has ended")));
        connect();
    }

    /** Completes when the node has accepted us, or refused. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    boolean closed() {
        return phase == Phase.CLOSED;
    }

    @Override
    public boolean live() {
        return phase == Phase.LIVE;
    }

    /** Returns what the node last said of the server's process. */
    ServerState state() {
        return state;
    }

    /** Ends the connection and all that is due; nothing is told. Returns what did not get out. */
    List<ConsoleOutbox.Unsent> shut(boolean politely) {
        timers.cancelAll();
        var unsent = disconnect(politely);
        phase = Phase.CLOSED;
        return unsent;
    }

    // What the socket says

    @Override
    public void onOpen(int ofConnection, WebSocket opening, Headers headers) {
        lock.run(() -> {
            var fresh = pass;
            if (ofConnection != connection || fresh == null) {
                lock.afterwards(opening::cancel);
                return;
            }
            phase = Phase.AUTHENTICATING;
            state = ServerState.UNKNOWN;
            outbox.connected(opening);
            // Before the token, so that not even the first line comes without its number.
            inbox.connected(Flavour.capabilities(headers).contains(Capability.NUMBERED_CONSOLE))
                    .ifPresent(outbox::urgent);
            if (authority.inRequest()) {
                login.onAccepted();
            } else {
                login.begin(fresh);
            }
        });
    }

    @Override
    public void onEvent(int ofConnection, ConsoleEvent event) {
        lock.run(() -> {
            if (ofConnection == connection) {
                login.heard();
                handle(event);
            }
        });
        delivery.awaitRoom(console.brake());
    }

    @Override
    public void onParting(int ofConnection, Parting parting) {
        lock.run(() -> {
            if (ofConnection == connection) {
                part(parting);
            }
        });
    }

    private void handle(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Output) {
            inbox.accept(event);
        } else if (event instanceof ConsoleEvent.Connected) {
            login.onAccepted();
        } else if (event instanceof ConsoleEvent.AuthorityExpiring) {
            login.onExpiring();
        } else if (event instanceof ConsoleEvent.AuthorityLost lost) {
            login.onProblem(lost.text());
        } else if (phase == Phase.AUTHENTICATING && event instanceof ConsoleEvent.DaemonError error) {
            // That is how Wings says that the signature is wrong. Source: node API §4.4.
            lose(error.text());
        } else {
            if (event instanceof ConsoleEvent.Status status) {
                state = status.state();
            }
            inbox.accept(event);
            if (event instanceof ConsoleEvent.Deleted) {
                end("the server was deleted");
            }
        }
    }

    // What the login says

    @Override
    public void accepted() {
        if (phase != Phase.AUTHENTICATING) {
            return;
        }
        phase = Phase.LIVE;
        timers.schedule(ConsoleDue.STABLE, STABLE, () -> failures = 0);
        inbox.accept(new ConsoleEvent.Connected());
        boolean again = opened.isDone();
        if (!inbox.numbered() && (again || wantsPast)) {
            outbox.urgent(Frame.of(ConsoleFrames.SEND_LOGS));
            if (again) {
                inbox.shownAgain();
            }
        }
        opened.complete(null);
    }

    @Override
    public void tell(ConsoleEvent event) {
        inbox.accept(event);
    }

    @Override
    public void lose(String text) {
        if (closed()) {
            return;
        }
        if (opened.isDone()) {
            tell(new ConsoleEvent.AuthorityLost(texts.clean(text)));
        }
        part(Parting.denied(texts, text));
    }

    @Override
    public void part(Parting parting) {
        if (closed()) {
            return;
        }
        if (!opened.isDone()) {
            opened.completeExceptionally(parting.failure());
        } else if (parting.last()) {
            end(parting.reason());
        } else {
            pause(parting.reason());
        }
    }

    // Connections

    private void connect() {
        int ofConnection = ++connection;
        phase = Phase.CONNECTING;
        authority.pass(
                fresh -> lock.run(() -> {
                    if (ofConnection == connection) {
                        connect(fresh);
                    }
                }),
                e -> onParting(ofConnection, Parting.withoutPass(texts, e)));
    }

    private void connect(Authority.Pass fresh) {
        pass = fresh;
        var request = new Request.Builder().url(fresh.socket()).header("Origin", authority.origin());
        if (authority.inRequest()) {
            request.header("Authorization", "Bearer " + fresh.token());
        }
        correlationId.filter(CallOptions::validCorrelationId).ifPresent(id -> request.header(Correlation.HEADER, id));
        socket = console.client().newWebSocket(request.build(), new ConsoleSocket(this, connection, texts, authority));
    }

    private void pause(String reason) {
        LOG.debug("{}: console of {} lost its connection: {}", texts.peer(), authority, reason);
        boolean wasLive = live();
        var unsent = disconnect(false);
        phase = Phase.PAUSING;
        failures++;
        timers.schedule(ConsoleDue.CONNECT, console.pauses().pauseAfter(failures), this::connect);
        if (wasLive) {
            delivery.disconnected(reason);
        }
        tellUnsent(unsent);
    }

    private void end(String reason) {
        tellUnsent(shut(true));
        delivery.end(reason, false);
    }

    private void tellUnsent(List<ConsoleOutbox.Unsent> unsent) {
        unsent.forEach(request -> tell(new ConsoleEvent.DaemonError(
                "'" + request.frame().text() + "' " + (request.surely() ? "was not sent" : "may not have been sent")
                        + ": the connection was lost")));
    }

    private List<ConsoleOutbox.Unsent> disconnect(boolean politely) {
        var ending = socket;
        socket = null;
        pass = null;
        // Whatever the old socket still says is not for us.
        connection++;
        login.disconnected();
        inbox.disconnected();
        timers.cancel(ConsoleDue.STABLE);
        var unsent = outbox.disconnected();
        if (ending != null) {
            lock.afterwards(() -> {
                if (!politely || !ending.close(1000, null)) {
                    ending.cancel();
                }
            });
        }
        return unsent;
    }
}
