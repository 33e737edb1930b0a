package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

/** Protocol: node API §4.2. */
class PacerTest {

    private long now;
    private final Pacer pacer = new Pacer(0);

    @Test
    void staysBelowTheNodesOwnBuckets() {
        var node = new HashMap<String, TokenBucket>();
        node.put("all", new TokenBucket(10, Duration.ofMillis(200), 0));
        node.put(ConsoleFrames.SEND_COMMAND, new TokenBucket(10, Duration.ofSeconds(1), 0));
        node.put(ConsoleFrames.SET_STATE, new TokenBucket(4, Duration.ofSeconds(1), 0));
        for (int i = 0; i < 60; i++) {
            pacer.add(Frame.of(i % 3 == 0 ? ConsoleFrames.SET_STATE : ConsoleFrames.SEND_COMMAND, "" + i));
        }

        int sent = 0;
        while (pacer.untilNext(now, false).isPresent()) {
            for (var frame = pacer.poll(now, false); frame.isPresent(); frame = pacer.poll(now, false)) {
                assertThat(frame.get().text()).isEqualTo("" + sent++);
                for (var bucket :
                        new TokenBucket[] {node.get("all"), node.get(frame.get().event())}) {
                    assertThat(bucket.waitNanos(now)).isZero();
                    bucket.take(now);
                }
            }
            now += pacer.untilNext(now, false).orElse(Duration.ZERO).toNanos();
        }
        assertThat(sent).isEqualTo(60);
    }

    @Test
    void keepsRequestsApartSoThatANodeDoesNotSwapThem() {
        pacer.add(Frame.of(ConsoleFrames.SEND_COMMAND, "first"));
        pacer.add(Frame.of(ConsoleFrames.SET_STATE, "stop"));

        assertThat(pacer.poll(now, false)).isPresent();
        assertThat(pacer.poll(now, false)).isEmpty();
        var pause = pacer.untilNext(now, false).orElseThrow();
        assertThat(pause).isBetween(Duration.ofMillis(20), Duration.ofMillis(200));
        assertThat(pacer.poll(now + pause.toNanos(), false)).contains(Frame.of(ConsoleFrames.SET_STATE, "stop"));
    }

    @Test
    void letsTheTokenPassWhatWaits() {
        for (int i = 0; i < 20; i++) {
            pacer.add(Frame.of(ConsoleFrames.SEND_COMMAND, "" + i));
        }
        pacer.addUrgent(Frame.of(ConsoleFrames.AUTH, "token"));

        assertThat(pacer.poll(now, false)).contains(Frame.of(ConsoleFrames.AUTH, "token"));
    }

    @Test
    void holdsBackWhatIsNotUrgent() {
        pacer.add(Frame.of(ConsoleFrames.SEND_COMMAND, "x"));

        assertThat(pacer.poll(now, true)).isEmpty();
        assertThat(pacer.untilNext(now, true)).isEmpty();
        assertThat(pacer.poll(now, false)).isPresent();
    }

    @Test
    void keepsFiveSecondsBetweenTokensAfterTwo() {
        for (int i = 0; i < 3; i++) {
            pacer.addUrgent(Frame.of(ConsoleFrames.AUTH, "" + i));
        }

        assertThat(pacer.poll(now, false)).isPresent();
        assertThat(pacer.poll(now, false)).isPresent();
        assertThat(pacer.poll(now, false)).isEmpty();
        assertThat(pacer.untilNext(now, false).orElseThrow()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void refusesMoreThanItHolds() {
        for (int i = 0; i < Pacer.WAITING_MAX; i++) {
            assertThat(pacer.add(Frame.of(ConsoleFrames.SEND_COMMAND, "x"))).isTrue();
        }

        assertThat(pacer.add(Frame.of(ConsoleFrames.SEND_COMMAND, "x"))).isFalse();
        assertThat(pacer.takeUnsent()).hasSize(Pacer.WAITING_MAX);
        assertThat(pacer.untilNext(now, false)).isEmpty();
    }
}
