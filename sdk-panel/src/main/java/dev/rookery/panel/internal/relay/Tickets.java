package dev.rookery.panel.internal.relay;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.ConsoleRelay.Ticket;
import dev.rookery.panel.ConsoleRelayOptions;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Tickets that were issued and not yet used. Thread-safe. */
public final class Tickets {

    private static final int LENGTH = 43;

    private final ConsoleRelayOptions options;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Entry> entries = new HashMap<>();

    private record Entry(Caller.User user, ServerId server, Instant expiresAt) {}

    /** Creates an empty set. */
    public Tickets(ConsoleRelayOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    /** Issues a new one. */
    public synchronized Ticket issue(Caller.User user, ServerId server) {
        var now = clock.instant();
        entries.values().removeIf(entry -> !now.isBefore(entry.expiresAt()));
        long own = entries.values().stream()
                .filter(entry -> entry.user().user().equals(user.user()))
                .count();
        if (own >= options.ticketsPerUser() || entries.size() >= options.tickets()) {
            throw new PanelException(
                    Problem.TOO_MANY_CONSOLES,
                    "too many unused console tickets (expected: at most " + options.ticketsPerUser()
                            + " for a user; they end after "
                            + options.ticketLifetime().toSeconds() + " s)");
        }
        var text = NodeCredentials.randomText(random, LENGTH);
        var expiresAt = now.plus(options.ticketLifetime());
        entries.put(text, new Entry(user, server, expiresAt));
        return new Ticket(text, expiresAt);
    }

    /** Uses one up and returns whose it was. */
    public synchronized Caller.User use(String text, ServerId server) {
        var entry = entries.remove(text);
        if (entry == null
                || !clock.instant().isBefore(entry.expiresAt())
                || !entry.server().equals(server)) {
            throw new PanelException(
                    Problem.TICKET_INVALID,
                    "this console ticket is unknown, used, too old or for another server (expected: a fresh one)");
        }
        return entry.user();
    }

    /** Takes back what a user has for a server. */
    public synchronized void revoke(UUID user, ServerId server) {
        entries.values()
                .removeIf(entry ->
                        entry.user().user().equals(user) && entry.server().equals(server));
    }

    /** Takes back what a user has for any server. */
    public synchronized void revoke(UUID user) {
        entries.values().removeIf(entry -> entry.user().user().equals(user));
    }
}
