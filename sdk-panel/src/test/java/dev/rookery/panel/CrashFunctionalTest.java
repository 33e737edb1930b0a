package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.panel.HaltingStore.Halt;
import dev.rookery.panel.HaltingStore.Halted;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerStatus;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A panel that halts between any two steps, before or after any store call or any effect on the node, and another one that takes over
 * after the lease has run out.
 */
class CrashFunctionalTest {

    private static final int MOST_STEPS = 200;

    @Test
    void aCrashDuringCreationEndsInACreatedServerOrNone() {
        int created = crashEverywhere(
                fixture -> {},
                (fixture, panel) -> {
                    panel.create(
                            fixture.node.id(),
                            PanelFixture.OWNER,
                            fixture.spec("lobby"),
                            List.of(fixture.allocations.get(0)));
                    panel.runDue();
                },
                fixture -> {
                    var servers =
                            fixture.store.servers().list(ServerQuery.all()).servers();
                    assertThat(servers).hasSizeLessThanOrEqualTo(1);
                    if (servers.isEmpty()) {
                        assertThat(fixture.recording().servers).isEmpty();
                        assertThat(fixture.store.nodes().allocations(fixture.node.id()))
                                .allSatisfy(a -> assertThat(a.server()).isEmpty());
                        return;
                    }
                    var server = servers.get(0);
                    assertThat(server.status()).isEqualTo(ServerStatus.INSTALLING);
                    assertThat(fixture.recording().servers).containsOnlyKeys(server.id());
                    assertThat(fixture.store.operations().find(server.id())).isEmpty();
                });
        assertThat(created).as("places to halt at").isGreaterThan(10);
    }

    @Test
    void aCrashDuringDeletionEndsInNoServer() {
        crashEverywhere(
                fixture -> fixture.installing("lobby"),
                (fixture, panel) -> {
                    panel.delete(only(fixture));
                    panel.runDue();
                },
                fixture -> {
                    if (!fixture.store
                            .servers()
                            .list(ServerQuery.all().without(ServerStatus.INSTALLING))
                            .servers()
                            .isEmpty()) {
                        throw new AssertionError("the deletion rests");
                    }
                    boolean asked = fixture.recording().calls.stream().anyMatch(c -> c.startsWith("delete"));
                    if (asked) {
                        assertThat(fixture.recording().servers).isEmpty();
                        assertThat(fixture.store
                                        .servers()
                                        .list(ServerQuery.all())
                                        .total())
                                .isZero();
                    }
                });
    }

    @Test
    void aCrashDuringADeletionThatMeetsACreationLeavesNothing() {
        crashEverywhere(
                fixture -> fixture.create("lobby", fixture.allocations.get(0)),
                (fixture, panel) -> {
                    fixture.recording().afterEffect = () -> {
                        fixture.recording().afterEffect = () -> {};
                        fixture.service.delete(only(fixture));
                    };
                    panel.runDue();
                },
                fixture -> {
                    boolean deleted = fixture.store
                            .servers()
                            .list(ServerQuery.all())
                            .servers()
                            .isEmpty();
                    assertThat(deleted || fixture.status(only(fixture)) == ServerStatus.INSTALLING)
                            .isTrue();
                    if (deleted) {
                        assertThat(fixture.recording().servers).isEmpty();
                        assertThat(fixture.create("again", fixture.allocations.get(0)))
                                .isNotNull();
                    }
                });
    }

    @Test
    void aCrashDuringReinstallationEndsInAnInstalledServer() {
        crashEverywhere(
                fixture -> {
                    var server = fixture.installing("lobby");
                    fixture.recording().panel.reportInstall(server.id(), new InstallReport(true, false));
                },
                (fixture, panel) -> {
                    panel.reinstall(only(fixture));
                    panel.runDue();
                },
                fixture -> {
                    var id = only(fixture);
                    boolean asked = fixture.recording().calls.contains("reinstall " + id);
                    assertThat(fixture.status(id)).isEqualTo(asked ? ServerStatus.INSTALLING : ServerStatus.READY);
                    assertThat(fixture.store.operations().find(id)).isEmpty();
                    fixture.recording().panel.reportInstall(id, new InstallReport(true, true));
                    assertThat(fixture.status(id)).isEqualTo(ServerStatus.READY);
                });
    }

    private static ServerId only(PanelFixture fixture) {
        return fixture.store.servers().list(ServerQuery.all()).servers().get(0).id();
    }

    /** Runs the flow with a halt at its first step, its second, and so on until it gets through; returns how many there were. */
    private static int crashEverywhere(
            Consumer<PanelFixture> before,
            BiConsumer<PanelFixture, PanelService> flow,
            Consumer<PanelFixture> outcome) {
        for (int at = 1; at < MOST_STEPS; at++) {
            var fixture = new PanelFixture();
            before.accept(fixture);
            var halt = new Halt(at);
            var node = fixture.recording();
            node.beforeEffect = halt::step;
            node.afterEffect = halt::step;
            var doomed = fixture.service(new HaltingStore(fixture.store, halt), PanelOptions.defaults(), fixture.clock);
            try {
                flow.accept(fixture, doomed);
            } catch (Halted expected) {
                assertThat(halt.happened()).isTrue();
            }
            node.beforeEffect = () -> {};
            node.afterEffect = () -> {};
            fixture.retryDue();
            fixture.retryDue();
            try {
                outcome.accept(fixture);
            } catch (AssertionError e) {
                throw new AssertionError("halted at step " + at + ": " + e.getMessage(), e);
            }
            if (!halt.happened()) {
                return at;
            }
        }
        throw new AssertionError("the flow has no end");
    }
}
