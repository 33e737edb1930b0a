package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node may rely on in every panel: its servers, their configuration, and reports that may come twice. */
public abstract class PanelContract extends PanelContractFixture {

    private static final StateChange RUNNING = new StateChange(ServerState.STARTING, ServerState.RUNNING);

    /** Creates the contract for one test. */
    protected PanelContract() {}

    @Test
    void listsTheServersOfTheNodePageByPage() {
        var seen = new ArrayList<String>();
        int lastPage = panel().servers(1, 2).lastPage();
        for (int number = 1; number <= lastPage; number++) {
            var page = panel().servers(number, 2);
            assertThat(page.page()).isEqualTo(number);
            assertThat(page.total()).isEqualTo(subject().servers().size());
            assertThat(page.servers())
                    .hasSizeBetween(1, 2)
                    .allSatisfy(entry -> assertThat(entry.problem()).isNull());
            page.servers().forEach(entry -> seen.add(entry.uuid()));
        }

        assertThat(lastPage).isEqualTo((subject().servers().size() + 1) / 2);
        assertThat(seen)
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(
                        subject().servers().stream().map(ServerId::toString).toList());
    }

    @Test
    void aPageBeyondTheLastIsEmpty() {
        var page = panel().servers(1000, 50);

        assertThat(page.servers()).isEmpty();
        assertThat(page.lastPage()).isEqualTo(1);
    }

    @Test
    void theListSaysWhatTheServerSays() {
        var listed = panel().servers(1, 50).servers().get(0);

        assertThat(panel().configuration(ServerId.parse(listed.uuid()))).isEqualTo(listed.configuration());
    }

    @Test
    void saysHowToInstallAServer() {
        var script = panel().installScript(server());

        assertThat(script.containerImage()).isNotBlank();
        assertThat(script.entrypoint()).isNotBlank();
        assertThat(script.script()).isNotBlank();
    }

    @Test
    void knowsNoOtherServers() {
        var stranger = ServerId.random();

        assertThatThrownBy(() -> panel().configuration(stranger)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> panel().installScript(stranger)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> panel().reportInstall(stranger, new InstallReport(true, false)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> panel().reportState(stranger, RUNNING)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> panel().reportTransfer(stranger, true)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void takesAnInstallReportTwice() {
        var before = subject().known();
        panel().reportInstall(subject().installing(), new InstallReport(true, false));

        assertThat(subject().known()).isNotEqualTo(before);
        panel().reportInstall(subject().installing(), new InstallReport(true, false));
    }

    @Test
    void takesAStateTwice() {
        var before = subject().known();
        panel().reportState(server(), RUNNING);

        assertThat(subject().known()).isNotEqualTo(before);
        panel().reportState(server(), RUNNING);
        panel().reportState(server(), new StateChange(ServerState.RUNNING, ServerState.parse("hibernating")));
    }

    @Test
    void takesAResetTwice() {
        panel().reset();
        panel().reset();

        assertThat(panel().servers(1, 50).total()).isEqualTo(subject().servers().size());
    }

    @Test
    void refusesReportsAboutWhatItDidNotOrder() {
        var backup = BackupId.random();

        assertThatThrownBy(() -> panel().reportTransfer(server(), true)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> panel().reportTransfer(server(), false)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> panel().backupUpload(backup, 10)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> panel().reportBackup(backup, UPLOADED)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> panel().reportBackup(backup, BackupReport.failed()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> panel().reportRestore(backup, true)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void letsNobodyInWhomItDoesNotKnow() {
        for (var name : List.of("nobody." + server().toString().substring(0, 8), "nobody", "", ".", "a.b.c")) {
            assertThatThrownBy(() -> panel().authorizeSftp(
                                    SftpLogin.builder(name, "correct horse").build()))
                    .as(name)
                    .isInstanceOfAny(DeniedException.class, InvalidInputException.class)
                    .hasMessageNotContaining("correct horse");
        }
    }

    @Test
    void dropsActivityThatItCannotUse() {
        panel().reportActivity(List.of());
        panel().reportActivity(List.of(crash(ServerId.random())));
    }

    @Test
    void answersWithinBounds() {
        var bounded = panel().with(CallOptions.deadline(Duration.ofSeconds(20)).correlationId("contract-1"));

        assertThat(bounded.configuration(server()).settings().uuid()).isEqualTo(server());
    }
}
