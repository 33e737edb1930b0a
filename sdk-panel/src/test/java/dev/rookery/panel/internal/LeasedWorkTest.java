package dev.rookery.panel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.NodeId;
import dev.rookery.kit.NamedThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of work that does not end. */
class LeasedWorkTest {

    private final ExecutorService executor = NamedThreads.perTask("leased-work");

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void workThatHangsIsInterruptedAndItsClaimProlongedNoMore() throws Exception {
        var hangs = new Hanging(true);
        try (var work = work(hangs, Duration.ofMillis(200))) {
            work.start();

            assertThat(hangs.interrupted.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(hangs.renewals.get()).isPositive();
        }
    }

    @Test
    void aClaimThatIsSomebodyElsesIsProlongedNoMore() throws Exception {
        var hangs = new Hanging(false);
        try (var work = work(hangs, Duration.ofMillis(200))) {
            work.start();

            assertThat(hangs.interrupted.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(hangs.renewals.get()).isEqualTo(1);
        }
    }

    private LeasedWork<String> work(LeasedWork.Source<String> source, Duration longest) {
        var pace = new LeasedWork.Pace(Duration.ofMillis(5), Duration.ofMillis(30), longest, 2, 2);
        return new LeasedWork<>("tests", source, pace, Clock.systemUTC(), executor);
    }

    /** Has one claim, whose work waits for what does not come. */
    private static final class Hanging implements LeasedWork.Source<String> {

        final AtomicInteger renewals = new AtomicInteger();
        final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        private final AtomicBoolean claimed = new AtomicBoolean();
        private final boolean held;

        Hanging(boolean held) {
            this.held = held;
        }

        @Override
        public Optional<String> claim(String lease, Instant now, Instant until, Set<NodeId> full) {
            return claimed.compareAndSet(false, true) ? Optional.of(lease) : Optional.empty();
        }

        @Override
        public Optional<NodeId> node(String claim) {
            return Optional.empty();
        }

        @Override
        public boolean silent(NodeId node) {
            return false;
        }

        @Override
        public boolean renew(String claim, Instant until) {
            renewals.incrementAndGet();
            return held;
        }

        @Override
        public void carryOut(String claim, Instant upToDate) {
            try {
                boolean given = new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                interrupted.complete(given);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                interrupted.complete(true);
            }
        }
    }
}
