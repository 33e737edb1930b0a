package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.panel.BackupOrder;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.testing.panel.Halt.Halted;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A panel over the store halts between any two of its steps, before or after any change in the store, on a node or in an object store, and
 * another one takes over when the lease has run out. Every operation has to end then, wholly or not at all. Extend it and hand in a store.
 */
public abstract class PanelCrashContract {

    private static final int MOST_STEPS = 200;

    private final MovedClock time = CrashSite.clock();
    private ServerId server = ServerId.random();

    /** For the classes that extend this one. */
    protected PanelCrashContract() {}

    /** Returns a store, which may hold what other tests have left at rest. */
    protected abstract PanelStore store();

    @Test
    void creation() {
        int steps = crashEverywhere(
                site -> {},
                (site, panel) -> site.create(panel),
                site -> {
                    var servers = site.store
                            .servers()
                            .list(ServerQuery.all().node(site.one.id()))
                            .servers();
                    assertThat(servers).hasSizeLessThanOrEqualTo(1);
                    servers.forEach(created -> server = created.id());
                    if (!servers.isEmpty()) {
                        assertThat(servers.get(0).status()).isEqualTo(ServerStatus.READY);
                        assertThat(site.node(site.one).effects).containsEntry("create " + server, 1);
                    }
                    assertThat(site.node(site.one).servers).hasSize(servers.size());
                },
                false);
        assertThat(steps).as("places to halt at").isGreaterThan(4);
    }

    @Test
    void reinstallation() {
        crashEverywhere(
                site -> server = site.ready().id(),
                (site, panel) -> panel.reinstall(server),
                site -> assertStatus(site, ServerStatus.READY));
    }

    @Test
    void deletion() {
        crashEverywhere(
                site -> {
                    server = site.ready().id();
                    site.backup(server, BackupAdapter.S3);
                },
                (site, panel) -> panel.delete(server),
                site -> site.store
                        .servers()
                        .find(server)
                        .ifPresent(present -> assertThat(present.status())
                                .as("as if nobody had wanted it")
                                .isEqualTo(ServerStatus.READY)));
    }

    @Test
    void deletionOfAServerThatIsBeingMoved() {
        crashEverywhere(
                site -> {
                    server = site.ready().id();
                    site.survivor.transfers().begin(server, site.two.id(), site.allocationsOfTwo);
                    site.survivor.runDue();
                },
                (site, panel) -> panel.delete(server),
                site -> site.store
                        .servers()
                        .find(server)
                        .ifPresent(present -> assertThat(present.node())
                                .as("moved, as if nobody had wanted it to go")
                                .isEqualTo(site.two.id())));
    }

    @Test
    void suspension() {
        crashEverywhere(
                site -> server = site.ready().id(),
                (site, panel) -> panel.suspend(server, true),
                site -> assertStatus(site, ServerStatus.READY));
    }

    /** The source is told of it, and then has the server no more. */
    @Test
    void suspensionOfAServerThatIsBeingMoved() {
        crashEverywhere(
                site -> {
                    server = site.ready().id();
                    site.survivor.transfers().begin(server, site.two.id(), site.allocationsOfTwo);
                    site.survivor.runDue();
                },
                (site, panel) -> panel.suspend(server, true),
                site -> assertStatus(site, ServerStatus.READY));
    }

    @Test
    void endOfASuspension() {
        crashEverywhere(
                site -> {
                    server = site.ready().id();
                    site.survivor.suspend(server, true);
                    site.settle(site.survivor);
                },
                (site, panel) -> panel.suspend(server, false),
                site -> assertStatus(site, ServerStatus.READY));
    }

    @Test
    void backupOnTheNode() {
        backup(BackupAdapter.WINGS);
    }

    @Test
    void backupInAnObjectStore() {
        backup(BackupAdapter.S3);
    }

    @Test
    void deletionOfABackup() {
        for (var adapter : List.of(BackupAdapter.WINGS, BackupAdapter.S3)) {
            crashEverywhere(
                    site -> {
                        server = site.ready().id();
                        site.backup(server, adapter);
                    },
                    (site, panel) -> panel.backups()
                            .delete(server, panel.backups().list(server).get(0).id()),
                    site -> assertStatus(site, ServerStatus.READY));
        }
    }

    @Test
    void restore() {
        crashEverywhere(
                site -> {
                    server = site.ready().id();
                    site.backup(server, BackupAdapter.S3);
                },
                (site, panel) -> panel.backups()
                        .restore(server, panel.backups().list(server).get(0).id(), true),
                site -> {
                    assertStatus(site, ServerStatus.READY);
                    assertThat(site.store
                                    .servers()
                                    .find(server)
                                    .orElseThrow()
                                    .life()
                                    .reason())
                            .isEmpty();
                });
    }

    @Test
    void transfer() {
        int steps = crashEverywhere(
                site -> {
                    server = site.ready().id();
                    site.backup(server, BackupAdapter.S3);
                },
                (site, panel) -> panel.transfers().begin(server, site.two.id(), site.allocationsOfTwo),
                site -> {
                    assertStatus(site, ServerStatus.READY);
                    var present = site.store.servers().find(server).orElseThrow();
                    boolean moved = present.node().equals(site.two.id());
                    assertThat(present.allocations())
                            .extracting(AllocationRecord::id)
                            .isEqualTo(moved ? site.allocationsOfTwo : List.of(site.allocations.get(0)));
                });
        assertThat(steps).as("places to halt at").isGreaterThan(6);
    }

    @Test
    void endOfATransfer() {
        crashEverywhere(
                site -> {
                    server = site.ready().id();
                    site.survivor.transfers().begin(server, site.two.id(), site.allocationsOfTwo);
                    site.survivor.runDue();
                },
                (site, panel) -> panel.transfers().cancel(server),
                site -> assertStatus(site, ServerStatus.READY));
    }

    @Test
    void newsThatANodeHasRestarted() {
        crashEverywhere(
                site -> {
                    server = site.ready().id();
                    site.survivor
                            .backups()
                            .create(
                                    server,
                                    BackupOrder.builder()
                                            .adapter(BackupAdapter.S3)
                                            .build());
                    site.survivor.runDue();
                    site.node(site.one).restart();
                },
                (site, panel) -> panel.forNode(site.one.id()).reset(),
                site -> {
                    site.survivor.forNode(site.one.id()).reset(); // the node repeats what was not answered
                    site.recover();
                    assertStatus(site, ServerStatus.READY);
                    assertThat(site.store.backups().list(server))
                            .extracting(BackupRecord::state)
                            .containsExactly(BackupRecord.State.FAILED);
                },
                false);
    }

    private void backup(BackupAdapter adapter) {
        crashEverywhere(
                site -> server = site.ready().id(),
                (site, panel) -> panel.backups()
                        .create(server, BackupOrder.builder().adapter(adapter).build()),
                site -> {
                    var backups = site.store.backups().list(server);
                    assertThat(backups)
                            .hasSizeLessThanOrEqualTo(1)
                            .allSatisfy(one -> assertThat(one.state()).isEqualTo(BackupRecord.State.COMPLETE));
                    // A crash right behind the beginning of an upload leaves one that nobody knows of: the bucket's
                    // rule ends it.
                    assertThat(site.objects.uploads()).hasSizeLessThanOrEqualTo(1);
                });
    }

    private void assertStatus(CrashSite site, ServerStatus status) {
        assertThat(site.store.servers().find(server).orElseThrow().status()).isEqualTo(status);
    }

    private int crashEverywhere(
            Consumer<CrashSite> before, BiConsumer<CrashSite, PanelService> flow, Consumer<CrashSite> outcome) {
        return crashEverywhere(before, flow, outcome, true);
    }

    /** Runs the flow with a halt before its first step, its second, and so on until it gets through; returns how many there were. */
    private int crashEverywhere(
            Consumer<CrashSite> before,
            BiConsumer<CrashSite, PanelService> flow,
            Consumer<CrashSite> outcome,
            boolean restsByItself) {
        var store = store();
        for (int at = 1; at < MOST_STEPS; at++) {
            var site = new CrashSite(store, time);
            before.accept(site);
            var halt = new Halt(at);
            site.halting(halt);
            var doomed = site.service(halt, time);
            try {
                flow.accept(site, doomed);
                site.settle(doomed);
            } catch (Halted expected) {
                assertThat(halt.happened()).isTrue();
            }
            site.recover();
            try {
                if (restsByItself) {
                    site.assertAtRest(server);
                }
                outcome.accept(site);
                site.assertAtRest(server);
            } catch (AssertionError e) {
                throw new AssertionError("halted before step " + at + ": " + e.getMessage(), e);
            }
            doomed.close();
            site.survivor.close();
            if (!halt.happened()) {
                return at;
            }
        }
        throw new AssertionError("the flow has no end");
    }
}
