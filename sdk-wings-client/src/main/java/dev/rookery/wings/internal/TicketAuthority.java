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
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/** The authority of tickets that a panel hands out. Thread-safe if its supplier is. */
final class TicketAuthority implements Authority {

    private static final ThreadFactory THREADS = NamedThreads.waiting("wings-console-ticket");

    private final Supplier<ConsoleTicket> tickets;
    private final String origin;
    private final Clock clock;

    TicketAuthority(Supplier<ConsoleTicket> tickets, String origin, Clock clock) {
        this.tickets = tickets;
        this.origin = origin;
        this.clock = clock;
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
        THREADS.newThread(Correlation.carry(() -> {
                    Pass pass;
                    try {
                        pass = pass(tickets.get());
                    } catch (RookeryException e) {
                        otherwise.accept(e);
                        return;
                    } catch (RuntimeException e) {
                        otherwise.accept(new UnavailableException("no ticket: " + e, e));
                        return;
                    }
                    then.accept(pass);
                }))
                .start();
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
