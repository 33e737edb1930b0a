package dev.rookery.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancelSignalTest {

    private final CancelSignal signal = CancelSignal.create();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void runsEachActionOnce() {
        signal.onCancel(calls::incrementAndGet);
        signal.onCancel(calls::incrementAndGet);
        assertThat(signal.cancelled()).isFalse();
        signal.cancel();
        signal.cancel();
        assertThat(signal.cancelled()).isTrue();
        assertThat(calls).hasValue(2);
    }

    @Test
    void runsALateActionAtOnce() {
        signal.cancel();
        signal.onCancel(calls::incrementAndGet);
        assertThat(calls).hasValue(1);
    }

    @Test
    void closedRegistrationDoesNotRun() {
        signal.onCancel(calls::incrementAndGet).close();
        signal.cancel();
        assertThat(calls).hasValue(0);
    }

    @Test
    void actionMayUseTheSignal() {
        signal.onCancel(() -> signal.onCancel(calls::incrementAndGet).close());
        signal.cancel();
        assertThat(calls).hasValue(1);
    }

    @Test
    void noActionIsLostOrRepeatedWhenItRacesWithTheSignal() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            var raced = CancelSignal.create();
            var ran = new AtomicInteger();
            var go = new CountDownLatch(1);
            var canceller = new Thread(() -> {
                awaitQuietly(go);
                raced.cancel();
            });
            canceller.start();
            go.countDown();
            for (int i = 0; i < 20; i++) {
                raced.onCancel(ran::incrementAndGet);
            }
            canceller.join();
            assertThat(ran).hasValue(20);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
