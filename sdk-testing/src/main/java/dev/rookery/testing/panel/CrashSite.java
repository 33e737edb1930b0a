package dev.rookery.testing.panel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.panel.BackupOrder;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.TransferRecord;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A store with two nodes and an object store, a panel that will halt, and one that goes on. */
final class CrashSite {

    private static final Set<ServerStatus> AT_REST =
            EnumSet.of(ServerStatus.READY, ServerStatus.CREATE_FAILED, ServerStatus.INSTALL_FAILED);
    private static final Set<BackupRecord.State> ENDED =
            EnumSet.of(BackupRecord.State.COMPLETE, BackupRecord.State.FAILED);
    private static final int ROUNDS = 4;

    final PanelStore store;
    final FakeObjectStore objects = new FakeObjectStore();
    final NodeRecord one;
    final NodeRecord two;
    final List<Long> allocations;
    final List<Long> allocationsOfTwo;
    final PanelService survivor;
    private final Map<URI, ReportingNode> byAddress = new ConcurrentHashMap<>();
    private final Map<Integer, ReportingNode> nodes = new ConcurrentHashMap<>();
    private final Clock time;
    private final long egg;

    CrashSite(PanelStore store, Clock time) {
        this.store = store;
        this.time = time;
        var name = "n" + UUID.randomUUID();
        one = StoreFixture.node(store, name + "-one", time.instant());
        two = StoreFixture.node(store, name + "-two", time.instant());
        allocations = StoreFixture.allocations(store, one.id(), 2);
        allocationsOfTwo = StoreFixture.allocations(store, two.id(), 2);
        egg = StoreFixture.egg(store, time.instant());
        survivor = service(new Halt(Integer.MAX_VALUE), time);
        for (var node : List.of(one, two)) {
            var reporting = new ReportingNode(byAddress, objects, survivor.forNode(node.id()));
            nodes.put(node.id().value(), reporting);
            byAddress.put(URI.create(node.url() + "/api/transfers"), reporting);
        }
    }

    /** Returns a clock for a site that is moved on when its leases shall run out. */
    static MovedClock clock() {
        return new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
    }

    PanelService service(Halt halt, Clock clock) {
        return service(halt, clock, PanelOptions.defaults());
    }

    PanelService service(Halt halt, Clock clock, PanelOptions options) {
        return PanelService.builder(halt.over(store), this::node, new ReadEggInterpreter())
                .clock(clock)
                .options(options)
                .objectStore(halt.over(objects))
                .build();
    }

    ReportingNode node(NodeRecord record) {
        return requireNonNull(nodes.get(record.id().value()), "node");
    }

    /** Has the nodes' effects be steps of a process. */
    void halting(Halt halt) {
        nodes.values().forEach(node -> node.halt = halt);
    }

    PanelServer create(PanelService panel) {
        return create(panel, List.of(allocations.get(0)));
    }

    PanelServer create(PanelService panel, List<Long> with) {
        return panel.create(one.id(), UUID.randomUUID(), StoreFixture.spec(egg, ServerId.random()), with);
    }

    /** Returns a server that is ready. */
    PanelServer ready() {
        var id = create(survivor).id();
        settle(survivor);
        return store.servers().find(id).orElseThrow();
    }

    /** Returns a complete backup of a server. */
    BackupRecord backup(ServerId server, BackupAdapter adapter) {
        var backup = survivor.backups()
                .create(server, BackupOrder.builder().adapter(adapter).build());
        settle(survivor);
        return store.backups().find(backup.id()).orElseThrow();
    }

    /** Lets a panel work until nothing is due, with the nodes reporting in between. */
    void settle(PanelService panel) {
        for (int round = 0; round < ROUNDS; round++) {
            panel.runDue();
            nodes.forEach((id, node) -> node.report(panel.forNode(new NodeId(id))));
        }
    }

    /** What a process left behind is gone on with, once its leases have run out. */
    void recover() {
        halting(new Halt(Integer.MAX_VALUE));
        for (int round = 0; round < 2; round++) {
            if (time instanceof MovedClock moved) {
                moved.advance(Duration.ofMinutes(2));
            }
            settle(survivor);
        }
    }

    /** Nothing is under way any more, and everybody has the same. */
    void assertAtRest(ServerId id) {
        var server = store.servers().find(id);
        assertThat(store.operations().list(id)).as("what is still to be done").isEmpty();
        var backups = store.backups().list(id);
        assertThat(backups).extracting(BackupRecord::state).isSubsetOf(ENDED);
        server.ifPresent(present -> assertThat(present.status()).isIn(AT_REST));
        assertThat(store.transfers().latest(id).filter(t -> t.state() == TransferRecord.State.RUNNING))
                .isEmpty();
        for (var record : List.of(one, two)) {
            boolean here =
                    server.filter(present -> present.node().equals(record.id())).isPresent();
            assertThat(node(record).servers.contains(id))
                    .as("node %s has the server", record.id())
                    .isEqualTo(here);
            assertThat(store.nodes().allocations(record.id()).stream()
                            .filter(allocation -> allocation.server().equals(Optional.of(id))))
                    .as("allocations of node %s that it has", record.id())
                    .hasSize(here ? server.get().allocations().size() : 0);
        }
        server.ifPresent(present -> assertThat(node(present.node().equals(one.id()) ? one : two)
                        .suspended
                        .contains(id))
                .as("what the node knows of the suspension")
                .isEqualTo(present.life().suspended()));
        assertThat(objects.objects().stream().filter(key -> key.startsWith(id + "/")))
                .containsExactlyInAnyOrderElementsOf(backups.stream()
                        .filter(b -> b.remote() && b.state() == BackupRecord.State.COMPLETE)
                        .map(BackupRecord::objectKey)
                        .toList());
    }
}
