package dev.rookery.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.testing.node.ContractServer;
import dev.rookery.testing.node.FakeNode;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node that numbers its lines tells a listener that stood still: everything, by way of the real client and the real edge. */
@Timeout(60)
class SlowListenerTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int QUEUE = 16;

    private final FakePanel panel = new FakePanel();
    private final ServerId id = ServerId.random();
    private RunningEdge edge;

    @BeforeEach
    void start() throws IOException {
        panel.put(ContractServer.configuration(id, false), ContractServer.install());
        edge = RunningEdge.over(FakeNode.create(panel));
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void missesNoLine() {
        var node = HttpNode.builder(edge.url(), edge.credentials())
                .panelUrl("https://panel.example.com")
                .consoleQueue(QUEUE)
                .build();
        node.createServer(new CreateServer(id, false));
        var server = node.server(id);
        await().atMost(LONG).ignoreExceptions().until(() -> {
            server.power(PowerAction.START);
            return true;
        });
        List<ConsoleEvent> heard = new CopyOnWriteArrayList<>();
        var gate = new CountDownLatch(1);

        try (var console = server.console(ConsoleOptions.after(0), event -> {
            pass(gate);
            heard.add(event);
        })) {
            await().atMost(LONG).ignoreExceptions().until(() -> {
                server.sendCommands(List.of(ContractServer.FLOOD));
                return true;
            });
            await().atMost(LONG).until(() -> server.logs(100).stream().anyMatch(line -> line.contains("flood 1000")));
            gate.countDown();

            await().atMost(LONG).until(() -> heard.stream().anyMatch(SlowListenerTest::isLast));
            assertThat(console.open()).isTrue();
        }

        assertThat(heard).noneMatch(ConsoleEvent.Gap.class::isInstance);
        long next = 1;
        for (var event : heard) {
            if (event instanceof ConsoleEvent.Output output && output.number().isPresent()) {
                assertThat(output.number()).hasValue(next++);
            }
        }
        assertThat(next).isGreaterThan(1000);
    }

    private static boolean isLast(ConsoleEvent event) {
        return event instanceof ConsoleEvent.Output output && output.line().contains("flood 1000");
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
