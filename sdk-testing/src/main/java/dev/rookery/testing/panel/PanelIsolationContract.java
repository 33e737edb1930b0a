package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.DeniedException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.dialect.PanelCall;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * No node sees or changes what is another's, whatever it calls: a node that was taken over stays one node. Pterodactyl's and Flamingo's
 * panels do not check that everywhere (panel remote API §3.2, §3.7; CVE-2026-26016).
 */
public abstract class PanelIsolationContract extends PanelContractFixture {

    /** Creates the contract for one test. */
    protected PanelIsolationContract() {}

    /** What the second node tries with the first one's server and backup, call by call. */
    private Map<PanelCall, Consumer<Panel>> attempts(ServerId server, BackupId backup) {
        var attempts = new EnumMap<PanelCall, Consumer<Panel>>(PanelCall.class);
        attempts.put(PanelCall.CONFIGURATION, panel -> panel.configuration(server));
        attempts.put(PanelCall.INSTALL_SCRIPT, panel -> panel.installScript(server));
        attempts.put(PanelCall.INSTALL_REPORT, panel -> panel.reportInstall(server, new InstallReport(true, false)));
        attempts.put(
                PanelCall.STATE_REPORT,
                panel -> panel.reportState(server, new StateChange(ServerState.OFFLINE, ServerState.RUNNING)));
        attempts.put(PanelCall.TRANSFER_SUCCESS, panel -> panel.reportTransfer(server, true));
        attempts.put(PanelCall.TRANSFER_FAILURE, panel -> panel.reportTransfer(server, false));
        attempts.put(PanelCall.BACKUP_UPLOAD, panel -> panel.backupUpload(backup, 150));
        attempts.put(PanelCall.BACKUP_REPORT, panel -> panel.reportBackup(backup, UPLOADED));
        attempts.put(PanelCall.RESTORE_REPORT, panel -> panel.reportRestore(backup, true));
        attempts.put(PanelCall.SFTP_LOGIN, panel -> panel.authorizeSftp(foreignLogin(server)));
        return attempts;
    }

    @TestFactory
    Stream<DynamicTest> whatIsAnotherNodesDoesNotExist() {
        var server = subject().moving().orElse(subject().installing());
        var backup = subject().backup().orElse(BackupId.random());
        return attempts(server, backup).entrySet().stream()
                .map(attempt -> DynamicTest.dynamicTest(
                        attempt.getKey().toString(), () -> assertNothingHappens(attempt.getValue())));
    }

    @Test
    void aForeignFailureChangesNoBackup() {
        var backup = backup();
        var before = subject().known();

        assertThatThrownBy(() -> other().reportBackup(backup, BackupReport.failed()))
                .isInstanceOf(NotFoundException.class);
        assertThat(subject().known()).isEqualTo(before);
    }

    @Test
    void theListHasNoneOfAnothersServers() {
        var mine = subject().servers().stream().map(ServerId::toString).toList();

        assertThat(other().servers(1, 200).servers())
                .extracting(entry -> entry.uuid())
                .doesNotContainAnyElementsOf(mine);
    }

    @Test
    void activityAboutAnothersServerIsDropped() {
        var before = subject().known();

        other().reportActivity(List.of(crash(server())));

        assertThat(subject().known()).isEqualTo(before);
    }

    private void assertNothingHappens(Consumer<Panel> attempt) {
        var before = subject().known();

        assertThatThrownBy(() -> attempt.accept(other()))
                .isInstanceOfAny(NotFoundException.class, DeniedException.class, NotOfferedException.class);
        assertThat(subject().known()).as("nothing was changed").isEqualTo(before);
    }

    private SftpLogin foreignLogin(ServerId server) {
        return subject()
                .login()
                .orElse(SftpLogin.builder("sam." + server.toString().substring(0, 8), "secret")
                        .build());
    }
}
