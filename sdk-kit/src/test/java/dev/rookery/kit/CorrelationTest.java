package dev.rookery.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CorrelationTest {

    @Test
    void givesBackThePreviousIdWhenAScopeEnds() {
        var outer = Correlation.open("outer");
        var inner = Correlation.open("inner");

        assertThat(Correlation.current()).contains("inner");
        inner.close();
        assertThat(Correlation.current()).contains("outer");
        outer.close();
        assertThat(Correlation.current()).isEmpty();
    }

    @Test
    void followsATaskToAnotherThread() throws Exception {
        var scope = Correlation.open("click-1");
        var seen = new CompletableFuture<Optional<String>>();
        var task = Correlation.carry(() -> seen.complete(Correlation.current()));
        scope.close();

        var thread = new Thread(task);
        thread.start();

        assertThat(seen.get(10, TimeUnit.SECONDS)).contains("click-1");
        thread.join();
    }

    @Test
    void acceptsOnlyIdsThatAreSafeToLog() {
        assertThat(Correlation.acceptOrNew(Optional.of("abc-1.2_3"))).isEqualTo("abc-1.2_3");
        assertThat(Correlation.acceptOrNew(Optional.of("a\nb"))).isNotEqualTo("a\nb");
        assertThat(Correlation.acceptOrNew(Optional.empty())).isNotEmpty();
    }
}
