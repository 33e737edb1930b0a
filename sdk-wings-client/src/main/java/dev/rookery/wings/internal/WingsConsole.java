package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.dialect.EventDialect;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.kit.Correlation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A console over a socket that is made again whenever it breaks. Source: node API §4.
 *
 * <p>All state is guarded by one lock. What runs under it never waits: sending only queues, events only go into the queue of the
 * {@link Delivery}, and closing a socket is put off until the lock is free.
 */
final class WingsConsole implements Console, ConsoleSocket.Owner {

    /** The longest frame that a node takes, in bytes. Source: node API §4.2. */
    static final int FRAME_BYTES_MAX = 4095;

    private static final Logger LOG = LoggerFactory.getLogger(WingsConsole.class);
    private static final Duration AUTH_TIMEOUT = Duration.ofSeconds(10);
    // The node warns 60 s before the end; a token that is renewed before makes that unnecessary.
    private static final Duration RENEW_BEFORE = Duration.ofSeconds(75);
    // Tokens are dated in whole seconds: one made in the second of a denial falls under it. Source: node API §3.5.
    private static final Duration NEXT_SECOND = Duration.ofMillis(1100);
    // Lines that are shown again come in one go, once the node has read them.
    private static final Duration SHOWN_BEGINS = Duration.ofSeconds(3);
    private static final Duration SHOWN_ENDS = Duration.ofMillis(300);
    private static final int SHOWN_MAX = 1000;
    private static final int AUTH_FAILURES_MAX = 5;

    private final NodeSettings settings;
    private final ConsoleSettings console;
    private final HttpUrl url;
    private final Authority authority;
    private final ConsoleOptions options;
    private final Optional<String> correlationId;
    private final Delivery delivery;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    // All below are guarded by the lock.
    private final List<Runnable> afterwards = new ArrayList<>();
    private final Timers<Due> timers;
    private final Numbering numbering;
    private final Replay replay = new Replay();
    private final List<String> shown = new ArrayList<>();
    private Phase phase = Phase.CONNECTING;
    private @Nullable WebSocket socket;
    private int connection;
    private Pacer pacer;
    private Authority.@Nullable Signed token;
    private ServerState state = ServerState.UNKNOWN;
    private boolean numbered;
    private boolean authUnderWay;
    private int authFailures;
    private int failures;

    private enum Phase {
        CONNECTING,
        AUTHENTICATING,
        LIVE,
        PAUSING,
        CLOSED
    }

    /** What happens later; each at most once at a time. */
    private enum Due {
        CONNECT,
        AUTH_TIMEOUT,
        AUTHENTICATE,
        SEND,
        SHOWN,
        AUTHORITY_ENDS
    }

    private WingsConsole(
            NodeConnection node, HttpUrl url, Authority authority, ConsoleOptions options, ConsoleListener listener) {
        this.settings = node.settings();
        this.console = settings.console();
        this.url = url;
        this.authority = authority;
        this.options = options;
        this.correlationId = node.options().correlationId().or(Correlation::current);
        this.delivery = new Delivery(listener, console.queueEvents(), ConsoleSettings.QUEUE_CHARS);
        this.numbering = new Numbering(options.after());
        this.timers = new Timers<>(Due.class, console.timer(), this::locked);
        this.pacer = new Pacer(console.timer().nanoTime());
    }

    /**
     * Opens a console and waits until the node has accepted us.
     *
     * @throws RookeryException if it does not; the listener hears nothing more then
     */
    static Console open(
            NodeConnection node, HttpUrl url, Authority authority, ConsoleOptions options, ConsoleListener listener) {
        var console = new WingsConsole(node, url, authority, options, listener);
        console.locked(() -> {
            authority
                    .endsAt()
                    .ifPresent(end -> console.timers.schedule(
                            Due.AUTHORITY_ENDS,
                            Duration.between(authority.clock().instant(), end),
                            console::endAuthority));
            console.connect();
        });
        console.awaitOpened(node.options(), node.deadlines().query());
        return console;
    }

    @Override
    public void sendCommand(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new InvalidInputException("command with a line end (expected: one line)");
        }
        var frame = Frame.of(ConsoleFrames.SEND_COMMAND, line);
        int bytes = ConsoleFrames.write(frame).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > FRAME_BYTES_MAX) {
            throw new InvalidInputException("command of " + bytes + " bytes as a console frame (expected: at most "
                    + FRAME_BYTES_MAX + " bytes)");
        }
        locked(() -> {
            if (allowed(Permission.CONSOLE, "the command was not sent")) {
                if (state == ServerState.OFFLINE) {
                    // Wings would drop it without a word.
                    refuse("the server is offline; the command was not sent");
                } else {
                    enqueue(frame);
                }
            }
        });
    }

    @Override
    public void setState(PowerAction action) {
        locked(() -> {
            if (allowed(action.permission(), action.wireName() + " was not asked for")) {
                enqueue(Frame.of(ConsoleFrames.SET_STATE, action.wireName()));
            }
        });
    }

    @Override
    public void requestLogs() {
        locked(() -> {
            if (allowed(Permission.CONNECT, "the logs were not asked for")) {
                enqueue(Frame.of(ConsoleFrames.SEND_LOGS));
            }
        });
    }

    @Override
    public void requestStats() {
        locked(() -> {
            if (allowed(Permission.CONNECT, "the stats were not asked for")) {
                enqueue(Frame.of(ConsoleFrames.SEND_STATS));
            }
        });
    }

    @Override
    public boolean open() {
        lock.lock();
        try {
            return phase != Phase.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        locked(() -> {
            if (phase != Phase.CLOSED) {
                endSocket(true);
                delivery.end("closed here", true);
            }
        });
    }

    // What the socket says

    @Override
    public void onOpen(int ofConnection, WebSocket opening, Headers headers) {
        locked(() -> {
            if (ofConnection != connection) {
                afterwards.add(opening::cancel);
                return;
            }
            numbered = NodeConnection.capabilities(headers).contains(Capability.NUMBERED_CONSOLE);
            phase = Phase.AUTHENTICATING;
            state = ServerState.UNKNOWN;
            pacer = new Pacer(console.timer().nanoTime());
            numbering.connected();
            shown.clear();
            if (numbered) {
                // Before the token, so that not even the first line comes without its number.
                pacer.addUrgent(numbering.resume());
            }
            authenticate();
        });
    }

    @Override
    public void onFrame(int ofConnection, Frame frame) {
        locked(() -> {
            if (ofConnection == connection) {
                handle(frame);
            }
        });
    }

    @Override
    public void onParting(int ofConnection, Parting parting) {
        locked(() -> {
            if (ofConnection == connection) {
                part(parting);
            }
        });
    }

    // Connecting

    private void connect() {
        connection++;
        phase = Phase.CONNECTING;
        var request = new Request.Builder().url(url).header("Origin", authority.origin());
        correlationId.filter(CallOptions::validCorrelationId).ifPresent(id -> request.header(Correlation.HEADER, id));
        socket = console.client()
                .newWebSocket(
                        request.build(),
                        new ConsoleSocket(this, connection, settings.transport().failures(), authority.origin()));
    }

    private void awaitOpened(CallOptions bounds, Duration otherwise) {
        var deadline = bounds.deadline().orElse(otherwise);
        var registration = bounds.cancel()
                .map(signal -> signal.onCancel(
                        () -> opened.completeExceptionally(new DeadlineException(what() + " was cancelled"))));
        boolean open = false;
        try {
            opened.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            open = true;
        } catch (TimeoutException e) {
            throw new DeadlineException(what() + " got no answer within " + deadline.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlineException(what() + " was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RookeryException failure) {
                throw failure;
            }
            throw new IllegalStateException(what() + " failed unexpectedly", e);
        } finally {
            registration.ifPresent(CancelSignal.Registration::close);
            if (!open) {
                locked(() -> {
                    endSocket(false);
                    delivery.abandon();
                });
            }
        }
    }

    private void part(Parting parting) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (!opened.isDone()) {
            opened.completeExceptionally(parting.failure());
            return;
        }
        if (parting.last()) {
            end(parting.reason());
            return;
        }
        LOG.debug("{}: console of {} lost its connection: {}", settings.peer(), authority, parting.reason());
        if (phase == Phase.LIVE) {
            delivery.disconnected(parting.reason());
            pacer.takeUnsent().forEach(frame -> refuse("'" + frame.text() + "' was not sent: the connection was lost"));
        }
        endConnection(false);
        phase = Phase.PAUSING;
        failures++;
        timers.schedule(Due.CONNECT, console.pauses().pauseAfter(failures), this::connect);
    }

    private void end(String reason) {
        endSocket(true);
        delivery.end(reason, false);
    }

    private void endSocket(boolean politely) {
        timers.cancelAll();
        endConnection(politely);
        phase = Phase.CLOSED;
    }

    private void endConnection(boolean politely) {
        var ending = socket;
        socket = null;
        // Whatever the old socket still says is not for us.
        connection++;
        authUnderWay = false;
        for (var due : List.of(Due.AUTH_TIMEOUT, Due.AUTHENTICATE, Due.SEND, Due.SHOWN)) {
            timers.cancel(due);
        }
        if (ending != null) {
            afterwards.add(() -> {
                if (!politely || !ending.close(1000, null)) {
                    ending.cancel();
                }
            });
        }
    }

    // Authority

    private void authenticate() {
        timers.cancel(Due.AUTHENTICATE);
        if (authority.ended()) {
            endAuthority();
            return;
        }
        var signed = authority.sign();
        token = signed;
        authUnderWay = true;
        pacer.addUrgent(Frame.of(ConsoleFrames.AUTH, signed.text()));
        timers.schedule(
                Due.AUTH_TIMEOUT,
                AUTH_TIMEOUT,
                () -> part(Parting.lost(settings.transport().failures(), "no answer to the token", null)));
        send();
    }

    private void onAccepted() {
        timers.cancel(Due.AUTH_TIMEOUT);
        authUnderWay = false;
        authFailures = 0;
        failures = 0;
        scheduleRenewal();
        if (phase != Phase.AUTHENTICATING) {
            return;
        }
        phase = Phase.LIVE;
        delivery.offer(new ConsoleEvent.Connected());
        boolean again = opened.isDone();
        if (!numbered && (again || options.after().isPresent())) {
            pacer.addUrgent(Frame.of(ConsoleFrames.SEND_LOGS));
            if (again) {
                timers.schedule(Due.SHOWN, SHOWN_BEGINS, this::tellShown);
            }
        }
        opened.complete(null);
        send();
    }

    private void scheduleRenewal() {
        var signed = token;
        if (signed != null && authority.outlasts(signed.expiresAt())) {
            var left = Duration.between(authority.clock().instant(), signed.expiresAt());
            timers.schedule(Due.AUTHENTICATE, left.minus(RENEW_BEFORE), this::authenticate);
        }
    }

    private void onExpiring() {
        var signed = token;
        if (signed != null && !authority.outlasts(signed.expiresAt())) {
            delivery.offer(new ConsoleEvent.AuthorityExpiring());
        } else if (!authUnderWay) {
            authenticate();
        }
    }

    private void onTokenProblem(String text) {
        boolean answer = text.startsWith("Error Event");
        if (authUnderWay && !answer && phase == Phase.LIVE) {
            // An event that was held back because of the old token; the new one is on its way.
            return;
        }
        authFailures++;
        boolean denied = text.contains("denylist");
        boolean passing =
                denied || text.contains("exp claim") || text.contains("expired") || text.contains("no jwt present");
        // A user who is denied while connected was put out on purpose.
        boolean putOut = denied && phase == Phase.LIVE && authority.endsAt().isPresent();
        if (!passing || putOut || authFailures > AUTH_FAILURES_MAX) {
            lose(text);
            return;
        }
        LOG.debug("{}: a console's token was refused, making a new one: {}", settings.peer(), text);
        authUnderWay = true;
        timers.schedule(Due.AUTHENTICATE, denied ? NEXT_SECOND : Duration.ZERO, this::authenticate);
    }

    private void endAuthority() {
        if (phase != Phase.CLOSED) {
            lose("the authority of " + authority + " has ended");
        }
    }

    private void lose(String text) {
        if (opened.isDone()) {
            delivery.offer(new ConsoleEvent.AuthorityLost(
                    settings.transport().failures().clean(text)));
        }
        part(Parting.denied(settings.transport().failures(), text));
    }

    // Events

    private void handle(Frame frame) {
        var event = EventDialect.event(frame);
        if (event instanceof ConsoleEvent.Connected) {
            onAccepted();
        } else if (event instanceof ConsoleEvent.AuthorityExpiring) {
            onExpiring();
        } else if (event instanceof ConsoleEvent.AuthorityLost lost) {
            onTokenProblem(lost.text());
        } else if (phase == Phase.AUTHENTICATING && event instanceof ConsoleEvent.DaemonError error) {
            // That is how Wings says that the signature is wrong. Source: node API §4.4.
            lose(error.text());
        } else if (event instanceof ConsoleEvent.Output output) {
            onOutput(output);
        } else {
            onOther(event);
        }
    }

    private void onOutput(ConsoleEvent.Output output) {
        if (output.number().isPresent()) {
            numbering.accept(output.number().getAsLong()).ifPresent(delivery::offer);
            delivery.offer(output);
        } else if (timers.pending(Due.SHOWN)) {
            show(output.line());
        } else {
            replay.told(output.line());
            delivery.offer(output);
        }
    }

    private void show(String line) {
        shown.add(line);
        if (shown.size() == 1) {
            timers.schedule(Due.SHOWN, SHOWN_ENDS, this::tellShown);
        } else if (shown.size() == SHOWN_MAX) {
            timers.cancel(Due.SHOWN);
            tellShown();
        }
    }

    private void tellShown() {
        for (var line : replay.fresh(shown)) {
            replay.told(line);
            delivery.offer(new ConsoleEvent.Output(line, OptionalLong.empty()));
        }
        shown.clear();
    }

    private void onOther(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Status status) {
            state = status.state();
        } else if (event instanceof ConsoleEvent.Gap gap) {
            numbering.accept(gap);
        }
        delivery.offer(event);
        if (event instanceof ConsoleEvent.Deleted) {
            end("the server was deleted");
        }
    }

    // Sending

    private boolean allowed(Permission permission, String otherwise) {
        if (phase == Phase.CLOSED) {
            throw new ConflictException(what() + " is closed; " + otherwise);
        }
        if (!authority.may(permission)) {
            refuse(authority + " lacks the permission " + permission + "; " + otherwise);
            return false;
        }
        if (phase != Phase.LIVE) {
            refuse("there is no connection to the node at present; " + otherwise);
            return false;
        }
        return true;
    }

    private void enqueue(Frame frame) {
        if (!pacer.add(frame)) {
            refuse("more than " + Pacer.WAITING_MAX + " requests wait for the node; '" + frame.event()
                    + "' was not sent");
            return;
        }
        send();
    }

    private void refuse(String text) {
        delivery.offer(new ConsoleEvent.DaemonError(text));
    }

    private void send() {
        var open = socket;
        if (open == null) {
            return;
        }
        for (var frame = poll(); frame.isPresent(); frame = poll()) {
            open.send(ConsoleFrames.write(frame.get()));
        }
        pacer.untilNext(console.timer().nanoTime()).ifPresent(pause -> timers.schedule(Due.SEND, pause, this::send));
    }

    private Optional<Frame> poll() {
        return pacer.poll(console.timer().nanoTime());
    }

    // The lock

    private void locked(Runnable body) {
        List<Runnable> due;
        lock.lock();
        try {
            body.run();
        } finally {
            due = List.copyOf(afterwards);
            afterwards.clear();
            lock.unlock();
        }
        due.forEach(Runnable::run);
    }

    private String what() {
        return settings.peer() + ": " + Parting.SOCKET;
    }
}
