package dev.rookery.daemon.internal.http;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.token.ConsoleToken;
import dev.rookery.api.token.TokenRefusal;
import dev.rookery.api.token.TokenRefusedException;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a console socket means: tokens, permissions, events. Inbound frames are worked off one after the other on a worker; events come on
 * the node's thread, which waits here while the client is slow. Source: node API §4.3 to §4.7.
 *
 * <p>The console is opened by the panel's authority and filtered by the token of the moment, because a token is renewed many times
 * while a console's caller is fixed; what the client asks for is asked in the name of the token's user.
 */
final class ConsoleSession {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSession.class);
    private static final int MAX_WAITING_FRAMES = 64;
    private static final long EXPIRING_SECONDS = 60;
    private static final long ERROR_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String EXPIRED = TokenRefusal.EXPIRED.text();
    private static final String UNEXPECTED = "an unexpected error was encountered while handling this request";

    private final Edge edge;
    private final ServerId server;
    private final CallOptions options;
    private final String client;
    private final Channel channel;
    private final WriteGate gate;
    private final ConsoleOutbox outbox;
    private final SerialTasks inbound;

    private volatile @Nullable ConsoleToken token;
    private volatile @Nullable Subscription subscription;
    private volatile boolean numbered;
    private volatile boolean closed;
    /** Why the token is good no longer; null while it is. */
    private volatile @Nullable TokenRefusal lost;

    private volatile @Nullable ScheduledFuture<?> expiry;
    // Touched by inbound tasks only, one at a time.
    private OptionalLong resumeAfter = OptionalLong.empty();

    ConsoleSession(Edge edge, ServerId server, Exchange upgrade, Channel channel, WriteGate gate) {
        this.edge = edge;
        this.server = server;
        this.options = upgrade.options();
        this.client = upgrade.client;
        this.channel = channel;
        this.gate = gate;
        this.outbox = new ConsoleOutbox(channel, gate);
        this.inbound = new SerialTasks(edge.workers(), MAX_WAITING_FRAMES);
    }

    /** Returns whether a token was ever accepted. */
    boolean authenticated() {
        return token != null;
    }

    /** Takes a frame. For the event loop: does not block. */
    void receive(Frame frame) {
        if (!inbound.offer(() -> logged(() -> handle(frame)))) {
            LOG.debug("dropped a frame of a client that does not wait for answers");
        }
    }

    /** Ends the session after the channel was closed. For the event loop: does not block. */
    void closed() {
        closed = true;
        endExpiry();
        var open = subscription;
        if (open != null) {
            run(open::end);
        }
    }

    private void handle(Frame frame) {
        if (closed) {
            return;
        }
        try {
            switch (frame.event()) {
                case ConsoleFrames.RESUME -> resume(frame);
                case ConsoleFrames.AUTH -> authenticate(frame.text());
                default -> authorized(frame);
            }
        } catch (RuntimeException e) {
            daemonError(e);
        }
    }

    /** Our extension. Before {@code auth} it is only remembered, so that no line comes without its number. */
    private void resume(Frame frame) {
        resumeAfter = frame.args().isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(frame.text()));
        numbered = true;
        if (token != null) {
            var before = subscription;
            if (before != null) {
                before.end();
            }
            subscribe();
        }
    }

    private static long number(String text) {
        try {
            return ConsoleOptions.after(Long.parseLong(text)).after().orElse(0);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("rookery resume (expected: the number of a line)", e);
        }
    }

    private void authenticate(String jwt) {
        ConsoleToken presented;
        try {
            presented = edge.tokens().console(jwt, server);
        } catch (TokenRefusedException e) {
            LOG.debug("console token refused: {}, {}", e.reason(), e.detail());
            refuse(e.reason());
            return;
        }
        boolean first = token == null;
        if (first && !admitted()) {
            return;
        }
        token = presented;
        lost = null;
        if (takenBack(presented)) {
            return;
        }
        send(Frame.of("auth success"));
        watchExpiry(presented);
        if (first) {
            subscribe();
            startTicking();
        } else {
            var open = subscription;
            if (open != null) {
                open.tellWithheld();
            }
        }
    }

    /** A denial that came while the token was looked at found no console to tell: this one was not known yet, or held another token. */
    private boolean takenBack(ConsoleToken presented) {
        try {
            edge.tokens().recheck(presented);
            return false;
        } catch (TokenRefusedException e) {
            lost = e.reason();
            refuse(e.reason());
            channel.close();
            return true;
        }
    }

    /** Takes a place among the consoles of the server, or closes. */
    private boolean admitted() {
        var place = edge.consoles().admit(server, channel);
        if (place == null) {
            send(Frame.of("daemon error", errorEvent("Too many open websocket connections.")));
            channel.close();
            return false;
        }
        edge.consoles().add(this);
        channel.closeFuture().addListener(gone -> {
            place.giveBack();
            edge.consoles().remove(this);
        });
        return true;
    }

    /** Looks at the token again after some were taken back: from now on its holder gets nothing more. */
    void recheck() {
        var holder = token;
        if (holder == null) {
            return;
        }
        try {
            edge.tokens().recheck(holder);
        } catch (TokenRefusedException e) {
            lost = e.reason();
            send(Frame.of("jwt error", e.reason().text()));
        }
    }

    /** Cuts the connection, as a Go daemon does, if its token stands for the user and the server is one of the given; none means all. */
    void cut(UUID user, List<ServerId> servers) {
        var holder = token;
        if (holder != null && holder.user().equals(user) && (servers.isEmpty() || servers.contains(server))) {
            channel.close();
        }
    }

    private void refuse(TokenRefusal reason) {
        send(
                reason.forged()
                        ? Frame.of("daemon error", errorEvent(UNEXPECTED))
                        : Frame.of("jwt error", errorEvent(reason.text())));
    }

    private void authorized(Frame frame) {
        var holder = token;
        if (holder == null) {
            send(Frame.of("jwt error", "jwt: no jwt present"));
            return;
        }
        try {
            edge.tokens().recheck(holder);
        } catch (TokenRefusedException e) {
            send(Frame.of("jwt error", errorEvent(e.reason().text())));
            return;
        }
        if (edge.manner().shutsSuspendedConsoles() && asPanel().details().suspended()) {
            channel.close();
            return;
        }
        var open = subscription;
        switch (frame.event()) {
            case ConsoleFrames.SET_STATE -> power(holder, frame.text());
            case ConsoleFrames.SEND_COMMAND -> command(holder, frame.text());
            case ConsoleFrames.SEND_LOGS -> {
                if (open != null) {
                    open.console().requestLogs();
                }
            }
            case ConsoleFrames.SEND_STATS -> {
                if (open != null) {
                    open.console().requestStats();
                }
            }
            default -> LOG.debug("ignored an event of a name unknown here");
        }
    }

    private void power(ConsoleToken holder, String text) {
        var action = PowerAction.parse(text);
        if (!holder.permissions().allows(action.permission())) {
            refusedQuietly(new DeniedException("missing permission: " + action.permission()));
            return;
        }
        // In a task of its own: later frames do not wait for it.
        run(() -> {
            try {
                as(holder).power(action);
            } catch (RuntimeException e) {
                daemonError(e);
            }
        });
    }

    private void command(ConsoleToken holder, String text) {
        if (!holder.permissions().allows(Permission.CONSOLE)) {
            refusedQuietly(new DeniedException("missing permission: " + Permission.CONSOLE));
            return;
        }
        try {
            as(holder).sendCommands(List.of(text.split("\\R", -1)));
        } catch (ConflictException e) {
            refusedQuietly(e);
        }
    }

    /** The Go daemons say nothing here; clients that know our extension are told. */
    private void refusedQuietly(RookeryException reason) {
        if (numbered) {
            daemonError(reason);
        }
    }

    private void daemonError(RuntimeException failure) {
        var holder = token;
        boolean open = Failures.forUsers(failure)
                || (holder != null && holder.permissions().allows(Permission.ADMIN_ERRORS));
        if (!(failure instanceof RookeryException)) {
            LOG.error("a console frame failed", failure);
        }
        send(Frame.of("daemon error", errorEvent(open ? String.valueOf(failure.getMessage()) : UNEXPECTED)));
    }

    private void subscribe() {
        var next = new Subscription();
        subscription = next;
        var start = numbered && resumeAfter.isPresent() ? new ConsoleOptions(resumeAfter) : ConsoleOptions.live();
        try {
            next.open(asPanel().console(start, next));
        } catch (ConflictException | NotFoundException e) {
            // Suspended or gone since the upgrade: there is nothing to stay for.
            next.onClosed(String.valueOf(e.getMessage()));
            return;
        }
        if (closed) {
            next.end();
        }
    }

    private void startTicking() {
        long period = edge.limits().tokenCheck().toMillis();
        var ticks = channel.eventLoop().scheduleAtFixedRate(this::tick, period, period, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(gone -> ticks.cancel(false));
    }

    /** The regular look may come half a minute late. */
    private void watchExpiry(ConsoleToken holder) {
        var before = expiry;
        if (before != null) {
            before.cancel(false);
        }
        long millis = Duration.between(edge.clock().instant(), holder.stamp().expiresAt())
                .toMillis();
        expiry = channel.eventLoop().schedule(this::tick, Math.max(0, millis), TimeUnit.MILLISECONDS);
        if (closed) {
            endExpiry();
        }
    }

    private void endExpiry() {
        var last = expiry;
        if (last != null) {
            last.cancel(false);
        }
    }

    private void tick() {
        var holder = token;
        if (holder == null) {
            return;
        }
        long left = holder.stamp().expiresAt().getEpochSecond()
                - edge.clock().instant().getEpochSecond();
        if (left <= 0) {
            // Both: one panel's page knows the first, the other's the second.
            send(Frame.of("token expired"));
            send(Frame.of("jwt error", EXPIRED));
        } else if (left <= EXPIRING_SECONDS) {
            send(Frame.of("token expiring"));
        }
    }

    private boolean expired(ConsoleToken holder) {
        return holder.expired(edge.clock().instant());
    }

    private NodeServer asPanel() {
        return edge.node().as(Caller.panel()).with(options).server(server);
    }

    private NodeServer as(ConsoleToken holder) {
        var user = holder.caller();
        // Tokens do not say where their user is.
        var here = new Caller.User(user.user(), user.permissions(), client, user.expiresAt());
        return edge.node().as(here).with(options).server(server);
    }

    private void send(Frame frame) {
        outbox.send(TextFrames.of(frame));
    }

    private void run(Runnable task) {
        try {
            edge.workers().execute(() -> logged(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("dropped a console's task while closing", e);
        }
    }

    private void logged(Runnable task) {
        AccessLog.tagged(options.correlationId().orElse(""), server.toString(), task);
    }

    private static String errorEvent(String text) {
        return "Error Event [" + UUID.randomUUID() + "]: " + text;
    }

    /** One console of the node. A later one replaces it if the client resumes elsewhere. */
    private final class Subscription implements ConsoleListener {

        private final CompletableFuture<Console> console = new CompletableFuture<>();
        private volatile boolean ended;
        private long lastErrorNanos = System.nanoTime() - ERROR_PERIOD_NANOS;
        private volatile long withheldFrom;
        private volatile long withheldTo;

        void open(Console opened) {
            console.complete(opened);
        }

        Console console() {
            return console.join();
        }

        void end() {
            ended = true;
            gate.signal();
            console.thenAccept(Console::close);
        }

        @Override
        public void onEvent(ConsoleEvent event) {
            var holder = token;
            if (ended || holder == null || hidden(event, holder)) {
                return;
            }
            try {
                if (gate.await(() -> !ended)) {
                    deliver(event);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onClosed(String reason) {
            if (!ended && channel.isActive()) {
                ConsoleSocket.close(channel.pipeline().lastContext(), ConsoleSocket.statusOf(reason));
            }
        }

        private void deliver(ConsoleEvent event) {
            var holder = token;
            if (holder == null || lost != null || expired(holder)) {
                withhold(event);
                return;
            }
            edge.frames().of(event, numbered).ifPresent(outbox::send);
        }

        private boolean hidden(ConsoleEvent event, ConsoleToken holder) {
            if (!event.permission().map(holder.permissions()::allows).orElse(true)) {
                return true;
            }
            // Foreign clients know no gaps; "connected" was already said as "auth success".
            return event instanceof ConsoleEvent.Connected || (event instanceof ConsoleEvent.Gap && !numbered);
        }

        private void withhold(ConsoleEvent event) {
            if (event instanceof ConsoleEvent.Output output && output.number().isPresent()) {
                withhold(output.number().getAsLong(), output.number().getAsLong());
            } else if (event instanceof ConsoleEvent.Gap gap) {
                withhold(gap.from(), gap.to());
            }
            long now = System.nanoTime();
            if (now - lastErrorNanos >= ERROR_PERIOD_NANOS) {
                lastErrorNanos = now;
                var reason = lost;
                send(Frame.of("jwt error", reason == null ? EXPIRED : reason.text()));
            }
        }

        private synchronized void withhold(long from, long to) {
            withheldFrom = withheldFrom == 0 ? from : withheldFrom;
            withheldTo = to;
        }

        /** Announces the lines that were held back while the token had expired. */
        synchronized void tellWithheld() {
            if (withheldFrom != 0 && numbered) {
                edge.frames()
                        .of(new ConsoleEvent.Gap(withheldFrom, withheldTo), true)
                        .ifPresent(outbox::send);
            }
            withheldFrom = 0;
        }
    }
}
