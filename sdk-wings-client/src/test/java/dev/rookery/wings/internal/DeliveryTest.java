package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.node.ServerState;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeliveryTest {

    private static final int EVENTS = 16;

    private final RecordingListener heard = new RecordingListener();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch first = new CountDownLatch(1);
    private final Semaphore caughtUp = new Semaphore(0);
    private final Delivery delivery = new Delivery(new Gated(), EVENTS, 10_000, caughtUp::release);

    @Test
    void refusesFromWhenItIsFullUntilHalfIsTold() throws Exception {
        block();
        for (int i = 1; i <= EVENTS; i++) {
            assertThat(delivery.offer(line(i))).isTrue();
        }
        assertThat(delivery.offer(line(17))).isFalse();
        assertThat(delivery.refusing()).isTrue();
        gate.countDown();

        assertThat(caughtUp.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(delivery.refusing()).isFalse();
        assertThat(delivery.offer(line(18))).isTrue();
        for (int i = 1; i <= EVENTS; i++) {
            assertThat(heard.next()).isEqualTo(line(i));
        }
        assertThat(heard.next()).isEqualTo(line(18));
        assertThat(caughtUp.availablePermits()).as("told once").isZero();
    }

    @Test
    void tellsThePowerStateHoweverFarBehind() throws Exception {
        block();
        for (int i = 1; i <= 20; i++) {
            delivery.offer(line(i));
        }
        var status = new ConsoleEvent.Status(ServerState.OFFLINE);
        delivery.put(status);
        gate.countDown();

        for (int i = 1; i <= EVENTS; i++) {
            heard.next();
        }
        assertThat(heard.next()).isEqualTo(status);
    }

    @Test
    void holdsItsSourceUpWhileTheListenerPauses() throws Exception {
        block();
        for (int i = 1; i <= EVENTS; i++) {
            delivery.offer(line(i));
        }
        var source = CompletableFuture.runAsync(() -> delivery.awaitRoom(Duration.ofSeconds(20)));

        assertThatThrownBy(() -> source.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        gate.countDown();

        source.get(10, TimeUnit.SECONDS);
        assertThat(delivery.offer(line(17))).isTrue();
    }

    @Test
    void holdsItsSourceUpForALimitedTime() throws Exception {
        block();
        for (int i = 1; i <= EVENTS; i++) {
            delivery.offer(line(i));
        }

        delivery.awaitRoom(Duration.ofMillis(20));

        assertThat(delivery.offer(line(17))).isFalse();
        gate.countDown();
    }

    @Test
    void saysNothingMoreAfterItWasClosed() throws Exception {
        block();
        for (int i = 1; i <= EVENTS; i++) {
            delivery.offer(line(i));
        }
        delivery.end("closed", true);
        gate.countDown();

        assertThat(heard.end()).isEqualTo("closed");
        assertThat(heard.events).isEmpty();
    }

    @Test
    void boundsTheCharactersToo() throws Exception {
        block();

        assertThat(delivery.offer(new ConsoleEvent.Output("x".repeat(10_000), OptionalLong.of(1))))
                .isTrue();
        assertThat(delivery.offer(line(2))).isFalse();
        gate.countDown();
    }

    @Test
    void holdsALimitedNumberOfEventsWhateverComesAndKeepsTheLastState() throws Exception {
        block();
        for (int i = 0; i < 1000; i++) {
            delivery.put(new ConsoleEvent.Status(ServerState.RUNNING));
        }
        delivery.put(new ConsoleEvent.Status(ServerState.OFFLINE));
        delivery.end("over", false);
        gate.countDown();

        assertThat(heard.end()).isEqualTo("over");
        assertThat(heard.events).hasSize(2 * EVENTS + 1).last().isEqualTo(new ConsoleEvent.Status(ServerState.OFFLINE));
    }

    /** The bound is twice that of what may be left out, and whatever the last event holds. */
    @Test
    void boundsTheCharactersOfWhatMayNotBeLeftOut() throws Exception {
        block();
        for (int i = 0; i < 30; i++) {
            delivery.put(new ConsoleEvent.DaemonError("x".repeat(5_000)));
        }
        delivery.end("over", false);
        gate.countDown();

        heard.end();
        assertThat(heard.events).hasSize(4);
    }

    @Test
    void countsTheTextOfWhatMayBeLeftOut() throws Exception {
        block();

        assertThat(delivery.offer(new ConsoleEvent.DaemonMessage("x".repeat(10_000))))
                .isTrue();
        assertThat(delivery.offer(line(2))).isFalse();
        gate.countDown();
    }

    @Test
    void tellsOfAllGapsAndOfALostConnectionHoweverFarBehind() throws Exception {
        block();
        for (int i = 0; i < 2 * EVENTS; i++) {
            delivery.put(new ConsoleEvent.InstallStarted());
        }
        delivery.put(new ConsoleEvent.Gap(5, 7));
        delivery.put(new ConsoleEvent.Gap(8, 20));
        delivery.disconnected("broken");
        gate.countDown();

        for (int i = 0; i < 2 * EVENTS; i++) {
            heard.next();
        }
        assertThat(heard.next()).isEqualTo(new ConsoleEvent.Gap(5, 20));
        assertThat(heard.disconnection()).isEqualTo("broken");
        delivery.offer(line(21));
        assertThat(heard.next()).isEqualTo(line(21));
    }

    @Test
    void outlivesAListenerThatBreaksDown() throws Exception {
        var broken = new Delivery(
                new ConsoleListener() {
                    @Override
                    public void onEvent(ConsoleEvent event) {
                        heard.onEvent(event);
                        throw new NoClassDefFoundError("a listener's own mistake");
                    }

                    @Override
                    public void onClosed(String reason) {
                        heard.onClosed(reason);
                    }
                },
                EVENTS,
                10_000,
                () -> {});

        broken.offer(line(1));
        broken.offer(line(2));
        broken.end("over", false);

        assertThat(heard.next()).isEqualTo(line(1));
        assertThat(heard.next()).isEqualTo(line(2));
        assertThat(heard.end()).isEqualTo("over");
    }

    @Test
    void tellsTheEndAfterEverythingElse() throws Exception {
        delivery.offer(line(1));
        delivery.end("over", false);
        delivery.offer(line(2));
        delivery.end("again", false);
        gate.countDown();

        assertThat(heard.end()).isEqualTo("over");
        assertThat(heard.events).containsExactly(line(1));
        assertThat(heard.ends).isEmpty();
    }

    private void block() throws InterruptedException {
        delivery.put(new ConsoleEvent.Connected());
        first.await();
        heard.events.clear();
    }

    private static ConsoleEvent line(long number) {
        return new ConsoleEvent.Output("line " + number, OptionalLong.of(number));
    }

    private final class Gated implements ConsoleListener {

        @Override
        public void onEvent(ConsoleEvent event) {
            if (event instanceof ConsoleEvent.Connected) {
                first.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return;
            }
            heard.onEvent(event);
        }

        @Override
        public void onDisconnected(String reason) {
            heard.onDisconnected(reason);
        }

        @Override
        public void onClosed(String reason) {
            heard.onClosed(reason);
        }
    }
}
