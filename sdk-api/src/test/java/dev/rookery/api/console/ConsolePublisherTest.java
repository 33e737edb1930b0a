package dev.rookery.api.console;

import static dev.rookery.api.console.ScriptedConsole.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.DeniedException;
import dev.rookery.api.UnavailableException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules are those of Reactive Streams 1.0.4, of which {@link Flow} is a copy; their numbers are named. */
@Timeout(30)
class ConsolePublisherTest {

    private final List<ScriptedConsole> consoles = new CopyOnWriteArrayList<>();
    private final ConsolePublisher publisher = ConsolePublisher.of(this::open);

    /** Rule 1.1. */
    @Test
    void tellsNoMoreThanWasRequested() throws Exception {
        var subscriber = subscribe();
        console().lines(1, 100);
        assertThat(subscriber.events.poll(50, TimeUnit.MILLISECONDS)).isNull();

        subscriber.subscription.request(2);
        assertThat(List.of(subscriber.next(), subscriber.next())).containsExactly(line(1), line(2));
        assertThat(subscriber.events.poll(50, TimeUnit.MILLISECONDS)).isNull();

        subscriber.subscription.request(1);
        assertThat(subscriber.next()).isEqualTo(line(3));
        assertThat(console().untold()).as("the rest waits at its source").isGreaterThanOrEqualTo(96);
    }

    /** Rules 3.8 and 3.17. */
    @Test
    void addsRequestsUpWithoutOverflow() throws Exception {
        var subscriber = subscribe();
        subscriber.subscription.request(Long.MAX_VALUE);
        subscriber.subscription.request(Long.MAX_VALUE);
        console().lines(1, 1000);

        for (int i = 1; i <= 1000; i++) {
            assertThat(subscriber.next()).isEqualTo(line(i));
        }
    }

    /** Rules 1.3 and 3.3: requests from within, and from other threads, neither overlap nor recurse. */
    @Test
    void tellsOneAfterTheOther() throws Exception {
        var subscriber = new Recorder(recorder -> recorder.subscription.request(1));
        publisher.subscribe(subscriber);
        var others = new Thread(() -> {
            for (int i = 0; i < 1000; i++) {
                subscriber.subscription.request(1);
            }
        });
        others.start();
        console().lines(1, 5000);

        for (int i = 1; i <= 5000; i++) {
            assertThat(subscriber.next()).isEqualTo(line(i));
        }
        others.join();
        assertThat(subscriber.overlapped).isFalse();
    }

    /** Rules 1.8, 3.5, 3.7 and 3.12. */
    @Test
    void tellsNothingAfterItWasCancelled() throws Exception {
        var subscriber = subscribe();
        subscriber.subscription.request(10);
        console().lines(1, 1);
        subscriber.next();

        subscriber.subscription.cancel();
        subscriber.subscription.cancel();
        subscriber.subscription.request(5);
        subscriber.subscription.request(-1);

        assertThat(console().open()).isFalse();
        assertThat(subscriber.events.poll(50, TimeUnit.MILLISECONDS)).isNull();
        assertThat(subscriber.failures).isEmpty();
        assertThat(subscriber.completed.getCount()).isOne();
    }

    @Test
    void cancelsFromWithin() throws Exception {
        var subscriber = new Recorder(recorder -> recorder.subscription.cancel());
        publisher.subscribe(subscriber);
        subscriber.subscription.request(10);
        console().lines(1, 10);

        assertThat(subscriber.next()).isEqualTo(line(1));
        assertThat(subscriber.events.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    /** Rule 2.13: who fails is taken for cancelled. */
    @Test
    void closesTheConsoleOfASubscriberThatBreaksDown() throws Exception {
        var subscriber = new Recorder(recorder -> {
            throw new AssertionError("a subscriber's own mistake");
        });
        publisher.subscribe(subscriber);
        subscriber.subscription.request(10);
        console().lines(1, 10);

        assertThat(subscriber.next()).isEqualTo(line(1));
        while (console().open()) {
            Thread.onSpinWait();
        }
        assertThat(subscriber.events).isEmpty();
    }

    /** Rule 3.9. */
    @Test
    void failsAfterARequestOfNothing() throws Exception {
        var subscriber = subscribe();

        subscriber.subscription.request(0);

        assertThat(subscriber.failure())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("> 0");
        assertThat(console().open()).isFalse();
    }

    /** Rule 1.9. */
    @Test
    void takesNoSubscriberThatIsNone() {
        assertThatThrownBy(() -> publisher.subscribe(null)).isInstanceOf(NullPointerException.class);
    }

    /** Rules 1.4 and 1.9: even who gets nothing is given a subscription first. */
    @Test
    void failsWhenTheConsoleCannotBeOpened() throws Exception {
        var subscriber = new Recorder(recorder -> {});
        ConsolePublisher.of(listener -> {
                    throw new UnavailableException("away");
                })
                .subscribe(subscriber);

        assertThat(subscriber.subscription).isNotNull();
        assertThat(subscriber.failure())
                .isInstanceOf(UnavailableException.class)
                .hasMessage("away");
    }

    /** Rule 1.5. */
    @Test
    void completesWhenTheServerIsDeleted() throws Exception {
        var subscriber = subscribe();
        subscriber.subscription.request(10);

        console().tell(new ConsoleEvent.Deleted());
        console().end("the server was deleted");

        assertThat(subscriber.next()).isInstanceOf(ConsoleEvent.Deleted.class);
        assertThat(subscriber.completed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(subscriber.failures).isEmpty();
    }

    @Test
    void failsWhenTheNodeEndsTheConsole() throws Exception {
        var ended = subscribe();
        console().end("suspended (4409)");
        assertThat(ended.failure()).isInstanceOf(UnavailableException.class).hasMessageContaining("4409");

        var lost = subscribe();
        lost.subscription.request(1);
        console().tell(new ConsoleEvent.AuthorityLost("denied"));
        console().end("put out");
        assertThat(lost.failure()).isInstanceOf(DeniedException.class).hasMessageContaining("denied");
    }

    /** Rule 2.13. */
    @Test
    void takesASubscriberThatThrowsForCancelled() throws Exception {
        var subscriber = new Recorder(recorder -> {
            throw new IllegalStateException("a subscriber's own mistake");
        });
        publisher.subscribe(subscriber);
        subscriber.subscription.request(10);
        console().lines(1, 3);

        subscriber.next();
        assertThat(subscriber.events.poll(50, TimeUnit.MILLISECONDS)).isNull();
        assertThat(console().open()).isFalse();
    }

    @Test
    void opensNothingForWhoCancelsAtOnce() {
        publisher.subscribe(new Recorder(recorder -> {}) {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.cancel();
            }
        });

        assertThat(consoles).isEmpty();
    }

    /** Rule 1.10 and 1.11. */
    @Test
    void givesEachSubscriberAConsoleOfItsOwn() throws Exception {
        var first = subscribe();
        var second = subscribe();
        second.subscription.request(1);
        consoles.get(0).lines(1, 1);
        consoles.get(1).lines(2, 2);

        assertThat(second.next()).isEqualTo(line(2));
        assertThat(first.events).isEmpty();
    }

    @Test
    void feedsTheProcessorsOfOthers() throws Exception {
        var seen = new CompletableFuture<ConsoleEvent>();
        try (var processor = new SubmissionPublisher<ConsoleEvent>()) {
            processor.consume(seen::complete);
            publisher.subscribe(new Recorder(recorder -> processor.submit(recorder.events.peek())) {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(1);
                }
            });
            console().lines(1, 1);

            assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(line(1));
        }
    }

    private Console open(ConsoleListener listener) {
        var console = new ScriptedConsole(listener);
        consoles.add(console);
        return console;
    }

    private ScriptedConsole console() {
        return consoles.get(consoles.size() - 1);
    }

    private Recorder subscribe() {
        var subscriber = new Recorder(recorder -> {});
        publisher.subscribe(subscriber);
        return subscriber;
    }

    private static class Recorder implements Flow.Subscriber<ConsoleEvent> {

        final BlockingQueue<ConsoleEvent> events = new LinkedBlockingQueue<>();
        final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        final CountDownLatch completed = new CountDownLatch(1);
        private final Consumer<Recorder> then;
        private final AtomicInteger inside = new AtomicInteger();
        volatile boolean overlapped;
        volatile Flow.Subscription subscription;

        Recorder(Consumer<Recorder> then) {
            this.then = then;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(ConsoleEvent event) {
            overlapped |= inside.incrementAndGet() > 1;
            events.add(event);
            try {
                then.accept(this);
            } finally {
                inside.decrementAndGet();
            }
        }

        @Override
        public void onError(Throwable failure) {
            failures.add(failure);
        }

        @Override
        public void onComplete() {
            completed.countDown();
        }

        ConsoleEvent next() throws InterruptedException {
            var event = events.poll(10, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing came");
            }
            return event;
        }

        Throwable failure() throws InterruptedException {
            var failure = failures.poll(10, TimeUnit.SECONDS);
            if (failure == null) {
                throw new AssertionError("nothing failed");
            }
            return failure;
        }
    }
}
