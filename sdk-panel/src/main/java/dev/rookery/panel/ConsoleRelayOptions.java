package dev.rookery.panel;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Bounds of a {@link ConsoleRelay}.
 *
 * @param ticketLifetime how long a ticket can be used; 30 s
 * @param tickets how many unused tickets there may be; 10,000
 * @param ticketsPerUser how many unused tickets one user may have; 20
 * @param browsersPerServer how many browsers one server's console may have; 50
 * @param browsersPerUser how many consoles one user may have open; 20
 * @param recentLines how many lines a late joiner gets; 1,000
 * @param queue how many events may wait for one browser; 2,000
 * @param callDeadline the longest time a node may take for a command or a power action; 10 s
 * @param firstRetry the pause before a lost node is tried again; it doubles with each failure; 1 s
 * @param maxRetry the longest pause; 15 s
 */
@Value.Builder
public record ConsoleRelayOptions(
        Duration ticketLifetime,
        int tickets,
        int ticketsPerUser,
        int browsersPerServer,
        int browsersPerUser,
        int recentLines,
        int queue,
        Duration callDeadline,
        Duration firstRetry,
        Duration maxRetry) {

    /** Checks the values. */
    public ConsoleRelayOptions {
        atLeastOne(tickets, "tickets");
        atLeastOne(ticketsPerUser, "ticketsPerUser");
        atLeastOne(browsersPerServer, "browsersPerServer");
        atLeastOne(browsersPerUser, "browsersPerUser");
        atLeastOne(recentLines, "recentLines");
        atLeastOne(queue, "queue");
        if (ticketLifetime.isNegative() || ticketLifetime.isZero()) {
            throw new InvalidInputException("ticketLifetime: " + ticketLifetime + " (expected: > 0)");
        }
        if (callDeadline.isNegative() || callDeadline.isZero()) {
            throw new InvalidInputException("callDeadline: " + callDeadline + " (expected: > 0)");
        }
        if (firstRetry.isNegative() || firstRetry.isZero() || maxRetry.compareTo(firstRetry) < 0) {
            throw new InvalidInputException(
                    "retry: " + firstRetry + " to " + maxRetry + " (expected: 0 < firstRetry <= maxRetry)");
        }
    }

    /** Returns the defaults. */
    public static ConsoleRelayOptions defaults() {
        return builder().build();
    }

    /** Returns a builder that begins with the defaults. */
    public static ConsoleRelayOptionsBuilder builder() {
        return new ConsoleRelayOptionsBuilder()
                .ticketLifetime(Duration.ofSeconds(30))
                .tickets(10_000)
                .ticketsPerUser(20)
                .browsersPerServer(50)
                .browsersPerUser(20)
                .recentLines(1000)
                .queue(2000)
                .callDeadline(Duration.ofSeconds(10))
                .firstRetry(Duration.ofSeconds(1))
                .maxRetry(Duration.ofSeconds(15));
    }

    private static void atLeastOne(int value, String name) {
        if (value < 1) {
            throw new InvalidInputException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
