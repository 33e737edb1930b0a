package dev.rookery.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Node API §3.5. */
class SingleUseTest extends TokenFixture {

    @Test
    void allowsAsManyUsesAsConfigured() {
        var three = SingleUse.create(clock, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(three.usedUp(token("a", 60))).isFalse();
            assertThat(three.use(token("a", 60))).isTrue();
        }
        assertThat(three.use(token("a", 60))).isFalse();
        assertThat(three.usedUp(token("a", 60))).isTrue();
        assertThat(three.use(token("b", 60))).isTrue();
    }

    @Test
    void remembersAUseForAnHourAndAsLongAsTheTokenLasts() {
        var once = SingleUse.create(clock, 1);
        assertThat(once.use(token("a", 60))).isTrue();
        assertThat(once.use(token("long", 7200))).isTrue();
        clock.advance(Duration.ofMinutes(60).minusSeconds(1));
        assertThat(once.use(token("a", 7200))).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(once.use(token("a", 7200))).isTrue();
        clock.set(NOW.plusSeconds(7200));
        assertThat(once.use(token("long", 7200))).isFalse();
    }

    @Test
    void countsTokensWithoutUniqueIdByTheirOwnId() {
        var once = SingleUse.create(clock, 1);
        assertThat(once.use(bare("x"))).isTrue();
        assertThat(once.use(bare("x"))).isFalse();
        assertThat(once.use(bare("y"))).isTrue();
    }

    @Test
    void aFullMemoryForgetsExpiredTokensFirstAndThenRefuses() {
        var small = SingleUse.create(clock, 1, 2);
        assertThat(small.use(token("a", 10))).isTrue();
        assertThat(small.use(token("b", 900))).isTrue();
        assertThat(small.use(token("c", 900))).as("full of good tokens").isFalse();
        clock.set(NOW.plusSeconds(12));
        assertThat(small.use(token("c", 900))).as("instead of the expired one").isTrue();
        assertThat(small.use(token("b", 900))).isFalse();
        assertThat(small.use(token("d", 900))).isFalse();
    }

    @Test
    void exactlyAsManyOf64ThreadsAsAllowedUseAToken() throws Exception {
        for (int uses : new int[] {1, 5}) {
            var counter = SingleUse.create(clock, uses);
            var barrier = new CyclicBarrier(64);
            var threads = Executors.newFixedThreadPool(64);
            try {
                var tasks = new ArrayList<Callable<Boolean>>();
                for (int i = 0; i < 64; i++) {
                    tasks.add(() -> {
                        barrier.await();
                        return counter.use(token("a", 60));
                    });
                }
                int winners = 0;
                for (var result : threads.invokeAll(tasks)) {
                    winners += result.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(uses);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void needsAUseAndRoom() {
        assertThatThrownBy(() -> SingleUse.create(clock, 0)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> SingleUse.create(clock, 1, 0)).isInstanceOf(InvalidInputException.class);
    }

    private static Token token(String uniqueId, long seconds) {
        return upload("id", Optional.of(uniqueId), seconds);
    }

    private static Token bare(String id) {
        return upload(id, Optional.empty(), 60);
    }

    private static Token upload(String id, Optional<String> uniqueId, long seconds) {
        return new UploadToken(
                new TokenStamp(id, NOW, NOW.plusSeconds(seconds), uniqueId), SERVER, Optional.of(USER), List.of());
    }
}
