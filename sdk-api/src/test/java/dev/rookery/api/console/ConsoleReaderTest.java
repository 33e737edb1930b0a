package dev.rookery.api.console;

import static dev.rookery.api.console.ScriptedConsole.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConsoleReaderTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private ScriptedConsole console;

    @Test
    void readsInOrderUntilTheConsoleEnds() {
        try (var reader = reader(16)) {
            console.lines(1, 3);
            console.end("the server was deleted");

            for (int i = 1; i <= 3; i++) {
                assertThat(reader.next()).isEqualTo(line(i));
            }
            assertThat(reader.hasNext()).isFalse();
            assertThat(reader.endReason()).contains("the server was deleted");
            assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
            assertThat(reader.poll(LONG)).isEmpty();
        }
    }

    @Test
    void waitsNoLongerThanToldTo() {
        try (var reader = reader(16)) {
            assertThat(reader.poll(Duration.ofMillis(10))).isEmpty();
            assertThat(reader.endReason()).isEmpty();
            reader.console().sendCommand("echo");

            assertThat(reader.poll(LONG)).isPresent();
        }
    }

    @Test
    void takesNoMoreThanItHolds() {
        try (var reader = reader(8)) {
            console.lines(1, 100);

            for (int i = 1; i <= 100; i++) {
                assertThat(console.untold()).isGreaterThanOrEqualTo(100 - i - 8);
                assertThat(reader.next()).isEqualTo(line(i));
            }
        }
    }

    @Test
    void keepsWhatItLookedAt() {
        try (var reader = reader(4)) {
            console.lines(1, 2);

            assertThat(reader.hasNext()).isTrue();
            assertThat(reader.hasNext()).isTrue();
            assertThat(reader.poll(Duration.ZERO)).contains(line(1));
            assertThat(reader.next()).isEqualTo(line(2));
        }
    }

    @Test
    void endsAReadThatWaitsWhenItIsClosed() throws Exception {
        var reader = reader(4);
        var reading = CompletableFuture.supplyAsync(reader::hasNext);

        reader.close();
        reader.close();

        assertThat(reading.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(console.open()).isFalse();
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void dropsWhatWasNotReadWhenItIsClosed() {
        var reader = reader(2);
        console.lines(1, 10);
        reader.next();

        reader.close();

        assertThat(reader.hasNext()).isFalse();
        assertThat(reader.poll(Duration.ZERO)).isEmpty();
    }

    @Test
    void saysThatItsThreadWasInterrupted() {
        try (var reader = reader(2)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(reader::hasNext).isInstanceOf(DeadlineException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void saysWhyItCouldNotBeOpened() {
        assertThatThrownBy(() -> ConsoleReader.open(listener -> {
                    throw new UnavailableException("away");
                }))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> reader(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(">= 1");
    }

    private ConsoleReader reader(int eventsMax) {
        return ConsoleReader.open(listener -> console = new ScriptedConsole(listener), eventsMax);
    }
}
