package dev.rookery.proxy.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ChangeQueueTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicBoolean full = new AtomicBoolean();
    private final LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final ChangeQueue queue =
            new ChangeQueue(new Waits(LIMIT, Duration.ofMillis(50)), this::work, task -> new Thread(task) {
                @Override
                public synchronized void start() {
                    if (full.compareAndSet(true, false)) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    super.start();
                }
            });

    /** Those who came with it would wait for ever, and keep everybody else from his turn. */
    @Test
    void nobodyWaitsForAChangeThatFoundNoThread() throws Exception {
        caller();
        assertThat(busy.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var others = List.of(caller(), caller());
        await().atMost(LIMIT)
                .until(() -> others.stream().allMatch(other -> other.getState() == Thread.State.TIMED_WAITING));
        full.set(true);
        go.countDown();

        assertThat(List.of(end(), end(), end()))
                .containsExactlyInAnyOrder(
                        "worked",
                        "unable to create native thread",
                        "the change was given up for an error: java.lang.OutOfMemoryError: unable to create native thread");
        caller();
        assertThat(end()).isEqualTo("worked");
    }

    private void work(List<Waiting> taken) {
        busy.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        taken.forEach(waiting -> waiting.refuse(new IllegalStateException("worked")));
    }

    private Thread caller() {
        var thread = new Thread(() -> {
            try {
                queue.change(new Change("anna", "a change", Optional.empty(), document -> document));
            } catch (IllegalStateException | OutOfMemoryError e) {
                ends.add(String.valueOf(e.getMessage()));
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private String end() throws InterruptedException {
        return String.valueOf(ends.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }
}
