package dev.rookery.panel;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Caller;
import dev.rookery.api.DeniedException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.permission.Permission;
import dev.rookery.kit.NamedThreads;
import dev.rookery.panel.internal.relay.Browser;
import dev.rookery.panel.internal.relay.Consoles;
import dev.rookery.panel.internal.relay.Tickets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets many browsers share one console of a server, so that no browser ever talks to a node. The panel opens the node's console for
 * itself when the first browser comes and closes it when the last one leaves; what each browser is told and may do is decided here, by
 * its user's permissions, until they expire.
 *
 * <p>Tickets are kept in this process: a browser has to come to the panel that issued its ticket. Thread-safe.
 */
public final class ConsoleRelay implements AutoCloseable {

    private static final long SWEEP_MILLIS = 1000;

    private final PanelService service;
    private final Clock clock;
    private final ExecutorService executor = NamedThreads.perTask("rookery-relay");
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(NamedThreads.platform("rookery-relay-timer"));
    private final Tickets tickets;
    private final Consoles consoles;
    private final ConsoleRelayOptions options;

    /**
     * Creates a relay.
     *
     * @param service reaches the nodes
     * @param options the bounds
     * @param clock tells when tickets and users' authority end
     */
    public ConsoleRelay(PanelService service, ConsoleRelayOptions options, Clock clock) {
        this.service = requireNonNull(service, "service");
        this.options = requireNonNull(options, "options");
        this.clock = requireNonNull(clock, "clock");
        this.tickets = new Tickets(options, clock);
        this.consoles = new Consoles(service, options, clock, executor, timer);
        var ignored = timer.scheduleWithFixedDelay(consoles::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Permission to open a console, once.
     *
     * @param text to be shown to {@link #attach}
     * @param expiresAt from when on it is refused
     */
    public record Ticket(String text, Instant expiresAt) {

        /** Hides the text. */
        @Override
        public String toString() {
            return "Ticket[expiresAt=" + expiresAt + "]";
        }
    }

    /**
     * Issues a ticket that opens one console of one server for one user.
     *
     * @throws DeniedException if the user may not connect to the console
     * @throws dev.rookery.panel.spi.PanelException {@code TOO_MANY_CONSOLES} if the user has too many unused ones
     */
    public Ticket issue(Caller.User user, ServerId server) {
        user.require(Permission.CONNECT, clock.instant());
        return tickets.issue(user, server);
    }

    /**
     * Opens a console for a browser.
     *
     * @param ticket is used up by this, whatever happens
     * @param server the server of the ticket
     * @param after begin after the numbered line that the browser saw last; empty means with the recent lines
     * @param sink the way to the browser
     * @throws dev.rookery.panel.spi.PanelException {@code TICKET_INVALID} or {@code TOO_MANY_CONSOLES}
     * @throws DeniedException if the user's authority has ended
     */
    public Attachment attach(String ticket, ServerId server, OptionalLong after, BrowserSink sink) {
        var user = tickets.use(ticket, server);
        user.require(Permission.CONNECT, clock.instant());
        return new Attachment(consoles.attach(user, server, after, sink));
    }

    /** Ends the consoles a user has open on a server: for when permissions are taken away. */
    public void disconnect(UUID user, ServerId server) {
        tickets.revoke(user, server);
        consoles.disconnect(user, server, "your access to this server has changed");
    }

    /** Ends every console a user has open: for when the user is kept out, or has a new password. */
    public void disconnect(UUID user) {
        tickets.revoke(user);
        consoles.disconnect(user, "your access has changed");
    }

    /** Ends every console. Repeating has no effect. */
    @Override
    public void close() {
        consoles.close();
        timer.shutdownNow();
        executor.shutdown();
    }

    /** A browser at a console. Thread-safe; calls block until the node has accepted. */
    public final class Attachment implements AutoCloseable {

        private final Browser browser;

        private Attachment(Browser browser) {
            this.browser = browser;
        }

        /**
         * Sends a line to the process.
         *
         * @throws DeniedException if the user may not, or no longer
         * @throws dev.rookery.api.RookeryException as the node says, such as a conflict if the process does not run
         */
        public void sendCommand(String line) {
            browser.require(Permission.CONSOLE, clock.instant());
            service.onNode(browser.server(), browser.user(), options.callDeadline())
                    .sendCommands(List.of(line));
        }

        /**
         * Asks for a power action.
         *
         * @throws DeniedException if the user may not, or no longer
         * @throws dev.rookery.api.RookeryException as panel or node say
         */
        public void power(PowerAction action) {
            browser.require(action.permission(), clock.instant());
            service.power(browser.server(), action, browser.user());
        }

        /**
         * Takes what the browser sent, in the form of {@link BrowserFrames}. What is refused or fails, the browser is told.
         *
         * @param frame a text frame
         */
        public void receive(String frame) {
            try {
                var request = BrowserFrames.read(frame);
                if (request instanceof BrowserFrames.Command command) {
                    sendCommand(command.line());
                } else if (request instanceof BrowserFrames.Power power) {
                    power(power.action());
                }
            } catch (RookeryException e) {
                browser.tell(new BrowserEvent.Refused(String.valueOf(e.getMessage())));
            }
        }

        /** Returns whose it is, with what the user was allowed when the ticket was issued. */
        public Caller.User user() {
            return browser.user();
        }

        /** Returns the server whose console it is. */
        public ServerId server() {
            return browser.server();
        }

        /** Returns whether the browser still hears the console. */
        public boolean open() {
            return browser.open();
        }

        /** Leaves the console, from the browser's side. Repeating has no effect. */
        @Override
        public void close() {
            browser.leave();
        }
    }
}
