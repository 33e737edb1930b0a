package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Json;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.panel.spi.ActivityRecord;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.BackupRecordBuilder;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.NewServer;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerChange.Begin;
import dev.rookery.panel.spi.ServerChange.End;
import dev.rookery.panel.spi.ServerChange.ForgetBackup;
import dev.rookery.panel.spi.ServerChange.KeepBackup;
import dev.rookery.panel.spi.ServerChange.KeepTransfer;
import dev.rookery.panel.spi.ServerChange.Move;
import dev.rookery.panel.spi.ServerChange.Release;
import dev.rookery.panel.spi.ServerChange.Reserve;
import dev.rookery.panel.spi.ServerChange.Status;
import dev.rookery.panel.spi.ServerChange.Suspension;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.StatusChange;
import dev.rookery.panel.spi.TransferRecord;
import dev.rookery.panel.spi.TransferStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PanelStore} has to do with changes of servers, their backups and moves, and with what happened on nodes. Extend it
 * beside {@link PanelStoreContract} and hand in an empty store; it is called once for each test.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
public abstract class PanelStoreChangesContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    private PanelStore store;
    private NodeRecord one;
    private NodeRecord two;
    private List<Long> here;
    private List<Long> there;
    private PanelServer server;

    /** For the classes that extend this one. */
    protected PanelStoreChangesContract() {}

    /** Returns a store that holds nothing. */
    protected abstract PanelStore emptyStore();

    @BeforeEach
    void openStore() {
        store = emptyStore();
        one = StoreFixture.node(store, "one", NOW);
        two = StoreFixture.node(store, "two", NOW);
        here = StoreFixture.allocations(store, one.id(), 3);
        there = StoreFixture.allocations(store, two.id(), 3);
        var id = ServerId.random();
        var spec = StoreFixture.spec(StoreFixture.egg(store, NOW), id);
        server = store.servers()
                .add(
                        new NewServer(id, one.id(), UUID.randomUUID(), spec, List.of(here.get(1)), NOW),
                        new NewOperation(UUID.randomUUID(), OperationKind.CREATE, id, "c", NOW));
    }

    @Test
    void changesAServerOnlyAsItWasSeen() {
        var ready = new Status(ServerStatus.READY, Optional.of("well"));

        assertThat(change(server, ready, new Suspension(true))).isTrue();
        assertThat(change(server, new Suspension(false)))
                .as("seen before the first change")
                .isFalse();
        assertThat(present().status()).isEqualTo(ServerStatus.READY);
        assertThat(present().life().reason()).contains("well");
        assertThat(present().life().suspended()).isTrue();
        assertThat(change(present(), new Status(ServerStatus.READY, Optional.empty())))
                .isTrue();
        assertThat(present().life().reason()).isEmpty();
    }

    @Test
    void everyOtherChangeIsSeenToo() {
        var changed = new ArrayList<Long>();
        changed.add(present().version());
        store.servers()
                .changeStatus(
                        one.id(), server.id(), StatusChange.of(EnumSet.of(ServerStatus.CREATING), ServerStatus.READY));
        changed.add(present().version());
        store.servers().changeSuspended(server.id(), true);
        changed.add(present().version());
        var claimed = claim();
        store.operations().retry(claimed, NOW, "away");
        changed.add(present().version());

        assertThat(changed).doesNotHaveDuplicates().isSorted();
        store.servers().changeState(one.id(), server.id(), ServerState.RUNNING, NOW);
        assertThat(present().version()).as("power states come often").isEqualTo(changed.get(3));
        var gone = PanelServer.builder().from(server).id(ServerId.random()).build();
        assertThat(change(gone, new Suspension(true))).isFalse();
    }

    @Test
    void anOperationTakesItsSlotAndInheritsTheLease() {
        var backup = BackupId.random();
        var asked = about(OperationKind.BACKUP, backup);
        assertThat(change(server, new Begin(asked))).isTrue();
        assertThat(store.operations().list(server.id()))
                .extracting(Operation::kind)
                .containsExactlyInAnyOrder(OperationKind.CREATE, OperationKind.BACKUP);
        assertThat(store.operations().find(server.id()).orElseThrow().kind()).isEqualTo(OperationKind.CREATE);

        var first = claim();
        var second = claim();
        var claimed = first.kind() == OperationKind.BACKUP ? first : second;
        assertThat(claimed.parameters()).containsEntry(NewOperation.BACKUP, backup.toString());
        var finish = about(OperationKind.FINISH_BACKUP, backup);
        assertThat(change(present(), new Begin(finish))).isTrue();

        assertThat(in(finish.slot()).lease()).isEqualTo(claimed.lease());
        assertThat(store.operations().finish(claimed, Optional.empty())).isFalse();
        assertThat(in(finish.slot()).lease()).as("given back").isEmpty();
        assertThat(change(present(), new End(finish.id()), new End(UUID.randomUUID())))
                .isTrue();
        assertThat(store.operations().list(server.id())).hasSize(1);
    }

    @Test
    void whatANodeHasAcceptedIsDueAtItsDeadline() {
        var claimed = claim();

        assertThat(store.operations().await(claimed, NOW.plusSeconds(60))).isTrue();
        assertThat(store.operations().await(claimed, NOW.plusSeconds(60)))
                .as("not claimed any more")
                .isFalse();
        assertThat(store.operations().awaited(one.id()))
                .singleElement()
                .satisfies(operation -> assertThat(operation.accepted()).isTrue());
        assertThat(store.operations().awaited(two.id())).isEmpty();
        assertThat(store.operations().claim("early", NOW.plusSeconds(59), NOW.plusSeconds(99), Set.of()))
                .isEmpty();
        assertThat(store.operations().claim("late", NOW.plusSeconds(60), NOW.plusSeconds(99), Set.of()))
                .isPresent();
    }

    @Test
    void keepsWhetherAnEarlierAttemptMayHaveReachedTheNode() {
        var first = claim();
        assertThat(first.unanswered()).isFalse();
        assertThat(store.operations().retry(first, NOW, "refused")).isTrue();
        var second = claim();
        assertThat(second.unanswered()).isFalse();
        var lost = Operation.builder().from(second).unanswered(true).build();
        assertThat(store.operations().retry(lost, NOW, "no answer")).isTrue();
        var third = claim();
        assertThat(third.unanswered()).isTrue();
        assertThat(store.operations().retry(third, NOW, "refused")).isTrue();
        assertThat(claim().unanswered()).isTrue();
    }

    @Test
    void whatWasClaimedByAnotherOneIsUnanswered() {
        var left = claim();
        var later = left.lease().orElseThrow().until();

        var taken = store.operations().claim("another", later, later.plusSeconds(60), Set.of());
        assertThat(taken.orElseThrow().unanswered()).isTrue();
    }

    @Test
    void whatIsForANodeThatHasNoTimeIsPassedOver() {
        var cleanUp = new NewOperation(
                UUID.randomUUID(),
                OperationKind.CLEAN_UP,
                server.id(),
                "c",
                NOW.plusSeconds(1),
                Map.of(NewOperation.NODE, Integer.toString(two.id().value())));
        assertThat(change(server, new Begin(cleanUp))).isTrue();

        assertThat(claimBut(one.id(), two.id())).isEmpty();
        assertThat(claimBut(one.id()).orElseThrow().kind()).isEqualTo(OperationKind.CLEAN_UP);
        assertThat(claimBut(one.id())).isEmpty();
        assertThat(claimBut(two.id()).orElseThrow().kind()).isEqualTo(OperationKind.CREATE);
    }

    @Test
    void backupsComeBackAsTheyWentTheNewestFirst() {
        var old = backup(BackupId.random(), NOW).build();
        var young = backup(BackupId.random(), NOW.plusSeconds(1))
                .ignoredFiles(List.of("*.log", "cache/"))
                .upload("u1")
                .addParts(new BackupPart("\"e1\"", 1))
                .checksum("sha1:abc")
                .sizeBytes(5_000_000_000L)
                .reason("none")
                .endedAt(NOW)
                .build();

        assertThat(change(server, new KeepBackup(old), new KeepBackup(young))).isTrue();
        assertThat(store.backups().list(server.id())).containsExactly(young, old);
        assertThat(store.backups().find(young.id())).contains(young);
        var failed = BackupRecord.builder()
                .from(old)
                .state(BackupRecord.State.FAILED)
                .build();
        assertThat(change(present(), new KeepBackup(failed), new ForgetBackup(young.id())))
                .isTrue();
        assertThat(store.backups().list(server.id())).containsExactly(failed);
        assertThat(store.backups().find(young.id())).isEmpty();
    }

    @Test
    void aServerMovesWithTheAllocationsItHasThere() {
        var transfer = transfer(List.of(there.get(2), there.get(0)));
        assertThat(change(server, new KeepTransfer(transfer), new Reserve(two.id(), transfer.allocations())))
                .isTrue();

        assertThat(present().allocations())
                .as("those of its node only")
                .extracting(AllocationRecord::id)
                .containsExactly(here.get(1));
        assertThat(store.transfers().latest(server.id())).contains(transfer);
        assertThat(store.transfers().running(one.id())).containsExactly(transfer);
        assertThat(store.transfers().running(two.id())).containsExactly(transfer);
        assertThatThrownBy(() -> store.nodes().delete(two.id()))
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NODE_IN_USE));

        var ended = TransferRecord.builder()
                .from(transfer)
                .state(TransferRecord.State.SUCCEEDED)
                .endedAt(NOW)
                .build();
        assertThat(change(present(), new KeepTransfer(ended), new Release(one.id()), new Move(two.id())))
                .isTrue();
        assertThat(present().node()).isEqualTo(two.id());
        assertThat(present().allocations())
                .extracting(AllocationRecord::id)
                .containsExactly(there.get(2), there.get(0));
        assertThat(store.transfers().running(one.id())).isEmpty();
        assertThat(store.transfers().latest(server.id())).contains(ended);
        assertThat(free(one.id())).containsAll(here);
    }

    @Test
    void whatCannotBeReservedChangesNothing() {
        assertThat(change(server, new Reserve(two.id(), List.of(there.get(0))))).isTrue();
        var before = present();

        assertThatThrownBy(() -> change(
                        before, new Suspension(true), new Reserve(two.id(), List.of(there.get(1), there.get(0)))))
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ALLOCATION_IN_USE));
        assertThatThrownBy(() -> change(before, new Suspension(true), new Reserve(two.id(), here)))
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ALLOCATION_NOT_FOUND));
        assertThat(present()).isEqualTo(before);
        assertThat(change(before, new Release(two.id()))).isTrue();
        assertThat(free(two.id())).containsAll(there);
    }

    @Test
    void whatHappenedIsKeptOnceAndForTheNodesOwnServers() {
        var written = entry("server:sftp.write", NOW.plusNanos(123_456_789));
        var crashed = entry("server:crashed", NOW);

        assertThat(store.activity().add(one.id(), List.of(written, crashed, written)))
                .isEqualTo(2);
        assertThat(store.activity().add(one.id(), List.of(crashed))).isZero();
        assertThat(store.activity().add(two.id(), List.of(entry("server:power.kill", NOW))))
                .isZero();
        var kept = store.activity().list(server.id(), Long.MAX_VALUE, 10);
        assertThat(kept).extracting(ActivityRecord::entry).containsExactly(crashed, written);
        assertThat(store.activity().list(server.id(), kept.get(0).id(), 10)).containsExactly(kept.get(1));
        assertThat(store.activity().list(server.id(), Long.MAX_VALUE, 1)).containsExactly(kept.get(0));
        assertThat(store.activity().forget(NOW.plusMillis(1), 10)).isEqualTo(1);
        assertThat(store.activity().list(server.id(), Long.MAX_VALUE, 10)).containsExactly(kept.get(1));
    }

    @Test
    void everythingGoesWithItsServer() {
        var backup = backup(BackupId.random(), NOW).build();
        assertThat(change(
                        server,
                        new KeepBackup(backup),
                        new KeepTransfer(transfer(List.of())),
                        new Reserve(two.id(), there),
                        new Begin(about(OperationKind.BACKUP, backup.id())),
                        new Begin(new NewOperation(
                                UUID.randomUUID(), OperationKind.DELETE, server.id(), "c", NOW.minusSeconds(1)))))
                .isTrue();
        store.activity().add(one.id(), List.of(entry("server:crashed", NOW)));
        var deletion = claim();

        assertThat(deletion.kind()).isEqualTo(OperationKind.DELETE);
        assertThat(store.operations().finishDeletion(deletion)).isTrue();
        assertThat(store.backups().find(backup.id())).isEmpty();
        assertThat(store.transfers().running(two.id())).isEmpty();
        assertThat(store.operations().list(server.id())).isEmpty();
        assertThat(store.activity().list(server.id(), Long.MAX_VALUE, 10)).isEmpty();
        assertThat(free(two.id())).containsAll(there);
    }

    @Test
    void manyMovesLeaveTheLatestAndTheRunningOne() {
        TransferRecord last = null;
        for (int i = 0; i < TransferStore.KEPT + 3; i++) {
            var begun = transfer(List.of());
            assertThat(change(present(), new KeepTransfer(begun))).isTrue();
            assertThat(store.transfers().latest(server.id())).contains(begun);
            last = TransferRecord.builder()
                    .from(begun)
                    .state(TransferRecord.State.FAILED)
                    .endedAt(NOW)
                    .build();
            assertThat(change(present(), new KeepTransfer(last))).isTrue();
        }
        assertThat(store.transfers().latest(server.id())).isEqualTo(Optional.ofNullable(last));
        var running = transfer(List.of());
        assertThat(change(present(), new KeepTransfer(running))).isTrue();
        assertThat(store.transfers().running(two.id())).containsExactly(running);
    }

    private boolean change(PanelServer seen, ServerChange... changes) {
        return store.servers().change(seen, List.of(changes));
    }

    private PanelServer present() {
        return store.servers().find(server.id()).orElseThrow();
    }

    private Operation claim() {
        return store.operations()
                .claim(UUID.randomUUID().toString(), NOW, NOW.plus(Duration.ofMinutes(2)), Set.of())
                .orElseThrow();
    }

    private Optional<Operation> claimBut(NodeId... busy) {
        var now = NOW.plusSeconds(2);
        return store.operations().claim(UUID.randomUUID().toString(), now, now.plusSeconds(60), Set.of(busy));
    }

    private Operation in(String slot) {
        return store.operations().list(server.id()).stream()
                .filter(operation -> operation.slot().equals(slot))
                .findFirst()
                .orElseThrow();
    }

    private List<Long> free(NodeId node) {
        return store.nodes().allocations(node).stream()
                .filter(allocation -> allocation.server().isEmpty())
                .map(AllocationRecord::id)
                .toList();
    }

    private NewOperation about(OperationKind kind, BackupId backup) {
        return new NewOperation(
                UUID.randomUUID(), kind, server.id(), "c", NOW, Map.of(NewOperation.BACKUP, backup.toString()));
    }

    private BackupRecordBuilder backup(BackupId id, Instant at) {
        return BackupRecord.builder()
                .id(id)
                .server(server.id())
                .adapter(BackupAdapter.S3)
                .createdAt(at);
    }

    private TransferRecord transfer(List<Long> allocations) {
        return TransferRecord.builder()
                .id(UUID.randomUUID())
                .server(server.id())
                .source(one.id())
                .destination(two.id())
                .allocations(allocations)
                .createdAt(NOW)
                .build();
    }

    private ActivityEntry entry(String event, Instant at) {
        return ActivityEntry.builder(server.id(), event, at)
                .user(UUID.fromString("0b9c0d4e-77d0-4b1c-8d58-1a2b3c4d5e6f"))
                .metadata(Map.of("files", new Json.Array(List.of(new Json.Text("a\u0000b")))))
                .address("203.0.113.9")
                .build();
    }
}
