package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.console.ConsolePublisher;
import dev.rookery.api.console.ConsoleReader;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The views of a console over a real socket. */
@Timeout(60)
class ConsoleViewsTest extends ConsoleFixture {

    private static final int LINES = 20_000;

    @Test
    void readsEveryLineAtItsOwnPace() throws Exception {
        peer.numbering();
        var opening = CompletableFuture.supplyAsync(
                () -> ConsoleReader.open(patientNode(4096).server(peer.id), ConsoleOptions.live()));
        var session = peer.accepted();
        try (var reader = opening.get(40, TimeUnit.SECONDS)) {
            for (int i = 1; i <= LINES; i++) {
                session.line(i);
            }
            assertThat(reader.next()).isInstanceOf(ConsoleEvent.Connected.class);
            for (int i = 1; i <= LINES; i++) {
                assertThat(reader.next()).isEqualTo(new ConsoleEvent.Output("line " + i, OptionalLong.of(i)));
            }
            session.send("deleted", "null");
            assertThat(reader.next()).isInstanceOf(ConsoleEvent.Deleted.class);
            assertThat(reader.hasNext()).isFalse();
            assertThat(reader.endReason()).contains("the server was deleted");
        }
    }

    @Test
    void publishesOneAtATimeAndCompletesWithTheServer() throws Exception {
        peer.numbering();
        var counting = new Counting();
        var opening = CompletableFuture.runAsync(
                () -> ConsolePublisher.of(patientNode(4096).server(peer.id), ConsoleOptions.live())
                        .subscribe(counting));
        var session = peer.accepted();
        opening.get(40, TimeUnit.SECONDS);
        for (int i = 1; i <= LINES; i++) {
            session.line(i);
        }
        session.send("deleted", "null");

        assertThat(counting.completed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(counting.last).isEqualTo(LINES);
        assertThat(counting.inOrder).isTrue();
    }

    /** Asks for one more with each it gets. */
    private static final class Counting implements Flow.Subscriber<ConsoleEvent> {

        final CountDownLatch completed = new CountDownLatch(1);
        private Flow.Subscription subscription;
        volatile long last;
        volatile boolean inOrder = true;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(ConsoleEvent event) {
            if (event instanceof ConsoleEvent.Output output) {
                long number = output.number().orElseThrow();
                inOrder &= number == last + 1;
                last = number;
            }
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            inOrder = false;
            completed.countDown();
        }

        @Override
        public void onComplete() {
            completed.countDown();
        }
    }
}
