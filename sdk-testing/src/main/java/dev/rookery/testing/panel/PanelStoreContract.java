package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.panel.Build;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.EnrolmentKey;
import dev.rookery.panel.spi.EnrolmentOutcome;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.NewServer;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.Operation.Lease;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.StatusChange;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PanelStore} has to do. Extend it and hand in an empty store; it is called once for each test. */
@SuppressWarnings("NullAway.Init") // JUnit sets the store before each test
public abstract class PanelStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Set<ServerStatus> ANY = EnumSet.allOf(ServerStatus.class);

    private PanelStore store;

    /** For the classes that extend this one. */
    protected PanelStoreContract() {}

    /** Returns a store that holds nothing. */
    protected abstract PanelStore emptyStore();

    @BeforeEach
    void openStore() {
        store = emptyStore();
    }

    @Test
    void nodesAreNumberedFromOneAndComeBackAsTheyWent() {
        var added = node("one");
        var second = node("two");

        assertThat(added.id()).isEqualTo(new NodeId(1));
        assertThat(second.id()).isEqualTo(new NodeId(2));
        assertThat(added.createdAt()).isEqualTo(NOW);
        assertThat(added.enrolledAt()).isEmpty();
        assertThat(store.nodes().find(added.id())).contains(added);
        assertThat(store.nodes().findByTokenId(second.credentials().tokenId())).contains(second);
        assertThat(store.nodes().findByTokenId("nobody")).isEmpty();
        assertThat(store.nodes().list()).containsExactly(added, second);
    }

    @Test
    void refusesASecondNodeOfTheSameName() {
        node("Berlin");

        assertProblem(Problem.NODE_NAME_IN_USE, () -> node("berlin"));
        assertThat(store.nodes().list()).hasSize(1);
    }

    @Test
    void idsOfDeletedNodesAreNotGivenAgain() {
        store.nodes().delete(node("one").id());

        assertThat(store.nodes().list()).isEmpty();
        assertThat(node("one").id()).isEqualTo(new NodeId(2));
        assertProblem(Problem.NODE_NOT_FOUND, () -> store.nodes().delete(new NodeId(1)));
    }

    @Test
    void aShortIdFindsTheOnlyServerOfTheNodeThatHasIt() {
        var fixture = fixture();
        var other = node("other");
        var one = new ServerId(UUID.fromString("7c0d1234-0000-4000-8000-000000000001"));
        var elsewhere = new ServerId(UUID.fromString("7c0d1234-0000-4000-8000-000000000002"));
        var twin = new ServerId(UUID.fromString("7c0d1234-0000-4000-8000-000000000003"));
        add(one, fixture, "one");
        add(elsewhere, new Fixture(other, fixture.egg(), List.of()), "elsewhere");

        assertThat(store.servers().findByShortId(fixture.node().id(), "7c0d1234"))
                .contains(store.servers().find(one).orElseThrow());
        assertThat(store.servers().findByShortId(fixture.node().id(), "7c0d1235"))
                .isEmpty();
        add(twin, fixture, "twin");
        assertThat(store.servers().findByShortId(fixture.node().id(), "7c0d1234"))
                .isEmpty();
    }

    @Test
    void aNodeWithServersStays() {
        var fixture = fixture();
        add(fixture, "lobby", List.of());

        assertProblem(
                Problem.NODE_IN_USE, () -> store.nodes().delete(fixture.node().id()));
        assertThat(store.nodes().find(fixture.node().id())).isPresent();
    }

    @Test
    void anEnrolmentKeyWorksOnceForItsNode() {
        var node = node("one");
        var other = node("two");
        store.nodes().addEnrolmentKey(key("aa", node.id()));
        var later = NOW.plusSeconds(5);

        assertThat(use("bb", node, later)).isEqualTo(EnrolmentOutcome.UNKNOWN);
        assertThat(use("aa", other, later)).isEqualTo(EnrolmentOutcome.OTHER_NODE);
        assertThat(use("aa", node, later)).isEqualTo(EnrolmentOutcome.ACCEPTED);
        assertThat(use("aa", node, later)).isEqualTo(EnrolmentOutcome.USED);
        assertThat(store.nodes().find(node.id()).orElseThrow().enrolledAt()).contains(later);
        assertThat(store.nodes().find(other.id()).orElseThrow().enrolledAt()).isEmpty();
    }

    @Test
    void anEnrolmentKeyExpires() {
        var node = node("one");
        store.nodes().addEnrolmentKey(key("aa", node.id()));

        assertThat(use("aa", node, NOW.plusSeconds(3600))).isEqualTo(EnrolmentOutcome.EXPIRED);
        assertThat(store.nodes().find(node.id()).orElseThrow().enrolledAt()).isEmpty();
        assertProblem(Problem.NODE_NOT_FOUND, () -> store.nodes().addEnrolmentKey(key("cc", new NodeId(9))));
    }

    @Test
    void aNodeEnrolsWithItsCertificateOrWithoutOne() {
        var node = node("one");
        var certificate = Optional.of("0f".repeat(32));
        List.of("aa", "bb", "cc").forEach(key -> store.nodes().addEnrolmentKey(key(key, node.id())));

        assertThat(node.certificate()).isEmpty();
        store.nodes().useEnrolmentKey("aa", node.id(), certificate, NOW);
        assertThat(store.nodes().find(node.id()).orElseThrow().certificate()).isEqualTo(certificate);
        store.nodes().useEnrolmentKey("aa", node.id(), Optional.of("ab".repeat(32)), NOW);
        assertThat(store.nodes().find(node.id()).orElseThrow().certificate())
                .as("a key that is used up changes nothing")
                .isEqualTo(certificate);
        store.nodes().useEnrolmentKey("bb", node.id(), Optional.empty(), NOW);
        assertThat(store.nodes().find(node.id()).orElseThrow().certificate()).isEmpty();
    }

    @Test
    void oneEnrolmentKeyShownManyTimesAtOnceIsAcceptedOnce() {
        var node = node("one");
        store.nodes().addEnrolmentKey(key("aa", node.id()));

        var outcomes = Race.of(8, i -> use("aa", node, NOW));

        assertThat(outcomes)
                .filteredOn(EnrolmentOutcome.ACCEPTED::equals)
                .as("accepted")
                .hasSize(1);
    }

    @Test
    void allocationsAreUniqueWithinANode() {
        var node = node("one").id();
        var other = node("two").id();
        var added = store.nodes().addAllocations(node, List.of(at(25566), at(25565), at(25565)));

        assertThat(added).extracting(AllocationRecord::address).containsExactly(at(25566), at(25565));
        assertThat(store.nodes().addAllocations(node, List.of(at(25565), at(25567))))
                .extracting(AllocationRecord::address)
                .containsExactly(at(25567));
        assertThat(store.nodes().addAllocations(other, List.of(at(25565)))).hasSize(1);
        assertThat(store.nodes().allocations(node))
                .extracting(AllocationRecord::address)
                .containsExactly(at(25565), at(25566), at(25567));
        assertProblem(Problem.NODE_NOT_FOUND, () -> store.nodes().addAllocations(new NodeId(9), List.of(at(1))));
    }

    @Test
    void onlyFreeAllocationsOfTheNodeCanBeDeleted() {
        var fixture = fixture();
        var other = node("other").id();
        add(fixture, "lobby", List.of(fixture.allocations().get(0)));
        long used = fixture.allocations().get(0);
        long free = fixture.allocations().get(1);
        var id = fixture.node().id();

        assertProblem(Problem.ALLOCATION_IN_USE, () -> store.nodes().deleteAllocation(id, used));
        assertProblem(Problem.ALLOCATION_NOT_FOUND, () -> store.nodes().deleteAllocation(other, free));
        store.nodes().deleteAllocation(id, free);
        assertThat(store.nodes().allocations(id))
                .extracting(AllocationRecord::id)
                .doesNotContain(free)
                .contains(used);
    }

    @Test
    void eggsComeBackAsTheyWent() {
        var egg = egg("a");
        var second = egg("b");

        assertThat(egg.id()).isEqualTo(1);
        assertThat(store.eggs().find(1)).contains(egg);
        assertThat(store.eggs().find(3)).isEmpty();
        assertThat(store.eggs().list()).containsExactly(egg, second);
        assertThat(egg.document()).isEqualTo("{\"name\": \"ä \\n\"}");
        assertProblem(Problem.EGG_EXISTS, () -> egg("a"));
        store.eggs().delete(1);
        assertThat(store.eggs().list()).containsExactly(second);
        assertProblem(Problem.EGG_NOT_FOUND, () -> store.eggs().delete(1));
    }

    @Test
    void anEggIsReplacedInPlace() {
        var fixture = fixture();
        var other = egg("other");
        var id = add(fixture, "lobby", List.of()).id();
        var next = new NewEgg("next", "Lobby 2", "you@example", "newer", "PLCN_v3", "{}", NOW.plusSeconds(9));

        var replaced = store.eggs().replace(fixture.egg().id(), next);

        assertThat(replaced.id()).isEqualTo(fixture.egg().id());
        assertThat(replaced.document()).isEqualTo("{}");
        assertThat(replaced.createdAt()).isEqualTo(fixture.egg().createdAt());
        assertThat(store.eggs().find(replaced.id())).contains(replaced);
        assertThat(store.servers().find(id).orElseThrow().spec().eggId()).isEqualTo(replaced.id());
        assertThat(store.eggs().replace(replaced.id(), next))
                .as("the same again")
                .isEqualTo(replaced);
        assertProblem(Problem.EGG_EXISTS, () -> store.eggs().replace(other.id(), next));
        assertProblem(Problem.EGG_NOT_FOUND, () -> store.eggs().replace(99, next));
    }

    @Test
    void aServersSpecificationIsChangedAsAWhole() {
        var fixture = fixture();
        var server = add(fixture, "lobby", List.of());
        add(fixture, "other", List.of());

        var wanted = ServerSpec.builder()
                .from(server.spec())
                .name("LOBBY")
                .image("ghcr.io/example/java:25")
                .variables(Map.of("A", "new"))
                .build();
        assertThat(store.servers().change(server, List.of(new ServerChange.Specify(wanted))))
                .isTrue();

        var changed = store.servers().find(server.id()).orElseThrow();
        assertThat(changed.spec()).isEqualTo(wanted);
        assertThat(changed.life()).isEqualTo(server.life());
        assertThat(store.servers().change(server, List.of(new ServerChange.Specify(wanted))))
                .as("decided for the server as it was before")
                .isFalse();
        var taken = ServerSpec.builder().from(wanted).name("Other").build();
        var order = new NewOperation(UUID.randomUUID(), OperationKind.SYNC, server.id(), "correlation-3", NOW);
        assertProblem(
                Problem.SERVER_NAME_IN_USE,
                () -> store.servers()
                        .change(changed, List.of(new ServerChange.Begin(order), new ServerChange.Specify(taken))));
        assertThat(store.operations().list(server.id()))
                .as("all or nothing")
                .noneMatch(operation -> operation.kind() == OperationKind.SYNC);
    }

    @Test
    void anEggWithServersStays() {
        var fixture = fixture();
        add(fixture, "lobby", List.of());

        assertProblem(
                Problem.EGG_IN_USE, () -> store.eggs().delete(fixture.egg().id()));
    }

    @Test
    void aServerComesWithItsAllocationsAndItsOperation() {
        var fixture = fixture();
        var ids = fixture.allocations();
        var server = add(fixture, "lobby", List.of(ids.get(2), ids.get(1), ids.get(0)));

        assertThat(server.number()).isEqualTo(1);
        assertThat(server.status()).isEqualTo(ServerStatus.CREATING);
        assertThat(server.life().state()).isEqualTo(ServerState.OFFLINE);
        assertThat(server.createdAt()).isEqualTo(NOW);
        assertThat(server.spec()).isEqualTo(spec(fixture.egg().id(), "lobby"));
        assertThat(List.copyOf(server.spec().variables().keySet())).containsExactly("Z", "A");
        assertThat(server.allocations())
                .as("primary first, the others by id")
                .extracting(AllocationRecord::id)
                .containsExactly(ids.get(2), ids.get(0), ids.get(1));
        assertThat(server.allocations()).allSatisfy(a -> assertThat(a.server()).contains(server.id()));
        assertThat(store.servers().find(server.id())).contains(server);
        assertThat(store.nodes().allocations(fixture.node().id()))
                .filteredOn(a -> a.server().isPresent())
                .hasSize(3);
        var operation = store.operations().find(server.id()).orElseThrow();
        assertThat(operation.kind()).isEqualTo(OperationKind.CREATE);
        assertThat(operation.attempts()).isZero();
        assertThat(operation.lease()).isEmpty();
        assertThat(operation.nextAttemptAt()).isEqualTo(NOW);
    }

    @Test
    void aServerThatCannotBeAddedLeavesNothingBehind() {
        var fixture = fixture();
        var first = fixture.allocations().get(0);
        var second = fixture.allocations().get(1);
        var lobby = add(fixture, "lobby", List.of(first));
        var foreign = store.nodes()
                .addAllocations(node("other").id(), List.of(at(9000)))
                .get(0)
                .id();

        assertProblem(Problem.ALLOCATION_IN_USE, () -> add(fixture, "games", List.of(second, first)));
        assertProblem(Problem.ALLOCATION_NOT_FOUND, () -> add(fixture, "games", List.of(second, 999L)));
        assertProblem(Problem.ALLOCATION_NOT_FOUND, () -> add(fixture, "games", List.of(second, foreign)));
        assertProblem(Problem.SERVER_NAME_IN_USE, () -> add(fixture, "Lobby", List.of(second)));
        assertProblem(
                Problem.SERVER_EXISTS,
                () -> store.servers()
                        .add(newServer(fixture, lobby.id(), "games", List.of(second)), operation(lobby.id())));
        assertProblem(
                Problem.EGG_NOT_FOUND,
                () -> add(new Fixture(fixture.node(), missing(fixture.egg()), List.of()), "games", List.of(second)));
        assertThat(store.servers().list(ServerQuery.all()).servers()).containsExactly(lobby);
        assertThat(store.nodes().allocations(fixture.node().id()))
                .filteredOn(a -> a.server().isPresent())
                .extracting(AllocationRecord::id)
                .containsExactly(first);
    }

    /** CVE-2025-69198: limits and claims were checked before, not while, they were taken. */
    @Test
    void anAllocationThatManyWantGoesToOne() {
        var fixture = fixture();
        var wanted = List.of(fixture.allocations().get(1), fixture.allocations().get(0));

        var outcomes = Race.of(8, i -> {
            try {
                return "added " + add(fixture, "server " + i, wanted).id();
            } catch (PanelException e) {
                return e.code();
            }
        });

        assertThat(outcomes).filteredOn(text -> text.startsWith("added ")).hasSize(1);
        assertThat(outcomes).filteredOn("allocation_in_use"::equals).hasSize(7);
        assertThat(store.servers().list(ServerQuery.all()).total()).isEqualTo(1);
    }

    @Test
    void aServerIsFoundThroughItsOwnNodeOnly() {
        var fixture = fixture();
        var other = node("other").id();
        var server = add(fixture, "lobby", List.of());
        var change = StatusChange.of(ANY, ServerStatus.READY);

        assertThat(store.servers().find(fixture.node().id(), server.id())).contains(server);
        assertThat(store.servers().find(other, server.id())).isEmpty();
        assertThat(store.servers().changeStatus(other, server.id(), change)).isFalse();
        assertThat(store.servers().changeState(other, server.id(), ServerState.RUNNING, NOW))
                .isFalse();
        store.servers().forgetStates(other, NOW);
        assertThat(store.servers().find(server.id())).contains(server);
    }

    @Test
    void listsServersInOrderAndInPages() {
        var fixture = fixture();
        var owner = UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            add(fixture, "server " + i, List.of());
        }
        var other = node("other");
        var id = ServerId.random();
        var theirs = store.servers()
                .add(
                        new NewServer(id, other.id(), owner, spec(fixture.egg().id(), "theirs"), List.of(), NOW),
                        operation(id));

        var ofNode = ServerQuery.all().node(fixture.node().id());
        var all = store.servers().list(ofNode);
        assertThat(all.total()).isEqualTo(5);
        assertThat(all.servers())
                .extracting(server -> server.id().toString())
                .isSorted()
                .hasSize(5);
        var page = store.servers().list(ofNode.page(3, 3));
        assertThat(page.total()).isEqualTo(5);
        assertThat(page.servers()).isEqualTo(all.servers().subList(3, 5));
        assertThat(store.servers().list(ServerQuery.all().owner(owner)).servers())
                .containsExactly(theirs);
        assertThat(store.servers()
                        .list(ServerQuery.all().without(ServerStatus.CREATING))
                        .servers())
                .isEmpty();
    }

    @Test
    void theStatusIsComparedBeforeItIsSet() {
        var fixture = fixture();
        var node = fixture.node().id();
        var id = add(fixture, "lobby", List.of()).id();
        var installed = new StatusChange(
                Set.of(ServerStatus.CREATING), ServerStatus.READY, Optional.of("done"), Optional.of(NOW.plusMillis(1)));

        assertThat(store.servers().changeStatus(node, id, installed)).isTrue();
        assertThat(store.servers().changeStatus(node, id, installed)).isFalse();
        var life = store.servers().find(id).orElseThrow().life();
        assertThat(life.status()).isEqualTo(ServerStatus.READY);
        assertThat(life.reason()).contains("done");
        assertThat(life.installedAt()).contains(NOW.plusMillis(1));

        store.servers().changeStatus(node, id, StatusChange.of(ANY, ServerStatus.INSTALLING));
        life = store.servers().find(id).orElseThrow().life();
        assertThat(life.reason()).isEmpty();
        assertThat(life.installedAt()).as("kept").contains(NOW.plusMillis(1));
    }

    @Test
    void powerStateAndSuspensionLeaveTheStatusAlone() {
        var fixture = fixture();
        var node = fixture.node().id();
        var id = add(fixture, "lobby", List.of()).id();
        var later = NOW.plusSeconds(1);

        assertThat(store.servers().changeState(node, id, ServerState.RUNNING, later))
                .isTrue();
        assertThat(store.servers().changeState(node, id, ServerState.RUNNING, later.plusSeconds(1)))
                .as("no news")
                .isFalse();
        assertThat(store.servers().changeSuspended(id, true)).isTrue();
        assertThat(store.servers().changeSuspended(id, true)).isFalse();
        var life = store.servers().find(id).orElseThrow().life();
        assertThat(life.state()).isEqualTo(ServerState.RUNNING);
        assertThat(life.stateAt()).isEqualTo(later);
        assertThat(life.suspended()).isTrue();
        assertThat(life.status()).isEqualTo(ServerStatus.CREATING);
        store.servers().changeStatus(node, id, StatusChange.of(ANY, ServerStatus.READY));
        store.servers().forgetStates(node, later.plusSeconds(2));
        life = store.servers().find(id).orElseThrow().life();
        assertThat(life.suspended()).as("suspended stays suspended").isTrue();
        assertThat(life.state()).isEqualTo(ServerState.UNKNOWN);
    }

    @Test
    void anOperationIsClaimedByOneUntilItsLeaseRunsOut() {
        var id = add(fixture(), "lobby", List.of()).id();

        assertThat(claim("early", NOW.minusSeconds(1))).isEmpty();
        var claimed = claim("first", NOW).orElseThrow();
        assertThat(claimed.server()).isEqualTo(id);
        assertThat(claimed.attempts()).isEqualTo(1);
        assertThat(claimed.lease()).contains(new Lease("first", NOW.plus(LEASE)));
        assertThat(store.operations().find(id)).contains(claimed);
        assertThat(claim("second", NOW.plus(LEASE).minusMillis(1))).isEmpty();

        var again = claim("second", NOW.plus(LEASE)).orElseThrow();
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(store.operations().finish(claimed, Optional.empty()))
                .as("the first lease has run out")
                .isFalse();
        assertThat(store.operations().retry(claimed, NOW, "late")).isFalse();
        assertThat(store.operations().finishDeletion(claimed)).isFalse();
        assertThat(store.operations().find(id)).contains(again);
    }

    @Test
    void aLeaseCanBeProlongedWhileItLasts() {
        var id = add(fixture(), "lobby", List.of()).id();
        var claimed = claim("a", NOW).orElseThrow();
        var later = NOW.plus(LEASE).plus(LEASE);

        assertThat(store.operations().renew(claimed, later)).isTrue();
        assertThat(claim("b", NOW.plus(LEASE))).isEmpty();
        begin(id, OperationKind.DELETE, ServerStatus.DELETING);
        assertThat(store.operations().renew(claimed, later.plusSeconds(1)))
                .as("the replaced operation still runs")
                .isTrue();
        assertThat(claim("b", later)).isEmpty();
        var other = claim("b", later.plusSeconds(1)).orElseThrow();
        assertThat(store.operations().renew(claimed, later.plusSeconds(9))).isFalse();
        assertThat(store.operations().find(id)).contains(other);
    }

    @Test
    void anOperationThatManyClaimGoesToOne() {
        add(fixture(), "lobby", List.of());

        var outcomes = Race.of(8, i -> claim("lease " + i, NOW));

        assertThat(outcomes).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    void theOperationDueLongestIsClaimedFirst() {
        var fixture = fixture();
        var first = add(fixture, "one", List.of()).id();
        var second = add(fixture, "two", List.of()).id();
        var claimed = claim("a", NOW).orElseThrow();
        store.operations().retry(claimed, NOW.plusSeconds(60), "node away");

        var other = claim("b", NOW.plusSeconds(1)).orElseThrow();
        assertThat(other.server()).isEqualTo(claimed.server().equals(first) ? second : first);
        assertThat(claim("c", NOW.plusSeconds(59))).isEmpty();
        var again = claim("c", NOW.plusSeconds(60)).orElseThrow();
        assertThat(again.server()).isEqualTo(claimed.server());
        assertThat(again.lastError()).contains("node away");
        assertThat(store.servers().find(again.server()).orElseThrow().life().reason())
                .contains("node away");
    }

    @Test
    void theEndOfAnOperationChangesTheStatusIfItStillFits() {
        var fixture = fixture();
        var id = add(fixture, "lobby", List.of()).id();
        var toInstalling = StatusChange.of(Set.of(ServerStatus.CREATING), ServerStatus.INSTALLING);

        assertThat(store.operations().finish(claim("a", NOW).orElseThrow(), Optional.of(toInstalling)))
                .isTrue();
        assertThat(status(id)).isEqualTo(ServerStatus.INSTALLING);
        assertThat(store.operations().find(id)).isEmpty();

        store.servers().changeStatus(fixture.node().id(), id, StatusChange.of(ANY, ServerStatus.READY));
        begin(id, OperationKind.REINSTALL, ServerStatus.INSTALLING);
        store.servers().changeStatus(fixture.node().id(), id, StatusChange.of(ANY, ServerStatus.READY));
        assertThat(store.operations().finish(claim("b", NOW).orElseThrow(), Optional.of(toInstalling)))
                .isTrue();
        assertThat(status(id)).as("the report was faster").isEqualTo(ServerStatus.READY);
    }

    @Test
    void aServerHasOneOperationAtATime() {
        var fixture = fixture();
        var id = add(fixture, "lobby", List.of()).id();

        assertProblem(Problem.SERVER_BUSY, () -> begin(id, OperationKind.REINSTALL, ServerStatus.INSTALLING));
        store.operations().finish(claim("a", NOW).orElseThrow(), Optional.empty());
        assertProblem(
                Problem.SERVER_STATUS,
                () -> store.operations()
                        .begin(
                                new NewOperation(UUID.randomUUID(), OperationKind.REINSTALL, id, "c", NOW),
                                Set.of(ServerStatus.READY),
                                ServerStatus.INSTALLING));
        assertThat(store.operations().find(id)).isEmpty();
        assertThat(status(id)).isEqualTo(ServerStatus.CREATING);
        assertProblem(
                Problem.SERVER_NOT_FOUND,
                () -> begin(ServerId.random(), OperationKind.REINSTALL, ServerStatus.INSTALLING));
        begin(id, OperationKind.REINSTALL, ServerStatus.INSTALLING);
        assertThat(status(id)).isEqualTo(ServerStatus.INSTALLING);
    }

    @Test
    void aDeletionReplacesAnOperationAndWaitsForItsEnd() {
        var id = add(fixture(), "lobby", List.of()).id();
        var creation = claim("a", NOW).orElseThrow();

        var deletion = begin(id, OperationKind.DELETE, ServerStatus.DELETING);
        assertThat(deletion.kind()).isEqualTo(OperationKind.DELETE);
        assertThat(deletion.attempts()).isZero();
        assertThat(begin(id, OperationKind.DELETE, ServerStatus.DELETING).id()).isEqualTo(deletion.id());
        assertThat(claim("b", NOW.plusSeconds(1))).as("creation is under way").isEmpty();
        assertThat(store.operations()
                        .finish(
                                creation,
                                Optional.of(StatusChange.of(Set.of(ServerStatus.CREATING), ServerStatus.INSTALLING))))
                .isFalse();
        assertThat(status(id)).isEqualTo(ServerStatus.DELETING);
        assertThat(claim("b", NOW.plusSeconds(1)).orElseThrow().id()).isEqualTo(deletion.id());
    }

    @Test
    void aDeletionBeginsWhenTheReplacedOperationIsGivenBackOrItsLeaseRunsOut() {
        var fixture = fixture();
        var retried = add(fixture, "one", List.of()).id();
        var creation = claim("a", NOW).orElseThrow();
        begin(retried, OperationKind.DELETE, ServerStatus.DELETING);
        assertThat(store.operations().retry(creation, NOW.plusSeconds(60), "node away"))
                .isFalse();
        assertThat(claim("b", NOW).orElseThrow().kind()).isEqualTo(OperationKind.DELETE);

        var crashed = add(fixture, "two", List.of()).id();
        assertThat(claim("c", NOW)).isPresent();
        begin(crashed, OperationKind.DELETE, ServerStatus.DELETING);
        assertThat(claim("d", NOW)).isEmpty();
        assertThat(store.operations()
                        .claim("d", NOW.plus(LEASE), NOW.plus(LEASE).plus(LEASE), Set.of()))
                .isPresent();
    }

    @Test
    void theEndOfADeletionFreesTheAllocations() {
        var fixture = fixture();
        var allocation = fixture.allocations().get(0);
        var id = add(fixture, "lobby", List.of(allocation)).id();
        begin(id, OperationKind.DELETE, ServerStatus.DELETING);

        assertThat(store.operations().finishDeletion(claim("a", NOW).orElseThrow()))
                .isTrue();
        assertThat(store.servers().find(id)).isEmpty();
        assertThat(store.operations().find(id)).isEmpty();
        var again = add(fixture, "lobby", List.of(allocation));
        assertThat(again.number()).as("numbers are not given again").isEqualTo(2);
    }

    private record Fixture(NodeRecord node, EggRecord egg, List<Long> allocations) {}

    private Fixture fixture() {
        var node = node("node");
        var allocations = store.nodes().addAllocations(node.id(), List.of(at(25565), at(25566), at(25567)));
        return new Fixture(
                node, egg("egg"), allocations.stream().map(AllocationRecord::id).toList());
    }

    private NodeRecord node(String name) {
        return store.nodes().add(NewNode.of(name, URI.create("http://127.0.0.1:8080"), NOW));
    }

    private EggRecord egg(String uuid) {
        return store.eggs().add(new NewEgg(uuid, "Lobby", "me@example", "", "PTDL_v2", "{\"name\": \"ä \\n\"}", NOW));
    }

    private static EggRecord missing(EggRecord egg) {
        return new EggRecord(
                egg.id() + 100,
                egg.uuid(),
                egg.name(),
                egg.author(),
                egg.description(),
                egg.format(),
                egg.document(),
                egg.createdAt());
    }

    private PanelServer add(ServerId id, Fixture fixture, String name) {
        return store.servers().add(newServer(fixture, id, name, List.of()), operation(id));
    }

    private PanelServer add(Fixture fixture, String name, List<Long> allocations) {
        var id = ServerId.random();
        return store.servers().add(newServer(fixture, id, name, allocations), operation(id));
    }

    private static NewServer newServer(Fixture fixture, ServerId id, String name, List<Long> allocations) {
        return new NewServer(
                id, fixture.node().id(), UUID.randomUUID(), spec(fixture.egg().id(), name), allocations, NOW);
    }

    private static ServerSpec spec(long egg, String name) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("Z", "1");
        variables.put("A", "");
        return ServerSpec.builder()
                .name(name)
                .description("for \"friends\"")
                .eggId(egg)
                .image("ghcr.io/example/java:21")
                .startup("java -jar {{JAR}}")
                .variables(variables)
                .build(Build.builder()
                        .memoryMebibytes(1024)
                        .swapMebibytes(-1)
                        .threads("0-1,3")
                        .build())
                .startOnCompletion(true)
                .build();
    }

    private static NewOperation operation(ServerId id) {
        return new NewOperation(UUID.randomUUID(), OperationKind.CREATE, id, "correlation-1", NOW);
    }

    private Operation begin(ServerId id, OperationKind kind, ServerStatus to) {
        return store.operations().begin(new NewOperation(UUID.randomUUID(), kind, id, "correlation-2", NOW), ANY, to);
    }

    private Optional<Operation> claim(String lease, Instant now) {
        return store.operations().claim(lease, now, now.plus(LEASE), Set.of());
    }

    private ServerStatus status(ServerId id) {
        return store.servers().find(id).orElseThrow().status();
    }

    private EnrolmentOutcome use(String sha256, NodeRecord node, Instant now) {
        return store.nodes().useEnrolmentKey(sha256, node.id(), Optional.empty(), now);
    }

    private static EnrolmentKey key(String sha256, NodeId node) {
        return new EnrolmentKey(sha256, node, NOW, NOW.plusSeconds(3600));
    }

    private static Allocation at(int port) {
        return new Allocation("127.0.0.1", port);
    }

    private static void assertProblem(Problem problem, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
