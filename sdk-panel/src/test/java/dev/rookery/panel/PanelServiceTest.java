package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.StateChange;
import dev.rookery.kit.Correlation;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.EggInterpreter;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PanelServiceTest {

    private static final InstallReport INSTALLED = new InstallReport(true, false);
    private static final InstallReport REINSTALLED = new InstallReport(true, true);
    private static final InstallReport NOT_INSTALLED = new InstallReport(false, false);

    private final PanelFixture fixture = new PanelFixture();
    private final PanelService panel = fixture.service;
    private final RecordingNode node = fixture.recording();

    @Test
    void createsAServerAndFollowsItsInstallation() {
        var server = fixture.create("lobby", fixture.allocations.get(0));
        assertThat(server.status()).isEqualTo(ServerStatus.CREATING);
        assertThat(node.calls).as("no node is called by whoever creates").isEmpty();

        panel.runDue();
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.INSTALLING);
        var configuration = node.servers.get(server.id());
        assertThat(configuration.settings().environment()).containsEntry("GREETING", "hi");
        assertThat(configuration.settings().allocations().primary().port()).isEqualTo(25565);
        assertThat(panel.forNode(fixture.node.id()).installScript(server.id()).entrypoint())
                .isEqualTo("sh");

        panel.forNode(fixture.node.id()).reportInstall(server.id(), INSTALLED);
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.READY);
        assertThat(fixture.get(server.id()).life().installedAt()).contains(fixture.clock.instant());
    }

    @Test
    void refusesValuesTheEggDoesNotAllowBeforeAnythingIsStored() {
        var blank = ServerSpec.builder().from(fixture.spec("lobby")).eggId(99).build();

        assertThatThrownBy(() -> panel.create(fixture.node.id(), PanelFixture.OWNER, blank, List.of()))
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(Problem.EGG_NOT_FOUND));
        assertThat(panel.runDue()).isZero();
    }

    @Test
    void givesOneAllocationToOneOfManyServersCreatedAtOnce() throws Exception {
        var pool = Executors.newFixedThreadPool(8);
        try {
            var calls = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(i -> () -> {
                        try {
                            return fixture.create("server " + i, fixture.allocations.get(0))
                                    .status()
                                    .name();
                        } catch (PanelException e) {
                            return e.code();
                        }
                    })
                    .toList();
            var outcomes = pool.invokeAll(calls).stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (Exception e) {
                            return e.toString();
                        }
                    })
                    .toList();

            assertThat(outcomes).filteredOn("CREATING"::equals).hasSize(1);
            assertThat(outcomes).filteredOn("allocation_in_use"::equals).hasSize(7);
            assertThat(panel.runDue()).as("operations").isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void givesEachOfManyServersCreatedAtOnceAFreeAllocationAndSaysWhenThereIsNone() throws Exception {
        var egg = fixture.store.eggs().find(fixture.egg).orElseThrow();
        int free = fixture.allocations.size();
        var pool = Executors.newFixedThreadPool(free);
        try {
            var calls = IntStream.range(0, free)
                    .<Callable<PanelServer>>mapToObj(i -> () -> panel.create(
                            fixture.node.id(),
                            PanelFixture.OWNER,
                            ServerSpec.builder(egg).name("server " + i).build()))
                    .toList();
            var taken = new ArrayList<Long>();
            for (var created : pool.invokeAll(calls)) {
                taken.add(created.get().allocations().get(0).id());
            }
            assertThat(taken).containsExactlyInAnyOrderElementsOf(fixture.allocations);
        } finally {
            pool.shutdownNow();
        }
        var oneTooMany = ServerSpec.builder(egg).name("one too many").build();
        assertProblem(Problem.ALLOCATION_IN_USE, () -> panel.create(fixture.node.id(), PanelFixture.OWNER, oneTooMany));
    }

    @Test
    void keepsTryingWhileTheNodeIsAway() {
        node.failures.add(new UnavailableException("connection refused"));
        node.failures.add(new DeadlineException("no answer within 30 s"));
        var server = fixture.create("lobby");

        panel.runDue();
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.CREATING);
        assertThat(fixture.get(server.id()).life().reason()).contains("connection refused");
        assertThat(panel.runDue()).as("not before its time").isZero();
        fixture.retryDue();
        assertThat(fixture.get(server.id()).life().reason()).contains("no answer within 30 s");
        fixture.retryDue();
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.INSTALLING);
        assertThat(fixture.get(server.id()).life().reason()).isEmpty();
    }

    @Test
    void takesARefusalAsFinal() {
        for (RookeryException refusal : List.of(
                new InvalidInputException("image: not allowed here"),
                new NotFoundException("the panel does not know it"))) {
            node.failures.add(refusal);
            var server = fixture.create(refusal.getClass().getSimpleName());
            panel.runDue();

            assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.CREATE_FAILED);
            assertThat(fixture.get(server.id()).life().reason()).contains(refusal.getMessage());
            assertThat(fixture.store.operations().find(server.id())).isEmpty();
        }
    }

    @Test
    void givesUpOnANodeThatMakesNoSense() {
        var server = fixture.create("lobby");
        for (int i = 0; i < 5; i++) {
            assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.CREATING);
            node.failures.add(new ProtocolException("an answer that is no JSON"));
            fixture.retryDue();
        }
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.CREATE_FAILED);

        panel.reinstall(server.id());
        panel.runDue();
        assertThat(fixture.status(server.id())).as("created again").isEqualTo(ServerStatus.INSTALLING);
    }

    @Test
    void aNodeThatIsBusyHasNotAcceptedWhatNeverReachedIt() {
        var server = fixture.installing("lobby");
        node.panel.reportInstall(server.id(), INSTALLED);
        var refused = new UnavailableException("no connection", new ConnectException("Connection refused"));

        node.failures.addAll(List.of(refused, new ConflictException("busy with something else")));
        panel.reinstall(server.id());
        fixture.retryDue();
        fixture.retryDue();
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.READY);
        assertThat(fixture.get(server.id()).life().reason()).contains("not reinstalled: busy with something else");

        var lost = new UnavailableException("no answer", new SocketException("Connection reset"));
        node.failures.addAll(List.of(lost, refused, new ConflictException("it is being installed")));
        panel.reinstall(server.id());
        for (int i = 0; i < 3; i++) {
            fixture.retryDue();
        }
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.INSTALLING);
        assertThat(fixture.store.operations().find(server.id())).isEmpty();
    }

    @Test
    void aReportBeforeTheEndOfTheCreationWins() {
        var server = fixture.create("lobby");
        node.afterEffect = () -> node.panel.reportInstall(server.id(), INSTALLED);

        panel.runDue();

        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.READY);
    }

    @Test
    void repeatedAndLateReportsAreHarmless() {
        var server = fixture.installing("lobby");
        var view = panel.forNode(fixture.node.id());
        view.reportInstall(server.id(), NOT_INSTALLED);
        view.reportInstall(server.id(), NOT_INSTALLED);
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.INSTALL_FAILED);
        assertThat(fixture.get(server.id()).life().reason()).isPresent();
        panel.reinstall(server.id());
        view.reportInstall(server.id(), NOT_INSTALLED);
        assertThat(fixture.status(server.id()))
                .as("the node does not know of the reinstallation yet")
                .isEqualTo(ServerStatus.INSTALLING);
        panel.runDue();
        view.reportInstall(server.id(), REINSTALLED);
        view.reportInstall(server.id(), REINSTALLED);
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.READY);
        view.reportInstall(server.id(), NOT_INSTALLED);
        assertThat(fixture.status(server.id())).as("the first report once more").isEqualTo(ServerStatus.READY);
    }

    @Test
    void aSuspendedServerStaysSuspended() {
        var server = fixture.installing("lobby");
        panel.suspend(server.id(), true);
        panel.runDue();
        panel.forNode(fixture.node.id()).reportInstall(server.id(), INSTALLED);

        assertThat(fixture.get(server.id()).life().suspended()).isTrue();
        assertThat(node.calls).contains("sync " + server.id());
        assertThat(panel.forNode(fixture.node.id())
                        .configuration(server.id())
                        .settings()
                        .suspended())
                .isTrue();
        assertProblem(Problem.SERVER_SUSPENDED, () -> panel.power(server.id(), PowerAction.START, Caller.panel()));
        assertProblem(Problem.SERVER_SUSPENDED, () -> panel.reinstall(server.id()));
        panel.power(server.id(), PowerAction.STOP, Caller.panel());
    }

    @Test
    void aNodeThatIsAwayDoesNotKeepAServerFromBeingSuspended() {
        var server = fixture.installing("lobby");
        node.failures.add(new UnavailableException("connection refused"));

        panel.suspend(server.id(), true);
        panel.runDue();

        assertThat(fixture.get(server.id()).life().suspended()).isTrue();
        assertThat(node.calls).containsOnlyOnce("sync " + server.id());
        fixture.retryDue();
        assertThat(node.calls.stream().filter(("sync " + server.id())::equals))
                .as("it is told when it is back")
                .hasSize(2);
    }

    @Test
    void powerNeedsAServerThatIsReadyButAKillDoesNot() {
        var server = fixture.installing("lobby");

        assertProblem(Problem.SERVER_STATUS, () -> panel.power(server.id(), PowerAction.START, Caller.panel()));
        panel.power(server.id(), PowerAction.KILL, Caller.panel());
        panel.forNode(fixture.node.id()).reportInstall(server.id(), INSTALLED);
        panel.power(server.id(), PowerAction.START, Caller.panel());
        assertThat(node.calls).containsSequence("power KILL", "power START");
        assertProblem(
                Problem.SERVER_NOT_FOUND, () -> panel.power(ServerId.random(), PowerAction.START, Caller.panel()));
    }

    @Test
    void deletesAServerOnItsNodeThoughWhatItHasElsewhereIsAway() {
        var server = fixture.create("lobby");
        panel.runDue();
        var backup = BackupRecord.builder()
                .id(BackupId.random())
                .server(server.id())
                .adapter(BackupAdapter.S3)
                .createdAt(fixture.clock.instant())
                .build();
        fixture.store.servers().change(fixture.get(server.id()), List.of(new ServerChange.KeepBackup(backup)));

        // There is no object store any more, in which the backup would have to be deleted.
        panel.delete(server.id());
        panel.runDue();

        assertThat(node.servers).isEmpty();
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.DELETING);
        assertThat(fixture.get(server.id()).life().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("object store"));
    }

    @Test
    void deletesAServerOnItsNodeFirst() {
        var server = fixture.create("lobby", fixture.allocations.get(0));
        panel.runDue();
        node.failures.add(new UnavailableException("connection refused"));

        panel.delete(server.id());
        panel.delete(server.id());
        panel.runDue();
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.DELETING);
        assertThat(fixture.get(server.id()).life().reason()).contains("connection refused");
        assertThatThrownBy(() -> panel.forNode(fixture.node.id()).configuration(server.id()))
                .isInstanceOf(NotFoundException.class);

        fixture.retryDue();
        assertThat(fixture.store.servers().find(server.id())).isEmpty();
        assertThat(node.servers).isEmpty();
        assertThat(fixture.create("lobby", fixture.allocations.get(0)).allocations())
                .hasSize(1);
    }

    @Test
    void aServerThatItsNodeDoesNotHaveIsDeletedAllTheSame() {
        var server = fixture.installing("lobby");
        node.servers.clear();

        panel.delete(server.id());
        panel.runDue();

        assertThat(fixture.store.servers().find(server.id())).isEmpty();
    }

    @Test
    void deletingWhileTheNodeIsBeingCalledLeavesNothing() {
        var server = fixture.create("lobby", fixture.allocations.get(0));
        node.afterEffect = () -> panel.delete(server.id());

        panel.runDue();

        assertThat(fixture.store.servers().find(server.id())).isEmpty();
        assertThat(node.servers).isEmpty();
        assertThat(node.calls).containsExactly("create " + server.id(), "delete " + server.id());
    }

    @Test
    void deletingAServerThatWasNeverCreatedOnItsNodeLeavesNothing() {
        var server = fixture.create("lobby");
        panel.delete(server.id());
        panel.runDue();

        assertThat(fixture.store.servers().find(server.id())).isEmpty();
        assertThat(node.calls).as("the creation was replaced").containsExactly("delete " + server.id());
    }

    @Test
    void aRefusedReinstallationLeavesTheServerAsItWas() {
        var server = fixture.installing("lobby");
        panel.forNode(fixture.node.id()).reportInstall(server.id(), INSTALLED);
        node.failures.add(new ConflictException("another power action is running"));

        panel.reinstall(server.id());
        assertProblem(Problem.SERVER_BUSY, () -> panel.reinstall(server.id()));
        panel.runDue();

        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.READY);
        assertThat(fixture.get(server.id()).life().reason())
                .contains("not reinstalled: another power action is running");
    }

    @Test
    void aNodeDoesNotFindWhatItHasNotAcceptedInTheListOfItsServers() {
        var creating = fixture.create("creating");
        var view = panel.forNode(fixture.node.id());

        assertThat(view.servers(1, 50).servers()).isEmpty();
        assertThat(view.configuration(creating.id()).settings().uuid()).isEqualTo(creating.id());
        panel.runDue();
        assertThat(view.servers(1, 50).servers()).hasSize(1);
    }

    /** Field report 8: one malformed egg stopped a whole node from booting. */
    @Test
    void aServerThatCannotBeConfiguredDoesNotHideTheOthers() {
        var broken = fixture.installing("broken");
        var whole = fixture.installing("whole");
        var reading = new ReadEggInterpreter();
        EggInterpreter failing = new EggInterpreter() {
            @Override
            public ServerConfiguration configuration(PanelServer server, EggRecord egg) {
                if (server.id().equals(broken.id())) {
                    throw new InvalidInputException("done: 7 (expected: a text)");
                }
                return reading.configuration(server, egg);
            }

            @Override
            public InstallScript installScript(PanelServer server, EggRecord egg) {
                return reading.installScript(server, egg);
            }
        };

        try (var partly =
                PanelService.builder(fixture.store, record -> node, failing).build()) {
            var page = partly.forNode(fixture.node.id()).servers(1, 50);
            assertThat(page.total()).isEqualTo(2);
            assertThat(page.servers())
                    .filteredOn(entry -> entry.problem() != null)
                    .extracting(ServerPage.Entry::uuid)
                    .containsExactly(broken.id().toString());
            assertThat(page.servers())
                    .filteredOn(entry -> entry.configuration() != null)
                    .extracting(ServerPage.Entry::uuid)
                    .containsExactly(whole.id().toString());
        }
    }

    @Test
    void callsCarryTheCorrelationIdOfWhoeverAskedForThem() {
        var scope = Correlation.open("click-1");
        var server = fixture.create("lobby");
        scope.close();

        panel.runDue();

        assertThat(node.correlation).contains("click-1");
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.INSTALLING);
    }

    @Test
    void aRestartOfTheNodeForgetsPowerStatesOnly() {
        var server = fixture.installing("lobby");
        var view = panel.forNode(fixture.node.id());
        view.reportState(server.id(), new StateChange(ServerState.OFFLINE, ServerState.RUNNING));
        assertThat(panel.states().find(server.id()).orElseThrow().state()).isEqualTo(ServerState.RUNNING);
        node.state = ServerState.STARTING;

        view.reset();

        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.INSTALLING);
        Awaitility.await()
                .untilAsserted(() -> assertThat(fixture.get(server.id()).life().state())
                        .isIn(ServerState.UNKNOWN, ServerState.STARTING));
    }

    @Test
    void aStartedServiceWorksOnItsOwnAndCanBeClosedTwice() {
        panel.start();
        panel.start();
        var server = fixture.create("lobby");
        Awaitility.await().until(() -> fixture.status(server.id()) == ServerStatus.INSTALLING);
        panel.delete(server.id());
        Awaitility.await().until(() -> fixture.store.servers().find(server.id()).isEmpty());
        panel.close();
        panel.close();
    }

    private static void assertProblem(Problem problem, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
