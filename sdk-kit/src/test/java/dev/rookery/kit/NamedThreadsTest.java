package dev.rookery.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NamedThreadsTest {

    @Test
    void numbersThreadsAndNeverKeepsTheMachineAlive() throws InterruptedException {
        for (var factory : new ThreadFactory[] {NamedThreads.waiting("reader"), NamedThreads.platform("reader")}) {
            var first = factory.newThread(() -> {});
            var second = factory.newThread(() -> {});

            assertThat(first.getName()).isEqualTo("reader-1");
            assertThat(second.getName()).isEqualTo("reader-2");
            assertThat(first.isDaemon()).isTrue();
            first.start();
            first.join();
        }
    }

    @Test
    void makesVirtualThreadsWhereThereAreSuch() {
        assertThat(NamedThreads.virtual()).isEqualTo(Runtime.version().feature() >= 21);
        assertThat(NamedThreads.waiting("x").newThread(() -> {}).getClass() == Thread.class)
                .isEqualTo(!NamedThreads.virtual());
    }

    @Test
    void givesEachTaskAThreadOfItsOwn() throws InterruptedException, ExecutionException {
        var executor = NamedThreads.perTask("task");
        var gate = new CompletableFuture<String>();

        var waiting = executor.submit(() -> gate.get(10, TimeUnit.SECONDS));
        executor.submit(() -> gate.complete(Thread.currentThread().getName()));

        assertThat(waiting.get()).isEqualTo("task-2");
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
