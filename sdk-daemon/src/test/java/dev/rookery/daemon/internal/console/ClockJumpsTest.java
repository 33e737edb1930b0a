package dev.rookery.daemon.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.daemon.ConsoleLogOptions;
import dev.rookery.daemon.internal.http.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Console lines go when they are old, not when the clock says so because it was set. */
class ClockJumpsTest {

    @TempDir
    Path root;

    private final AtomicLong nanos = new AtomicLong();
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final ConsoleLogOptions options =
            ConsoleLogOptions.builder().historyAge(Duration.ofDays(2)).build();

    @Test
    void aClockThatIsSetForwardTakesNoLines() {
        try (var writer = new HistoryWriter(root, options, clock, nanos::get, "history-test")) {
            var console = new ServerConsole(ServerId.random(), options, clock, writer);
            console.line("precious");
            console.history().write();
            clock.advance(Duration.ofDays(365));
            writer.sweep();
            pass(Duration.ofHours(2));
            writer.sweep();
            assertThat(lines(console)).isEqualTo(1);
            // Set right in time, it is as if nothing had been; from the next day on age counts again.
            clock.advance(Duration.ofDays(365).negated());
            writer.sweep();
            pass(Duration.ofHours(25));
            writer.sweep();
            assertThat(lines(console)).isEqualTo(1);
            pass(Duration.ofHours(25));
            writer.sweep();
            assertThat(lines(console)).isZero();
        }
    }

    @Test
    void aClockThatIsSetBackKeepsThemNoLongerThanTheirAge() {
        try (var writer = new HistoryWriter(root, options, clock, nanos::get, "history-test")) {
            clock.advance(Duration.ofDays(30).negated());
            writer.sweep();
            var console = new ServerConsole(ServerId.random(), options, clock, writer);
            console.line("old soon");
            console.history().write();
            for (int i = 0; i < 3; i++) {
                pass(Duration.ofHours(24));
                writer.sweep();
            }
            assertThat(lines(console)).isZero();
        }
    }

    @Test
    void aDayThatPassesInOneStepIsNoJump() {
        var jumps = new ClockJumps(clock, nanos::get);
        pass(Duration.ofDays(1));
        assertThat(jumps.steady()).isTrue();
        clock.advance(Duration.ofMinutes(59));
        assertThat(jumps.steady()).as("a correction").isTrue();
        clock.advance(Duration.ofMinutes(61).negated());
        assertThat(jumps.steady()).as("a jump").isFalse();
    }

    private static int lines(ServerConsole console) {
        return console.history()
                .query(ConsoleHistoryQuery.builder().build())
                .lines()
                .size();
    }

    private void pass(Duration time) {
        clock.advance(time);
        nanos.addAndGet(time.toNanos());
    }
}
