package dev.rookery.daemon.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.UnavailableException;
import dev.rookery.kit.NamedThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTest {

    private final Gate gate = new Gate(1);
    private final ExecutorService threads = NamedThreads.perTask("gate-test");
    private final List<Integer> waiting = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void letsTheNextInWhenAPlaceIsFree() throws Exception {
        var first = gate.enter(waiting::add, CancelSignal.create());
        var second = enter(CancelSignal.create());
        await().until(() -> waiting.size() == 1);
        var third = enter(CancelSignal.create());
        await().until(() -> waiting.size() == 2);
        assertThat(waiting).containsExactly(0, 1);
        assertThat(second).isNotDone();
        first.close();
        first.close();
        second.get().close();
        third.get().close();
        gate.enter(waiting::add, CancelSignal.create()).close();
        assertThat(waiting).hasSize(2);
    }

    @Test
    void whoHangsKeepsItsPlaceForAWhileOnly() throws Exception {
        var timer = Executors.newSingleThreadScheduledExecutor();
        try {
            var limited = Gate.withLimit(1, Duration.ofMillis(200), timer);
            var hangs = limited.enter(waiting::add, CancelSignal.create());
            long begun = System.nanoTime();
            var next = limited.enter(waiting::add, CancelSignal.create());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(150));
            assertThat(waiting).containsExactly(0);
            // It ends after all, which frees nobody's place.
            hangs.close();
            var third = threads.submit(() -> limited.enter(waiting::add, CancelSignal.create()));
            await().until(() -> waiting.size() == 2);
            next.close();
            third.get().close();
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void aDaemonThatIsClosingGivesNoPlace() {
        var timer = Executors.newSingleThreadScheduledExecutor();
        timer.shutdownNow();
        assertThatThrownBy(() ->
                        Gate.withLimit(1, Duration.ofSeconds(1), timer).enter(waiting::add, CancelSignal.create()))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void whoFailsToTellOfTheLineTakesNoPlace() throws Exception {
        var first = gate.enter(waiting::add, CancelSignal.create());
        assertThatThrownBy(() -> gate.enter(
                        before -> {
                            throw new IllegalStateException("nobody to tell");
                        },
                        CancelSignal.create()))
                .hasMessage("nobody to tell");
        first.close();
        gate.enter(waiting::add, CancelSignal.create()).close();
        assertThat(waiting).isEmpty();
    }

    @Test
    void whoIsCancelledInTheLineTakesNoPlace() throws Exception {
        var first = gate.enter(waiting::add, CancelSignal.create());
        var cancel = CancelSignal.create();
        var second = enter(cancel);
        await().until(() -> waiting.size() == 1);
        var third = enter(CancelSignal.create());
        await().until(() -> waiting.size() == 2);
        cancel.cancel();
        assertThatThrownBy(second::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(UnavailableException.class);
        first.close();
        third.get().close();
    }

    @Test
    void whatRunsAlreadyGoesOnAndIsCounted() throws Exception {
        var first = gate.enter(waiting::add, CancelSignal.create());
        var resumed = gate.resume();
        var next = enter(CancelSignal.create());
        await().until(() -> waiting.size() == 1);
        first.close();
        assertThat(next).isNotDone();
        resumed.close();
        next.get().close();
    }

    private Future<Gate.Place> enter(CancelSignal cancel) {
        return threads.submit(() -> gate.enter(waiting::add, cancel));
    }
}
