package dev.rookery.wings.internal;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.permission.Permission;
import dev.rookery.kit.Correlation;
import dev.rookery.kit.NamedThreads;
import dev.rookery.wings.ConsoleTicket;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * The authority of the tickets that a panel hands out for one console. Its supplier may hang or fail as it likes: that costs one thread,
 * which is interrupted, and no second question is asked while the first one hangs. Thread-safe if its supplier is.
 */
final class TicketAuthority implements Authority {

    private static final ThreadFactory THREADS = NamedThreads.waiting("wings-console-ticket");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<ConsoleTicket> tickets;
    private final String origin;
    private final Clock clock;
    private final ConsoleTimer timer;
    private final AtomicBoolean asking = new AtomicBoolean();

    TicketAuthority(Supplier<ConsoleTicket> tickets, String origin, Clock clock, ConsoleTimer timer) {
        this.tickets = tickets;
        this.origin = origin;
        this.clock = clock;
        this.timer = timer;
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public boolean may(Permission permission) {
        return true;
    }

    @Override
    public Optional<Instant> endsAt() {
        return Optional.empty();
    }

    @Override
    public boolean outlasts(Instant expiresAt) {
        return true;
    }

    @Override
    public void pass(Consumer<Pass> then, Consumer<RookeryException> otherwise) {
        if (!asking.compareAndSet(false, true)) {
            otherwise.accept(new UnavailableException("no ticket: an earlier question has no answer yet"));
            return;
        }
        var answered = new AtomicBoolean();
        var thread = THREADS.newThread(Correlation.carry(() -> ask(answered, then, otherwise)));
        var limit = timer.schedule(PATIENCE, () -> {
            if (answered.compareAndSet(false, true)) {
                thread.interrupt();
                otherwise.accept(new UnavailableException("no ticket within " + PATIENCE.toSeconds() + " s"));
            }
        });
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // The machine has no more threads.
            limit.run();
            asking.set(false);
            otherwise.accept(new UnavailableException("no ticket: " + e, e));
        }
    }

    private void ask(AtomicBoolean answered, Consumer<Pass> then, Consumer<RookeryException> otherwise) {
        Pass pass = null;
        RookeryException failure = null;
        try {
            pass = pass(tickets.get());
        } catch (RookeryException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            // Whatever is wrong with the supplier must not leave the console waiting.
            failure = new UnavailableException("no ticket: " + e, e);
        }
        asking.set(false);
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        if (pass != null) {
            then.accept(pass);
        } else if (failure != null) {
            otherwise.accept(failure);
        }
    }

    private static Pass pass(ConsoleTicket ticket) {
        return new Pass(url(ticket.socket()), ticket.token(), expiry(ticket.token()));
    }

    private static HttpUrl url(URI socket) {
        var text = socket.toString().replaceFirst("^ws", "http");
        var url = HttpUrl.parse(text);
        if (url == null) {
            throw new InvalidInputException("socket: " + socket + " (expected: ws(s)://host[:port]/path)");
        }
        return url;
    }

    /** Reads when a token ends, without its key; one that does not say so is renewed when the node asks. Source: node API §3.1. */
    static Optional<Instant> expiry(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            var claims = WireJson.read(Base64.getUrlDecoder().decode(parts[1]), Json.class);
            return claims instanceof Json.Obj object && object.members().get("exp") instanceof Json.Num expiry
                    ? Optional.of(Instant.ofEpochSecond(expiry.value().longValue()))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException | InvalidInputException ignored) {
            // The node will say what it thinks of it.
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "a ticket's holder";
    }
}
