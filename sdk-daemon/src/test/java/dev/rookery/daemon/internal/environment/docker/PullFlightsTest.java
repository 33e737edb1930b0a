package dev.rookery.daemon.internal.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.ImageListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One pull at a time for each image, whoever wants it. */
@Timeout(30)
@SuppressWarnings("FutureReturnValueIgnored")
class PullFlightsTest {

    private static final ImageReference IMAGE = ImageReference.parse("ghcr.io/games/java:21");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PullFlights flights = new PullFlights(threads, Duration.ofSeconds(20));
    private final AtomicInteger pulls = new AtomicInteger();
    private final CountDownLatch through = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @AfterEach
    void end() {
        through.countDown();
        threads.shutdownNow();
    }

    @Test
    void pullsOnceForAllAndTellsEveryoneHowFarItIs() throws Exception {
        var first = new Hearer();
        var second = new Hearer();
        var ends = List.of(join(first, CancelSignal.create()), join(second, CancelSignal.create()));
        first.awaitFirstLine();
        second.awaitFirstLine();

        through.countDown();
        for (var end : ends) {
            end.get(10, TimeUnit.SECONDS);
        }

        assertThat(pulls).hasValue(1);
        assertThat(first.lines).contains("through");
        assertThat(second.lines).contains("through");
    }

    @Test
    void oneWhoGivesUpLeavesTheOthersAlone() throws Exception {
        var hearer = new Hearer();
        var staying = join(hearer, CancelSignal.create());
        hearer.awaitFirstLine();
        var cancel = CancelSignal.create();
        var leaver = new Hearer();
        var leaving = join(leaver, cancel);
        leaver.awaitFirstLine();

        cancel.cancel();

        assertThatThrownBy(() -> leaving.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(UnavailableException.class);
        assertThat(staying).isNotDone();
        assertThat(stopped.getCount()).isOne();
        through.countDown();
        staying.get(10, TimeUnit.SECONDS);
    }

    @Test
    void theLastOneWhoGivesUpEndsThePull() throws Exception {
        var cancel = CancelSignal.create();
        var hearer = new Hearer();
        var end = join(hearer, cancel);
        hearer.awaitFirstLine();

        cancel.cancel();

        assertThatThrownBy(() -> end.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(UnavailableException.class);
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        through.countDown();
        join(new Hearer(), CancelSignal.create()).get(10, TimeUnit.SECONDS);
        assertThat(pulls).describedAs("whoever comes later begins anew").hasValue(2);
    }

    @Test
    void allHearOfAFailureAndTheNextOneTriesAgain() {
        var failing = new AtomicInteger();
        for (int round = 1; round <= 2; round++) {
            assertThatThrownBy(() -> flights.join(IMAGE, line -> {}, CancelSignal.create(), (progress, stop) -> {
                        failing.incrementAndGet();
                        throw new NotFoundException("manifest unknown");
                    }))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessage("manifest unknown");
        }
        assertThat(failing).hasValue(2);
    }

    @Test
    void waitsNoLongerThanItMay() {
        var brief = new PullFlights(threads, Duration.ofMillis(50));

        assertThatThrownBy(() -> brief.join(IMAGE, line -> {}, CancelSignal.create(), this::pull))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("ghcr.io/games/java:21");
    }

    @Test
    void passesOnWhatIsNewAndTheRestTwiceASecond() {
        var heard = new ArrayList<String>();
        var now = new AtomicLong();
        var progress = new PullProgress(
                new ImageListener() {
                    @Override
                    public void line(String text) {
                        heard.add(text);
                    }

                    @Override
                    public void layer(String layer, LayerStep step, long doneBytes, long totalBytes) {
                        heard.add(layer + "/" + step + "/" + doneBytes + "/" + totalBytes);
                    }
                },
                now::get);
        progress.hear(line("1", "Pulling from games/java", 0, 0));
        progress.hear(line("aa", "Pulling fs layer", 0, 0));
        for (int i = 1; i <= 1000; i++) {
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
            progress.hear(line("aa", "Downloading", i, 1000));
        }
        progress.hear(line("aa", "Extracting", 1000, 1000));
        progress.hear(line("aa", "Pull complete", 0, 0));
        progress.hear(line("", "Digest: sha256:1", 0, 0));

        assertThat(heard)
                .containsExactly(
                        "1 Pulling from games/java",
                        "aa Pulling fs layer",
                        "aa/PULLING/0/0",
                        "aa Downloading",
                        "aa/PULLING/1/1000",
                        "aa Downloading",
                        "aa/PULLING/501/1000",
                        "aa Extracting",
                        "aa/EXTRACTING/1000/1000",
                        "aa Pull complete",
                        "aa/COMPLETED/0/0",
                        "Digest: sha256:1");
    }

    private static JsonNode line(String id, String status, long current, long total) {
        var line = JsonNodeFactory.instance.objectNode().put("status", status);
        if (!id.isEmpty()) {
            line.put("id", id);
        }
        line.putObject("progressDetail").put("current", current).put("total", total);
        return line;
    }

    private CompletableFuture<Void> join(ImageListener hearer, CancelSignal cancel) {
        return CompletableFuture.runAsync(() -> flights.join(IMAGE, hearer, cancel, this::pull), threads);
    }

    private void pull(ImageListener progress, CancelSignal stop) {
        pulls.incrementAndGet();
        progress.line("begun");
        stop.onCancel(stopped::countDown);
        try {
            through.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        progress.line("through");
    }

    private static final class Hearer implements ImageListener {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public void line(String text) {
            lines.add(text);
            begun.countDown();
        }

        void awaitFirstLine() throws InterruptedException {
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
