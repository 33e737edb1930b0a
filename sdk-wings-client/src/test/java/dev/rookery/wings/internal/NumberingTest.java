package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NumberingTest {

    private static final int EVENTS = 16;

    private final RecordingListener heard = new RecordingListener();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Delivery delivery = new Delivery(this::hear, EVENTS, 100_000, () -> {});
    private final Numbering numbering = new Numbering(OptionalLong.empty(), delivery);

    @Test
    void resumesAfterTheLastLine() {
        numbering.connected();
        lines(7, 8);

        assertThat(numbering.connected()).isEqualTo(resume(8));
    }

    @Test
    void resumesAfterAGapAtTheEnd() {
        numbering.accept(new ConsoleEvent.Gap(9, 30));

        assertThat(numbering.connected()).isEqualTo(resume(30));
    }

    @Test
    void mindsNoLinesThatWereAskedForOnceMore() throws Exception {
        numbering.connected();
        lines(7, 8);
        lines(7, 7);
        lines(9, 9);
        gate.countDown();

        assertThat(told(4)).containsExactly(line(7), line(8), line(7), line(9));
    }

    @Test
    void followsALogThatWasBegunAnew() throws Exception {
        numbering.connected();
        lines(700, 700);
        numbering.connected();
        lines(1, 2);
        gate.countDown();

        assertThat(told(3)).containsExactly(line(700), line(1), line(2));
        assertThat(numbering.connected()).isEqualTo(resume(2));
    }

    @Test
    void asksAgainForWhatASlowListenerMissed() throws Exception {
        numbering.connected();
        overflow();
        var last = lastTold();

        var asked = numbering.heal();
        assertThat(asked).contains(resume(last));
        // What was on its way before the node took note.
        lines(101, 101);
        for (long number = last + 1; number <= 102; number++) {
            lines(number, number);
            delivery.awaitRoom(Duration.ofSeconds(10));
        }

        var told = told(102);
        for (int i = 0; i < 102; i++) {
            assertThat(told.get(i)).isEqualTo(line(i + 1));
        }
    }

    @Test
    void takesTheNodesWordThatWhatWasMissedIsGone() throws Exception {
        numbering.connected();
        overflow();
        long last = lastTold();

        numbering.heal();
        numbering.accept(new ConsoleEvent.Gap(last + 1, 98));
        lines(99, 101);

        var told = told((int) last + 4);
        assertThat(told.subList((int) last, told.size()))
                .containsExactly(new ConsoleEvent.Gap(last + 1, 98), line(99), line(100), line(101));
    }

    @Test
    void givesUpWhatTheNodeDoesNotSendAgain() throws Exception {
        numbering.connected();
        overflow();
        long last = lastTold();

        numbering.heal();
        numbering.giveUp();
        lines(101, 101);

        var told = told((int) last + 2);
        assertThat(told.subList((int) last, told.size()))
                .containsExactly(new ConsoleEvent.Gap(last + 1, 100), line(101));
        assertThat(numbering.heal()).isEmpty();
    }

    /** Sends a hundred lines to a listener that stands still, then lets it run until it has caught up. */
    private void overflow() throws InterruptedException {
        lines(1, 100);
        gate.countDown();
        while (delivery.refusing()) {
            Thread.onSpinWait();
        }
    }

    private long lastTold() {
        return numbering.last().orElseThrow();
    }

    private void lines(long from, long to) {
        for (long number = from; number <= to; number++) {
            numbering.accept(line(number), number);
        }
    }

    private List<ConsoleEvent> told(int count) throws InterruptedException {
        var events = new ArrayList<ConsoleEvent>();
        for (int i = 0; i < count; i++) {
            events.add(heard.next());
        }
        return events;
    }

    private void hear(ConsoleEvent event) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        heard.onEvent(event);
    }

    private static ConsoleEvent.Output line(long number) {
        return new ConsoleEvent.Output("line " + number, OptionalLong.of(number));
    }

    private static Frame resume(long number) {
        return Frame.of(ConsoleFrames.RESUME, Long.toString(number));
    }
}
