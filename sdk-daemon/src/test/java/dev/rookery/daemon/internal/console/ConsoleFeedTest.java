package dev.rookery.daemon.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.ServerState;
import dev.rookery.daemon.ConsoleLogOptions;
import dev.rookery.daemon.ThrottleOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleFeedTest {

    private final ConsoleLogOptions options = ConsoleLogOptions.builder()
            .maxLines(100)
            .maxBytes(1 << 20)
            .throttle(ThrottleOptions.builder().lines(2000).build())
            .build();
    private final AtomicLong nanos = new AtomicLong();
    private final ConsoleLog log = new ConsoleLog(options, Clock.systemUTC(), nanos::get);

    @TempDir
    Path directory;

    private Optional<HistoryWriter> writer = Optional.empty();

    @AfterEach
    void closeWriter() {
        writer.ifPresent(HistoryWriter::close);
    }

    @Test
    void deliversWhatFollowsTheLastKnownNumber() {
        for (int i = 1; i <= 10; i++) {
            log.appendLine("line " + i);
        }
        var heard = new CopyOnWriteArrayList<ConsoleEvent>();
        var feed = feed(ConsoleOptions.after(7), heard::add);
        log.appendLine("line 11");
        awaitLast(heard, 11);
        assertThat(numbers(heard)).containsExactly(8L, 9L, 10L, 11L);
        feed.close("done");
    }

    @Test
    void announcesLinesThatAreNotStoredAnyMore() {
        for (int i = 1; i <= 250; i++) {
            log.appendLine("line " + i);
        }
        var heard = new CopyOnWriteArrayList<ConsoleEvent>();
        var feed = feed(ConsoleOptions.after(0), heard::add);
        awaitLast(heard, 250);
        assertThat(heard).contains(new ConsoleEvent.Gap(1, 150));
        assertThat(numbers(heard)).hasSize(100).startsWith(151L);
        feed.close("done");
    }

    @Test
    void aSlowListenerDelaysNobodyAndIsToldWhatItMissed() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        var slow = new CopyOnWriteArrayList<ConsoleEvent>();
        var quick = new CopyOnWriteArrayList<ConsoleEvent>();
        var slowFeed = feed(ConsoleOptions.live(), event -> {
            slow.add(event);
            if (event instanceof ConsoleEvent.Output) {
                awaitLatch(stuck);
            }
        });
        var quickFeed = feed(ConsoleOptions.live(), quick::add);
        log.appendLine("first");
        awaitLast(quick, 1);
        awaitLast(slow, 1);
        for (int i = 2; i <= 1000; i++) {
            log.appendLine("line " + i);
            if (i % 50 == 0) {
                awaitLast(quick, i);
            }
        }
        awaitLast(quick, 1000);
        stuck.countDown();
        awaitLast(slow, 1000);
        assertThat(numbers(quick)).hasSize(1000);
        long missed = slow.stream()
                .filter(ConsoleEvent.Gap.class::isInstance)
                .map(ConsoleEvent.Gap.class::cast)
                .mapToLong(gap -> gap.to() - gap.from() + 1)
                .sum();
        assertThat(numbers(slow).size() + missed).as("delivered and missed").isEqualTo(1000);
        assertThat(missed).isPositive();
        slowFeed.close("done");
        quickFeed.close("done");
    }

    @Test
    void goesOnInTheStoredLinesWhereTheLogBeginsLater() {
        writer = Optional.of(new HistoryWriter(directory, options, Clock.systemUTC(), "history"));
        var history = writer.get().open(ServerId.random(), log);
        for (int i = 1; i <= 2500; i++) {
            log.appendLine("line " + i);
            if (i % 50 == 0) {
                history.write();
                nanos.addAndGet(1_000_000_000);
            }
        }
        var heard = new CopyOnWriteArrayList<ConsoleEvent>();

        var feed = feed(history, ConsoleOptions.after(7), heard::add);

        awaitLast(heard, 2500);
        assertThat(numbers(heard))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(8, 2500).boxed().toList());
        assertThat(heard).noneMatch(ConsoleEvent.Gap.class::isInstance);
        feed.close("done");
    }

    @Test
    void holdsBackWhatIsTooMuchAndGivesItToWhoAsksForIt() {
        var heard = new CopyOnWriteArrayList<ConsoleEvent>();
        var flooding = new ConsoleLog(
                ConsoleLogOptions.builder()
                        .throttle(ThrottleOptions.builder().lines(10).build())
                        .build(),
                Clock.systemUTC(),
                nanos::get);
        var live = feed(flooding, history(flooding), ConsoleOptions.live(), heard::add);
        await().until(() -> !heard.isEmpty());
        for (int i = 1; i <= 30; i++) {
            flooding.appendLine("line " + i);
        }
        await().until(() -> heard.contains(new ConsoleEvent.Gap(11, 30)));
        nanos.addAndGet(1_000_000_000);
        flooding.appendLine("after");
        awaitLast(heard, 31);

        assertThat(numbers(heard)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 31L);
        assertThat(heard.stream().filter(ConsoleEvent.DaemonMessage.class::isInstance))
                .hasSize(1);
        var again = new CopyOnWriteArrayList<ConsoleEvent>();
        var late = feed(flooding, history(flooding), ConsoleOptions.after(10), again::add);
        awaitLast(again, 31);
        assertThat(numbers(again))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(11, 31).boxed().toList());
        live.close("done");
        late.close("done");
    }

    private ConsoleFeed feed(ConsoleOptions options, ConsoleListener listener) {
        return feed(history(log), options, listener);
    }

    private ConsoleFeed feed(ConsoleHistory history, ConsoleOptions options, ConsoleListener listener) {
        return feed(log, history, options, listener);
    }

    private static ConsoleHistory history(ConsoleLog log) {
        return new ConsoleHistory(ServerId.random(), null, log, Optional.empty());
    }

    private static ConsoleFeed feed(
            ConsoleLog log, ConsoleHistory history, ConsoleOptions options, ConsoleListener listener) {
        var feed = new ConsoleFeed(
                log,
                history,
                options,
                listener,
                event -> true,
                () -> new ConsoleEvent.Status(ServerState.RUNNING),
                Optional::empty);
        var thread = new Thread(feed);
        thread.setDaemon(true);
        thread.start();
        return feed;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitLast(List<ConsoleEvent> heard, long number) {
        await().pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> numbers(heard).stream().anyMatch(n -> n == number));
    }

    private static List<Long> numbers(List<ConsoleEvent> heard) {
        return heard.stream()
                .filter(ConsoleEvent.Output.class::isInstance)
                .map(event -> ((ConsoleEvent.Output) event).number().getAsLong())
                .toList();
    }
}
