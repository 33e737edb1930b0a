package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConsoleLockTest {

    private final ConsoleLock lock = new ConsoleLock();

    @Test
    void doesWhatWasPutOffEvenIfTheRestFails() {
        var done = new AtomicInteger();

        assertThatThrownBy(() -> lock.run(() -> {
                    lock.afterwards(done::incrementAndGet);
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(done).hasValue(1);
    }
}
