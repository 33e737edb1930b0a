package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.wings.internal.SharedClient;
import dev.rookery.wings.internal.TicketConsoles;
import java.time.Clock;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Opens consoles with tickets of someone else's panel, without the node's credentials: for a program that uses a panel's own client API.
 * The tickets are asked for again before each ends, and for each new connection. Immutable and thread-safe.
 *
 * <pre>{@code
 * Console console = TicketConsole.of(() -> fetchTicket(), "https://panel.example")
 *         .open(ConsoleOptions.live(), event -> ...);
 * }</pre>
 *
 * <p>What the holder of a ticket may do is not known here: the node drops what is not permitted, some without a word.
 */
public final class TicketConsole {

    private final TicketConsoles consoles;
    private final CallOptions options;

    private TicketConsole(TicketConsoles consoles, CallOptions options) {
        this.consoles = consoles;
        this.options = options;
    }

    /**
     * Returns what opens consoles over the HTTP client that all of this kind in the program share.
     *
     * @param tickets is asked on a thread of its own, one question at a time for each console; may block, up to 30 s: then it
     *     is interrupted. Whatever it throws is taken for the panel's being away, and it is asked again, though not before an earlier
     *     question has ended; a {@link dev.rookery.api.DeniedException} or
     *     {@link dev.rookery.api.NotFoundException} ends the console
     * @param origin the panel's own URL exactly as the node is configured with it
     */
    public static TicketConsole of(Supplier<ConsoleTicket> tickets, String origin) {
        return of(tickets, origin, null);
    }

    /**
     * Returns what opens consoles.
     *
     * @param tickets see {@link #of(Supplier, String)}
     * @param origin the panel's own URL exactly as the node is configured with it
     * @param client stays the caller's to close; null for the shared one
     */
    public static TicketConsole of(Supplier<ConsoleTicket> tickets, String origin, @Nullable OkHttpClient client) {
        requireNonNull(tickets, "tickets");
        if (requireNonNull(origin, "origin").isBlank()) {
            throw new InvalidInputException("origin: '' (expected: the panel's URL)");
        }
        var http = client == null ? SharedClient.get() : client;
        return new TicketConsole(new TicketConsoles(tickets, origin, http, Clock.systemUTC()), CallOptions.defaults());
    }

    /** Returns the same with opening bounded by {@code options}; without, it takes at most 30 s. */
    public TicketConsole with(CallOptions options) {
        return new TicketConsole(consoles, requireNonNull(options, "options"));
    }

    /**
     * Opens a console and waits until the node has accepted the ticket.
     *
     * @param options where to begin
     * @param listener is called by one thread at a time, in order, until {@link ConsoleListener#onClosed}
     */
    public Console open(ConsoleOptions options, ConsoleListener listener) {
        return consoles.open(this.options, requireNonNull(options, "options"), requireNonNull(listener, "listener"));
    }
}
