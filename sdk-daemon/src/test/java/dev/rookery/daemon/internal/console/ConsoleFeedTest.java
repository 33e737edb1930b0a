package dev.rookery.daemon.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.ServerState;
import dev.rookery.daemon.ConsoleLogOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConsoleFeedTest {

    private final ConsoleLog log = new ConsoleLog(
            ConsoleLogOptions.builder().maxLines(100).maxBytes(1 << 20).build());

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

    private ConsoleFeed feed(ConsoleOptions options, ConsoleListener listener) {
        var feed = new ConsoleFeed(
                log,
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
