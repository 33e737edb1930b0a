package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.kit.Redactor;
import dev.rookery.wings.ConsoleTicket;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** Consoles that are opened with tickets. Immutable. */
public final class TicketConsoles {

    private static final Duration OPENING = Duration.ofSeconds(30);

    private final ConsoleSettings settings;
    private final Failures failures;
    private final Supplier<Authority> authority;

    /** Creates it; nothing is asked yet. */
    public TicketConsoles(Supplier<ConsoleTicket> tickets, String origin, OkHttpClient client, Clock clock) {
        this(ConsoleSettings.of(client, ConsoleSettings.QUEUE_EVENTS), tickets, origin, clock);
    }

    TicketConsoles(ConsoleSettings settings, Supplier<ConsoleTicket> tickets, String origin, Clock clock) {
        this.settings = settings;
        this.failures = new Failures("a panel's node", Redactor.of());
        this.authority = () -> new TicketAuthority(tickets, origin, clock, settings.timer());
    }

    /** Opens a console. */
    public Console open(CallOptions call, ConsoleOptions options, ConsoleListener listener) {
        return WingsConsole.open(settings, failures, authority.get(), call, OPENING, options, listener);
    }
}
