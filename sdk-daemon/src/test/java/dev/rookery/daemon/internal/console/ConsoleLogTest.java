package dev.rookery.daemon.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.daemon.ConsoleLogOptions;
import dev.rookery.daemon.ThrottleOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {

    @Test
    void countsWhatTextsTakeInUtf8() {
        for (var text : List.of("", "plain", "grün", "€", "日本", "\uD83D\uDE00!", "\u0000\u007f\u0080\u07ff\u0800")) {
            assertThat(Utf8.length(text)).as(text).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void keepsNoMoreBytesThanItMay() {
        var log = log(1000, 10_000);
        var line = "日".repeat(300);

        for (int i = 0; i < 50; i++) {
            log.appendLine(line);
        }

        // 900 bytes of text and what an entry costs.
        assertThat(log.tail(1000)).hasSize(10);
        assertThat(log.lastNumber()).isEqualTo(50);
    }

    @Test
    void keepsTheNewestLineHoweverLongItIs() {
        var log = log(1000, 1000);

        log.appendLine("x".repeat(5000));

        assertThat(log.tail(10)).hasSize(1);
    }

    @Test
    void givesAHundredReadersEveryLineInOrder() throws Exception {
        int lines = 20_000;
        var log = log(lines, 1 << 26);
        var threads = Executors.newCachedThreadPool();
        try {
            var readers = new ArrayList<Callable<List<Long>>>();
            for (int i = 0; i < 100; i++) {
                readers.add(() -> read(log, lines));
            }
            var all = readers.stream().map(threads::submit).toList();
            for (int i = 0; i < lines; i++) {
                log.appendLine("line");
            }
            for (var numbers : all) {
                assertThat(numbers.get(60, TimeUnit.SECONDS))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, lines).boxed().toList());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aCallWakesOneReaderOnly() throws Exception {
        var log = log(100, 10_000);
        var waiter = new Waiter();

        waiter.wake();
        waiter.wake();

        log.await(0, waiter, 60_000);
        var begun = System.nanoTime();
        log.await(0, waiter, 20);
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(15));
    }

    private static List<Long> read(ConsoleLog log, int count) throws InterruptedException {
        var numbers = new ArrayList<Long>();
        var waiter = new Waiter();
        for (long position = 0; numbers.size() < count; ) {
            log.await(position, waiter, 60_000);
            var batch = log.read(position, 256);
            position = batch.next();
            batch.entries().forEach(entry -> numbers.add(entry.number()));
            assertThat(batch.entries()).allMatch(entry -> entry.event() instanceof ConsoleEvent.Output);
        }
        return numbers;
    }

    private static ConsoleLog log(int lines, int bytes) {
        return new ConsoleLog(
                ConsoleLogOptions.builder()
                        .maxLines(lines)
                        .maxLineBytes(256)
                        .maxBytes(bytes)
                        .throttle(ThrottleOptions.builder().enabled(false).build())
                        .build(),
                Clock.systemUTC());
    }
}
