package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.ServerState;
import dev.rookery.wings.FleetEvent.NodeChanged;
import dev.rookery.wings.FleetEvent.NodeGone;
import dev.rookery.wings.FleetEvent.ServerGone;
import dev.rookery.wings.FleetEvent.ServerSeen;
import dev.rookery.wings.NodeHealth.Circuit;
import dev.rookery.wings.internal.fleet.FleetStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FleetStreamTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final NodeId ONE = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);

    private final StubNode node = new StubNode();
    private final StubNode other = new StubNode();
    private final ServerId server = ServerId.random();
    private final Recorder recorder = new Recorder();
    private Fleet fleet;

    @BeforeEach
    void start() {
        node.has(server, ServerState.OFFLINE, 0);
        var options = FleetOptions.builder()
                .pollInterval(Duration.ofMillis(10))
                .failuresToOpen(2)
                .openFor(Duration.ofMillis(50))
                .build();
        fleet = Fleet.builder()
                .node(ONE, node)
                .node(TWO, other)
                .options(options)
                .build()
                .start();
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void tellsWhatIsKnownThenWhatChanges() throws Exception {
        awaitSeen();
        fleet.events().subscribe(recorder);
        recorder.subscription.request(Long.MAX_VALUE);

        assertThat(recorder.next(
                        event -> event instanceof NodeChanged && event.node().equals(TWO)))
                .isNotNull();
        assertThat(seen().state()).isEqualTo(ServerState.OFFLINE);

        node.has(server, ServerState.RUNNING, 5);
        var running = seen();
        assertThat(running.state()).isEqualTo(ServerState.RUNNING);
        assertThat(running.usage().memoryBytes()).isEqualTo(5);

        node.hasNoMore(server);
        assertThat(recorder.next(ServerGone.class::isInstance)).isEqualTo(new ServerGone(ONE, server));
    }

    @Test
    void tellsNothingThatDidNotChange() throws Exception {
        fleet.events().subscribe(recorder);
        recorder.subscription.request(Long.MAX_VALUE);
        seen();
        int asked = node.asked();

        await().atMost(LONG).until(() -> node.asked() > asked + 5);

        assertThat(recorder.events).noneMatch(ServerSeen.class::isInstance);
    }

    @Test
    void givesWhoIsSlowTheNewestOfEachServer() throws Exception {
        fleet.events().subscribe(recorder);
        for (int i = 1; i <= 20; i++) {
            node.has(server, ServerState.RUNNING, i);
            int asked = node.asked();
            await().atMost(LONG).until(() -> node.asked() > asked + 1);
        }

        recorder.subscription.request(3);

        var events = List.of(recorder.next(), recorder.next(), recorder.next());
        assertThat(events).filteredOn(NodeChanged.class::isInstance).hasSize(2);
        assertThat(events)
                .filteredOn(ServerSeen.class::isInstance)
                .singleElement()
                .satisfies(event ->
                        assertThat(((ServerSeen) event).usage().memoryBytes()).isEqualTo(20));
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void tellsWhenANodeIsLeftAloneAndWhenItIsBack() throws Exception {
        fleet.events().subscribe(recorder);
        recorder.subscription.request(Long.MAX_VALUE);
        node.behave(options -> {
            throw new UnavailableException("away");
        });

        var open = (NodeChanged) recorder.next(event -> circuit(event) == Circuit.OPEN);
        assertThat(open.node()).isEqualTo(ONE);
        assertThat(open.health().lastError()).contains("away");

        node.behave(options -> {});
        assertThat(recorder.next(event -> circuit(event) == Circuit.CLOSED
                        && event.node().equals(ONE)
                        && ((NodeChanged) event).health().failures() > 0))
                .isNotNull();
    }

    @Test
    void tellsWhichNodesComeAndGo() throws Exception {
        awaitSeen();
        fleet.remove(ONE);
        fleet.events().subscribe(recorder);
        recorder.subscription.request(Long.MAX_VALUE);
        assertThat(recorder.next())
                .as("nothing of what was taken out")
                .extracting(FleetEvent::node)
                .isEqualTo(TWO);

        var third = new NodeId(3);
        fleet.add(third, node);
        assertThat(seen().node()).isEqualTo(third);
        fleet.remove(third);
        assertThat(recorder.next(NodeGone.class::isInstance)).isEqualTo(new NodeGone(third));
    }

    @Test
    void neverOverlapsAndStopsWhenCancelled() throws Exception {
        recorder.then = () -> recorder.subscription.request(1);
        fleet.events().subscribe(recorder);
        recorder.subscription.request(1);
        for (int i = 1; i <= 50; i++) {
            node.has(server, ServerState.RUNNING, i);
            recorder.next();
        }
        assertThat(recorder.overlapped).isFalse();

        recorder.subscription.cancel();
        recorder.subscription.cancel();
        recorder.events.clear();
        int asked = node.asked();
        node.has(server, ServerState.STOPPING, 1);
        await().atMost(LONG).until(() -> node.asked() > asked + 3);
        assertThat(recorder.events).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void forgetsWhoCancelsAtOnce() {
        var stream = new FleetStream(Runnable::run);
        var cancelling = new Recorder() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.cancel();
            }
        };
        stream.subscribe(cancelling);

        assertThat(stream)
                .extracting("subscriptions")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    @Test
    void forgetsWhoseThreadsHaveEnded() {
        var stream = new FleetStream(task -> {
            throw new RejectedExecutionException("ended");
        });
        stream.subscribe(recorder);
        recorder.subscription.request(1);

        stream.publish(new NodeGone(ONE));
        stream.publish(new NodeGone(TWO));

        assertThat(stream)
                .extracting("subscriptions")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    @Test
    void letsGoOfASubscriberThatBreaksDown() throws Exception {
        var broken = new Recorder();
        broken.then = () -> {
            throw new AssertionError("a subscriber's own mistake");
        };
        fleet.events().subscribe(broken);
        fleet.events().subscribe(recorder);
        broken.subscription.request(1);
        broken.next();
        broken.subscription.request(Long.MAX_VALUE);
        recorder.subscription.request(Long.MAX_VALUE);

        assertThat(seen().state()).isEqualTo(ServerState.OFFLINE);
        assertThat(broken.events).isEmpty();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(fleet.events())
                        .extracting("subscriptions")
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .hasSize(1));
    }

    @Test
    void tellsThatANodeIsTried() throws Exception {
        fleet.events().subscribe(recorder);
        recorder.subscription.request(Long.MAX_VALUE);
        node.behave(options -> {
            throw new UnavailableException("away");
        });

        recorder.next(event -> circuit(event) == Circuit.OPEN);
        // States that follow each other at once are told as one: the trial lasts until it is seen.
        var seen = new CountDownLatch(1);
        node.behave(options -> {
            awaitQuietly(seen);
            throw new UnavailableException("away");
        });
        try {
            recorder.next(event -> event instanceof NodeChanged && circuit(event) == Circuit.HALF_OPEN);
        } finally {
            seen.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void failsAfterARequestOfNothingAndCompletesWhenClosed() throws Exception {
        var wrong = new Recorder();
        fleet.events().subscribe(wrong);
        wrong.subscription.request(0);
        assertThat(wrong.failed.await(10, TimeUnit.SECONDS)).isTrue();

        fleet.events().subscribe(recorder);
        fleet.close();
        assertThat(recorder.completed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitSeen() {
        await().atMost(LONG).until(() -> node.asked() > 1);
    }

    private ServerSeen seen() throws InterruptedException {
        return (ServerSeen) recorder.next(ServerSeen.class::isInstance);
    }

    private static Circuit circuit(FleetEvent event) {
        return event instanceof NodeChanged changed ? changed.health().circuit() : Circuit.HALF_OPEN;
    }

    private static class Recorder implements Flow.Subscriber<FleetEvent> {

        final BlockingQueue<FleetEvent> events = new LinkedBlockingQueue<>();
        final CountDownLatch failed = new CountDownLatch(1);
        final CountDownLatch completed = new CountDownLatch(1);
        private final AtomicInteger inside = new AtomicInteger();
        volatile Flow.Subscription subscription;
        volatile Runnable then = () -> {};
        volatile boolean overlapped;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(FleetEvent event) {
            overlapped |= inside.incrementAndGet() > 1;
            events.add(event);
            then.run();
            inside.decrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            failed.countDown();
        }

        @Override
        public void onComplete() {
            completed.countDown();
        }

        FleetEvent next() throws InterruptedException {
            return next(event -> true);
        }

        FleetEvent next(Predicate<FleetEvent> wanted) throws InterruptedException {
            while (true) {
                var event = events.poll(20, TimeUnit.SECONDS);
                if (event == null) {
                    throw new AssertionError("nothing of the kind came");
                }
                if (wanted.test(event)) {
                    return event;
                }
            }
        }
    }
}
