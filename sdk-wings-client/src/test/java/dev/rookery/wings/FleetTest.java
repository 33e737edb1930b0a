package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.Node;
import dev.rookery.wings.FleetOutcome.Reason;
import dev.rookery.wings.NodeHealth.Circuit;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FleetTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Map<NodeId, StubNode> nodes = new LinkedHashMap<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private Fleet fleet;

    @AfterEach
    void close() {
        gate.countDown();
        if (fleet != null) {
            fleet.close();
        }
    }

    // Questions

    @Test
    void bringsAnAnswerOfEveryNodeInTheirOrder() {
        start(3, quiet().build());

        var result = fleet.each(List.of(id(3), id(1), id(2)), Node::system).join();

        assertThat(result.complete()).isTrue();
        assertThat(result.answers()).containsOnlyKeys(id(1), id(2), id(3));
        assertThat(result.outcomes().keySet()).containsExactly(id(3), id(1), id(2));
    }

    @Test
    void bringsWhatThereIsWhenSomeNodesFail() {
        start(3, quiet().build());
        nodes.get(id(2)).behave(options -> {
            throw new UnavailableException("away");
        });

        var result = fleet.each(List.of(id(1), id(2), id(9)), Node::system).join();

        assertThat(result.complete()).isFalse();
        assertThat(result.answers()).containsOnlyKeys(id(1));
        assertThat(result.failures()).containsOnlyKeys(id(2));
        assertThat(result.failures().get(id(2))).hasMessage("away");
        assertThat(result.notAsked()).isEqualTo(Map.of(id(9), Reason.UNKNOWN_NODE));
    }

    @Test
    void takesAFunctionThatGoesWrongForItsOwnMistake() {
        start(2, quiet().failuresToOpen(1).build());

        var result = fleet.each(node -> {
                    throw new IllegalStateException("a caller's own mistake");
                })
                .join();
        fleet.each(node -> {
                    throw new StackOverflowError();
                })
                .join();

        assertThat(result.failures().values()).hasSize(2).allMatch(IllegalStateException.class::isInstance);
        assertThat(fleet.health()).extracting(NodeHealth::circuit).containsOnly(Circuit.CLOSED);
    }

    /** Their limit is hours away. */
    @Test
    void freesTheAnswersOfAQuestionAtOnce() {
        start(2, quiet().build());
        var answers = new ReferenceQueue<Object>();

        var kept = List.of(answer(answers), answer(answers));

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return kept.stream().allMatch(reference -> reference.refersTo(null));
        });
    }

    private WeakReference<Object> answer(ReferenceQueue<Object> freed) {
        var result = fleet.each(Set.of(id(1)), node -> new Object(), Duration.ofHours(6))
                .join();
        return new WeakReference<>(result.answers().get(id(1)), freed);
    }

    @Test
    void asksALimitedNumberAtATime() {
        start(20, quiet().concurrency(4).build());
        var inside = new AtomicInteger();
        var most = new AtomicInteger();

        var result = fleet.each(node -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    node.system();
                    return inside.decrementAndGet();
                })
                .join();

        assertThat(result.complete()).isTrue();
        assertThat(most.get()).isBetween(1, 4);
    }

    @Test
    void comesBackAtTheDeadlineWithWhatThereIs() {
        start(5, quiet().concurrency(3).build());
        // Deaf to its deadline, as a program's own function may be.
        nodes.get(id(1)).behave(options -> stand());
        nodes.get(id(2)).behave(options -> stand());
        nodes.get(id(3)).behave(options -> stand());

        var result =
                fleet.each(nodes.keySet(), Node::system, Duration.ofMillis(200)).join();

        assertThat(result.failures()).containsOnlyKeys(id(1), id(2), id(3));
        assertThat(result.failures().values()).allMatch(DeadlineException.class::isInstance);
        assertThat(result.notAsked()).isEqualTo(Map.of(id(4), Reason.DEADLINE, id(5), Reason.DEADLINE));
    }

    @Test
    void boundsEachCallByWhatIsLeft() {
        start(1, quiet().build());

        nodes.get(id(1))
                .behave(options -> assertThat(options.deadline().orElseThrow())
                        .isPositive()
                        .isLessThanOrEqualTo(Duration.ofSeconds(7)));

        assertThat(fleet.each(nodes.keySet(), Node::system, Duration.ofSeconds(7))
                        .join()
                        .complete())
                .isTrue();
    }

    @Test
    void cancelsWhatRunsAndAsksNobodyElse() throws Exception {
        start(2, quiet().concurrency(1).build());
        var running = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        nodes.values()
                .forEach(node -> node.behave(options -> {
                    options.cancel().orElseThrow().onCancel(cancelled::countDown);
                    running.countDown();
                    stand();
                }));
        var asking = fleet.each(Node::system);
        running.await();

        asking.cancel(true);

        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(asking::join).isInstanceOf(CancellationException.class);
        gate.countDown();
        assertThat(fleet.each(Set.of(id(1)), node -> 1).join().complete()).isTrue();
        assertThat(nodes.get(id(1)).asked() + nodes.get(id(2)).asked()).isEqualTo(1);
        assertThat(fleet.health()).extracting(NodeHealth::failures).containsOnly(0L);
    }

    @Test
    void holdsALimitedNumberOfQuestions() throws Exception {
        start(4, quiet().concurrency(1).waiting(2).build());
        var running = new CountDownLatch(1);
        nodes.values()
                .forEach(node -> node.behave(options -> {
                    running.countDown();
                    stand();
                }));
        var first = fleet.each(List.of(id(1)), Node::system);
        running.await();

        var rest = fleet.each(List.of(id(2), id(3), id(4)), Node::system);
        gate.countDown();

        assertThat(first.join().complete()).isTrue();
        assertThat(rest.join().notAsked()).isEqualTo(Map.of(id(4), Reason.TOO_MANY));
    }

    @Test
    void answersAtOnceWhenNobodyIsAsked() {
        start(0, quiet().build());

        assertThat(fleet.each(Node::system).join().outcomes()).isEmpty();
    }

    // Circuits and health

    @Test
    void leavesANodeAloneThatOnlyFailsAndTriesItAgain() {
        start(1, quiet().failuresToOpen(3).openFor(Duration.ofMillis(300)).build());
        var node = nodes.get(id(1)).behave(options -> {
            throw new UnavailableException("away");
        });
        for (int i = 0; i < 3; i++) {
            assertThat(fleet.each(Node::system).join().failures()).hasSize(1);
        }

        assertThat(fleet.each(Node::system).join().notAsked()).isEqualTo(Map.of(id(1), Reason.CIRCUIT_OPEN));
        assertThat(node.asked()).isEqualTo(3);
        assertThat(fleet.health(id(1)).circuit()).isEqualTo(Circuit.OPEN);
        assertThat(fleet.health(id(1)).lastError()).contains("away");

        node.behave(options -> {});
        await().atMost(LONG).until(() -> fleet.each(Node::system).join().complete());
        assertThat(fleet.health(id(1)).circuit()).isEqualTo(Circuit.CLOSED);
        assertThat(fleet.health(id(1)).failuresInARow()).isZero();
    }

    @Test
    void takesANoForAnAnswer() {
        start(1, quiet().failuresToOpen(1).build());
        nodes.get(id(1)).behave(options -> {
            throw new DeniedException("no");
        });

        fleet.each(Node::system).join();

        var health = fleet.health(id(1));
        assertThat(health.circuit()).isEqualTo(Circuit.CLOSED);
        assertThat(health.lastSeen()).isPresent();
        assertThat(health.latency()).isPresent();
        assertThat(health.calls()).isEqualTo(1);
        assertThat(health.failures()).isZero();
    }

    @Test
    void saysThatThereIsNoSuchNode() {
        start(1, quiet().build());

        assertThatThrownBy(() -> fleet.health(id(2))).isInstanceOf(NotFoundException.class);
        assertThat(fleet.find(id(1))).isPresent();
        assertThat(fleet.find(id(2))).isEmpty();
        assertThat(fleet.remove(id(1))).isTrue();
        assertThat(fleet.remove(id(1))).isFalse();
        assertThat(fleet.nodes()).isEmpty();
    }

    // Life

    @Test
    void looksAtItsNodesByItself() {
        start(2, FleetOptions.builder().pollInterval(Duration.ofMillis(20)).build());

        await().atMost(LONG)
                .until(() -> nodes.get(id(1)).asked() > 2 && nodes.get(id(2)).asked() > 2);
        fleet.add(id(3), nodes.computeIfAbsent(id(3), id -> new StubNode()));
        await().atMost(LONG).until(() -> fleet.health(id(3)).lastSeen().isPresent());
    }

    @Test
    void asksNobodyBeforeItIsStartedNorAfterItIsClosed() {
        fleet = build(1, quiet().build());
        assertThatThrownBy(() -> fleet.each(Node::system)).isInstanceOf(ConflictException.class);

        fleet.start();
        assertThat(fleet.start()).isSameAs(fleet);
        fleet.close();
        fleet.close();

        assertThat(fleet.each(Node::system).join().notAsked()).isEqualTo(Map.of(id(1), Reason.CLOSED));
        assertThatThrownBy(fleet::start).isInstanceOf(ConflictException.class);
    }

    @Test
    void endsQuestionsWhenItIsClosed() throws Exception {
        start(2, quiet().concurrency(1).build());
        var running = new CountDownLatch(1);
        nodes.values()
                .forEach(node -> node.behave(options -> {
                    running.countDown();
                    stand();
                }));
        var asking = fleet.each(List.of(id(1), id(2)), Node::system);
        running.await();

        fleet.close();

        assertThat(asking.join().failures()).containsOnlyKeys(id(1));
        assertThat(asking.join().notAsked()).isEqualTo(Map.of(id(2), Reason.CLOSED));
    }

    @Test
    void leavesNoThreadBehindAndThoseOfOthersAlone() throws Exception {
        start(50, FleetOptions.builder().pollInterval(Duration.ofMillis(10)).build());
        fleet.each(Node::system).join();
        fleet.close();
        await().atMost(LONG).until(() -> threads("wings-fleet").isEmpty());

        var executor = Executors.newFixedThreadPool(2, task -> new Thread(task, "given-calls"));
        var scheduler = Executors.newScheduledThreadPool(1, task -> new Thread(task, "given-time"));
        try {
            fleet = Fleet.builder()
                    .nodes(nodes)
                    .options(quiet().build())
                    .executor(executor)
                    .scheduler(scheduler)
                    .build()
                    .start();
            assertThat(fleet.each(node -> Thread.currentThread().getName())
                            .join()
                            .answers()
                            .values())
                    .containsOnly("given-calls");
            fleet.close();
            assertThat(executor.isShutdown() || scheduler.isShutdown()).isFalse();
            assertThat(threads("wings-fleet")).isEmpty();
        } finally {
            executor.shutdownNow();
            scheduler.shutdownNow();
        }
    }

    @Test
    void endsQuestionsWhoseExecutorIsGone() {
        var executor = Executors.newFixedThreadPool(1);
        fleet = Fleet.builder()
                .node(id(1), new StubNode())
                .options(quiet().build())
                .executor(executor)
                .build()
                .start();
        executor.shutdownNow();

        assertThat(fleet.each(Node::system).join().notAsked()).isEqualTo(Map.of(id(1), Reason.CLOSED));
    }

    @Test
    void refusesBoundsThatAreNone() {
        assertThatThrownBy(() -> FleetOptions.builder().concurrency(0).build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("concurrency: 0 (expected: >= 1)");
        assertThatThrownBy(() ->
                        FleetOptions.builder().openForMax(Duration.ofMillis(1)).build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("openFor");
    }

    private void start(int count, FleetOptions options) {
        fleet = build(count, options).start();
    }

    private Fleet build(int count, FleetOptions options) {
        for (int i = 1; i <= count; i++) {
            nodes.put(id(i), new StubNode());
        }
        return Fleet.builder().nodes(nodes).options(options).build();
    }

    /** Bounds of a fleet that looks at nothing by itself. */
    private static FleetOptionsBuilder quiet() {
        return FleetOptions.builder().pollInterval(Duration.ZERO);
    }

    private void stand() {
        try {
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the gate stayed closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(thread -> thread.startsWith(name))
                .toList();
    }

    private static NodeId id(int value) {
        return new NodeId(value);
    }
}
