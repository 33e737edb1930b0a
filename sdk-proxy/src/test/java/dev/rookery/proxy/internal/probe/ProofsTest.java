package dev.rookery.proxy.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.rookery.proxy.apply.Proof;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProofsTest {

    /** Where an upstream is slow, whoever waits for the proof waits for it once and not for each of its routes. */
    @Test
    void asksRoutesTogetherAndTellsThemInTheirOrder() throws Exception {
        var together = new CyclicBarrier(5);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try {
                together.await(20, TimeUnit.SECONDS);
                exchange.sendResponseHeaders(204, -1);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                exchange.sendResponseHeaders(504, -1);
            }
            exchange.close();
        });
        server.start();
        try (var probe = new Probe(Duration.ofSeconds(30))) {
            var listener = new Listening("127.0.0.1", server.getAddress().getPort(), false, List.of(""));
            var proofs = new Proofs(probe);

            proofs.routes(IntStream.range(0, 5)
                    .mapToObj(i -> new Proofs.Asked("route-" + i, listener, "r" + i + ".example.net", "/"))
                    .toList());

            assertThat(proofs.proof().checks())
                    .extracting(check -> check.route().orElse(""), Proof.Check::outcome)
                    .containsExactlyElementsOf(IntStream.range(0, 5)
                            .mapToObj(i -> tuple("route-" + i, Proof.Outcome.PASSED))
                            .toList());
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
