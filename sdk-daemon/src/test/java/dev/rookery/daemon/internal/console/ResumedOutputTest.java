package dev.rookery.daemon.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.Attachment;
import dev.rookery.api.spi.Output;
import dev.rookery.api.spi.ServerEnvironment;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResumedOutputTest {

    private final List<String> lines = new ArrayList<>();
    private final LiveOutput live = new LiveOutput(1000, true, lines::add);

    /** Of what the engine has stored since it was asked, some comes late by the live stream: on a busy machine, a hundred lines late. */
    @Test
    void tellsNoLineTwiceThatComesLateByTheLiveStream() {
        var output = new ResumedOutput(new LateEngine().environment(), Clock.systemUTC(), 1000);

        output.attach("c", live, (stored, dropped) -> lines.addAll(stored), CancelSignal.create());
        print(live, 11, 11);

        assertThat(lines)
                .isEqualTo(
                        IntStream.rangeClosed(1, 11).mapToObj(i -> "line " + i).toList());
    }

    private static void print(Output output, int first, int last) {
        IntStream.rangeClosed(first, last).forEach(i -> {
            var bytes = ("line " + i + "\n").getBytes(StandardCharsets.UTF_8);
            output.bytes(bytes, bytes.length);
        });
    }

    /** Has stored ten lines when its log is read, five of them at first; five have come live by then, the others come a moment later. */
    private final class LateEngine {

        private int asked;

        ServerEnvironment environment() {
            var type = ServerEnvironment.class;
            return (ServerEnvironment) Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                        if (method.getName().equals("attach")) {
                            print(live, 1, 5);
                            return Proxy.newProxyInstance(
                                    type.getClassLoader(),
                                    new Class<?>[] {Attachment.class},
                                    (of, called, with) -> null);
                        }
                        read((Optional<?>) given[1], (Output) given[2]);
                        return null;
                    });
        }

        private void read(Optional<?> since, Output log) {
            boolean first = since.isPresent() && asked++ == 0;
            print(log, 1, first ? 5 : 10);
            log.end();
            if (asked == 2) {
                CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(() -> print(live, 6, 10));
            }
        }
    }
}
