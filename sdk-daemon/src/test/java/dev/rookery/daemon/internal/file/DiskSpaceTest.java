package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {

    private final AtomicLong limit = new AtomicLong(100);
    private final DiskSpace space = new DiskSpace(limit::get);

    @Test
    void claimsWhatIsLeftAndNoMore() throws IOException {
        try (var first = space.claim(60)) {
            assertThatThrownBy(() -> space.claim(41))
                    .isInstanceOf(NoDiskSpaceException.class)
                    .hasMessageContaining("disk space")
                    .hasMessageContaining("41")
                    .hasMessageContaining("40");
            first.grow(40);
            assertThat(space.freeBytes()).isZero();
            first.written(70);
        }
        assertThat(space.usedBytes()).isEqualTo(70);
        assertThat(space.freeBytes()).isEqualTo(30);
    }

    @Test
    void aNewLimitCountsAtOnce() throws IOException {
        space.claim(100).close();
        limit.set(50);
        assertThatThrownBy(() -> space.claim(51)).isInstanceOf(NoDiskSpaceException.class);
        limit.set(0);
        try (var claim = space.claim(1L << 60)) {
            assertThat(claim.bytes()).isEqualTo(1L << 60);
        }
    }

    @Test
    void aClaimThatIsClosedTwiceCountsOnce() throws IOException {
        var claim = space.claim(50);
        claim.written(50);
        claim.close();
        claim.close();
        assertThat(space.usedBytes()).isEqualTo(50);
        assertThat(space.freeBytes()).isEqualTo(50);
    }

    @Test
    void whatIsWrittenDuringACountMayCountTwiceButStopsNobody() throws IOException {
        var count = space.count();
        try (var claim = space.claim(40)) {
            claim.written(40);
        }
        // It has seen what was written.
        count.done(70);
        assertThat(space.usedBytes()).isEqualTo(110);
        assertThat(space.certainBytes()).isEqualTo(70);
        space.count().done(70);
        assertThat(space.usedBytes()).isEqualTo(70);
        assertThat(space.certainBytes()).isEqualTo(70);
    }

    @Test
    void whatACountSawBeforeItWasSettledMayCountTwiceButStopsNobody() throws IOException {
        var claim = space.claim(40);
        space.count().done(40);
        claim.written(40);
        claim.close();
        assertThat(space.usedBytes()).isEqualTo(80);
        assertThat(space.certainBytes()).isEqualTo(40);
    }

    @Test
    void aRemovalThatACountSawAlreadyGivesNothingBack() {
        space.count().done(90);
        var removal = space.change();
        space.count().done(30);
        removal.written(-60);
        removal.close();
        assertThat(space.usedBytes()).isEqualTo(30);
    }

    @Test
    void ofTwoCountsTheOneThatBeganLaterCounts() {
        var first = space.count();
        var second = space.count();
        second.done(20);
        first.done(90);
        assertThat(space.usedBytes()).isEqualTo(20);
    }

    @Test
    void filesThatWereNeverCountedAreCountedBeforeTheFirstClaim() throws IOException {
        var counted = new ArrayList<DiskSpace>();
        var holder = new DiskSpace[1];
        holder[0] = new DiskSpace(limit::get, () -> {
            counted.add(holder[0]);
            holder[0].count().done(95);
            return CompletableFuture.completedFuture(true);
        });
        assertThatThrownBy(() -> holder[0].claim(6)).isInstanceOf(NoDiskSpaceException.class);
        holder[0].claim(5).close();
        // Once because nothing was known, and once more because it seemed too little.
        assertThat(counted).hasSize(2);
    }

    @Test
    void aRefusalIsJudgedByANewCount() throws IOException {
        var sizes = new ArrayList<>(List.of(100L, 10L));
        var holder = new DiskSpace[1];
        holder[0] = new DiskSpace(limit::get, () -> {
            holder[0].count().done(sizes.remove(0));
            return CompletableFuture.completedFuture(true);
        });
        holder[0].claim(90).close();
        assertThat(holder[0].usedBytes()).isEqualTo(10);
    }

    /** A disk that cannot be read must not become one without a limit. */
    @Test
    void nobodyWritesWhileNobodyKnowsWhatIsLeft() throws IOException {
        var asked = new AtomicLong();
        var holder = new DiskSpace[1];
        holder[0] = new DiskSpace(limit::get, () -> {
            if (asked.incrementAndGet() == 6) {
                holder[0].count().done(40);
                return CompletableFuture.completedFuture(true);
            }
            holder[0].notCounted();
            return CompletableFuture.completedFuture(false);
        });
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> holder[0].claim(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be counted");
        }
        // Who is refused again and again does not get a count each time.
        assertThat(asked).hasValue(4);
        holder[0].count().done(40);
        holder[0].claim(60).close();
        limit.set(0);
        holder[0].claim(1000).close();
    }

    @Test
    void aFewCountsThatFailAreMadeUpForByTheNext() throws IOException {
        var asked = new AtomicLong();
        var holder = new DiskSpace[1];
        holder[0] = new DiskSpace(limit::get, () -> {
            if (asked.incrementAndGet() < 3) {
                holder[0].notCounted();
                return CompletableFuture.completedFuture(false);
            }
            holder[0].count().done(95);
            return CompletableFuture.completedFuture(true);
        });
        holder[0].claim(5).close();
        for (int i = 0; i < 2; i++) {
            holder[0].notCounted();
            holder[0].claim(5).close();
        }
    }

    @Test
    void whatIsTooDeepToBeCountedIsMoreThanMayBeTaken() throws IOException {
        space.count().tooDeep(10);
        assertThat(space.certainBytes()).isGreaterThan(limit.get());
        assertThat(space.freeBytes()).isZero();
        assertThatThrownBy(() -> space.claim(1)).isInstanceOf(NoDiskSpaceException.class);
        space.count().done(10);
        assertThat(space.certainBytes()).isEqualTo(10);
        space.claim(90).close();
    }

    @Test
    void theWaitForACountEndsWhenItIsCancelled() {
        var never = new DiskSpace(limit::get, CompletableFuture::new);
        var cancel = CancelSignal.create();
        cancel.cancel();
        assertThatThrownBy(() -> never.claim(1, cancel)).isInstanceOf(IOException.class);
        assertThat(never.freeBytes()).isEqualTo(100);
    }

    @Test
    void writersBesideEachOtherNeverGetMoreThanThereIs() throws Exception {
        limit.set(1 << 20);
        var onDisk = new AtomicLong();
        var most = new AtomicLong();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            var random = new Random(i);
            threads.add(new Thread(() -> write(random, onDisk, most)));
        }
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isLessThanOrEqualTo(1 << 20).isGreaterThan(1 << 19);
        assertThat(space.usedBytes()).isEqualTo(onDisk.get());
        assertThat(space.freeBytes()).isEqualTo((1 << 20) - onDisk.get());
    }

    private void write(Random random, AtomicLong onDisk, AtomicLong most) {
        for (int i = 0; i < 3000; i++) {
            long wanted = random.nextInt(1 << 18);
            try (var claim = space.claim(wanted / 2)) {
                claim.reach(wanted);
                long written = random.nextBoolean() ? wanted : random.nextLong(wanted + 1);
                most.accumulateAndGet(onDisk.addAndGet(written), Math::max);
                claim.written(written);
            } catch (IOException ignored) {
                long freed = Math.min(wanted, space.usedBytes() / 8);
                onDisk.addAndGet(-freed);
                try (var removal = space.change()) {
                    removal.written(-freed);
                }
            }
        }
    }

    /** Against a model that knows every file: claims are never judged by too small a figure, and servers never by too large a one. */
    @Test
    void staysOnItsSideOfTheTruthWhateverHappensInWhateverOrder() throws IOException {
        for (int seed = 0; seed < 500; seed++) {
            new Story(new Random(seed), seed).tell();
        }
    }

    private static final class Story {

        private final Random random;
        private final int seed;
        private final DiskSpace space = new DiskSpace(() -> 10_000);
        private final List<DiskSpace.Claim> claims = new ArrayList<>();
        private long truth;

        private Story(Random random, int seed) {
            this.random = random;
            this.seed = seed;
        }

        void tell() throws IOException {
            DiskSpace.Count count = null;
            long seen = 0;
            long seenLeast = 0;
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1 -> begin();
                    case 2, 3 -> end();
                    case 4 -> {
                        if (count == null) {
                            count = space.count();
                            seenLeast = truth;
                            seen = truth;
                        }
                    }
                    default -> {
                        if (count != null) {
                            // What is changed during a count it may see before or after the change.
                            count.done(random.nextBoolean() ? seen : seenLeast);
                            count = null;
                        }
                    }
                }
                if (count != null) {
                    seen = random.nextBoolean() ? truth : seen;
                }
                check(step);
            }
        }

        private void begin() throws IOException {
            if (space.freeBytes() > 0 && random.nextInt(3) > 0) {
                claims.add(space.claim(random.nextLong(space.freeBytes() + 1)));
            } else {
                claims.add(space.change());
            }
        }

        /** The files change, and only then is it said. */
        private void end() {
            if (claims.isEmpty()) {
                return;
            }
            var claim = claims.remove(random.nextInt(claims.size()));
            long change = random.nextInt(4) == 0 ? -random.nextLong(truth + 1) : random.nextLong(claim.bytes() + 1);
            truth += change;
            claim.written(change);
            claim.close();
        }

        private void check(int step) {
            assertThat(space.usedBytes()).as("seed %d, step %d", seed, step).isGreaterThanOrEqualTo(truth);
            assertThat(space.certainBytes()).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(truth);
            assertThat(truth).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(10_000);
        }
    }
}
