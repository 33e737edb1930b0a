package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.panel.spi.ServerStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two panels over one store, in real time. */
class LeaseFunctionalTest {

    private static final PanelOptions QUICK = PanelOptions.builder()
            .operationPoll(Duration.ofMillis(10))
            .lease(Duration.ofMillis(400))
            .build();

    private final PanelFixture fixture = new PanelFixture();

    @Test
    void aCallThatTakesLongerThanALeaseIsMadeOnce() throws Exception {
        var answer = new CountDownLatch(1);
        fixture.recording().beforeEffect = () -> hold(answer);
        try (var one = panel();
                var two = panel()) {
            one.start();
            two.start();
            var server = fixture.create("lobby");
            await().until(() -> !fixture.recording().calls.isEmpty());
            TimeUnit.MILLISECONDS.sleep(1000);
            answer.countDown();
            await().until(() -> fixture.status(server.id()) == ServerStatus.INSTALLING);

            assertThat(fixture.recording().calls).containsExactly("create " + server.id());
        }
    }

    @Test
    void eachOfManyOperationsIsCarriedOutByOnePanel() {
        try (var one = panel();
                var two = panel()) {
            one.start();
            two.start();
            for (int i = 0; i < 50; i++) {
                fixture.create("server " + i);
            }
            await().until(() -> fixture.recording().servers.size() == 50);

            assertThat(fixture.recording().calls).hasSize(50).doesNotHaveDuplicates();
        }
    }

    @Test
    void aNodeThatHangsLeavesPlacesForTheOthers() {
        var answer = new CountDownLatch(1);
        fixture.recording().beforeEffect = () -> hold(answer);
        var few = PanelOptions.builder()
                .from(QUICK)
                .parallelOperations(4)
                .operationsPerNode(3)
                .build();
        try (var panel = fixture.service(fixture.store, few, Clock.systemUTC())) {
            for (int i = 0; i < 8; i++) {
                fixture.create("server " + i);
            }
            for (int i = 0; i < 5; i++) {
                fixture.service.create(fixture.other.id(), PanelFixture.OWNER, fixture.spec("other " + i), List.of());
            }
            panel.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> fixture.nodes.get(fixture.other.id()).servers.size() == 5);
            assertThat(fixture.recording().servers).isEmpty();
            assertThat(fixture.recording().calls).hasSizeLessThanOrEqualTo(3);
            answer.countDown();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> fixture.recording().servers.size() == 8);
        }
    }

    private PanelService panel() {
        return fixture.service(fixture.store, QUICK, Clock.systemUTC());
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
