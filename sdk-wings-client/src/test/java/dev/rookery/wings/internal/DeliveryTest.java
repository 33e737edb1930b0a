package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeliveryTest {

    private static final int EVENTS = 16;

    private final RecordingListener heard = new RecordingListener();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch first = new CountDownLatch(1);
    private final Delivery delivery = new Delivery(new Gated(), EVENTS, 10_000);

    @Test
    void leavesOutNumberedLinesAndSaysWhich() throws Exception {
        block();
        for (int i = 1; i <= 40; i++) {
            delivery.offer(line(i));
        }
        gate.countDown();

        for (int i = 1; i <= EVENTS; i++) {
            assertThat(heard.next()).isEqualTo(line(i));
        }
        assertThat(heard.next()).isEqualTo(new ConsoleEvent.Gap(17, 40));
    }

    @Test
    void tellsThePowerStateHoweverFarBehind() throws Exception {
        block();
        for (int i = 1; i <= 20; i++) {
            delivery.offer(line(i));
        }
        var status = new ConsoleEvent.Status(ServerState.OFFLINE);
        delivery.offer(status);
        gate.countDown();

        for (int i = 1; i <= EVENTS; i++) {
            heard.next();
        }
        assertThat(heard.next()).isEqualTo(new ConsoleEvent.Gap(17, 20));
        assertThat(heard.next()).isEqualTo(status);
    }

    @Test
    void remarksUnnumberedLinesThatItLeftOutButNoStats() throws Exception {
        block();
        for (int i = 1; i <= EVENTS + 5; i++) {
            delivery.offer(new ConsoleEvent.Output("x", OptionalLong.empty()));
        }
        delivery.offer(new ConsoleEvent.Stats(ResourceUsage.NONE));
        gate.countDown();

        for (int i = 1; i <= EVENTS; i++) {
            heard.next();
        }
        assertThat(heard.next()).asString().contains("5 lines skipped");
    }

    @Test
    void boundsTheCharactersToo() throws Exception {
        block();
        delivery.offer(new ConsoleEvent.Output("x".repeat(10_000), OptionalLong.of(1)));
        delivery.offer(line(2));
        gate.countDown();

        heard.next();
        assertThat(heard.next()).isEqualTo(new ConsoleEvent.Gap(2, 2));
    }

    @Test
    void holdsALimitedNumberOfEventsWhateverComesAndKeepsTheLastState() throws Exception {
        block();
        for (int i = 0; i < 1000; i++) {
            delivery.offer(new ConsoleEvent.Status(ServerState.RUNNING));
        }
        delivery.offer(new ConsoleEvent.Status(ServerState.OFFLINE));
        delivery.end("over", false);
        gate.countDown();

        assertThat(heard.end()).isEqualTo("over");
        assertThat(heard.events).hasSize(2 * EVENTS + 1).last().isEqualTo(new ConsoleEvent.Status(ServerState.OFFLINE));
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
        delivery.offer(new ConsoleEvent.Connected());
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
        public void onClosed(String reason) {
            heard.onClosed(reason);
        }
    }
}
