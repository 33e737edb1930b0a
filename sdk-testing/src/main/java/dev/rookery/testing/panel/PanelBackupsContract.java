package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.backup.BackupReport;
import org.junit.jupiter.api.Test;

/** What a node may rely on in panels that order backups. Source: panel remote API §3.9. */
public abstract class PanelBackupsContract extends PanelContractFixture {

    /** Creates the contract for one test. */
    protected PanelBackupsContract() {}

    @Test
    void saysWhereToUploadABackupInParts() {
        var upload = panel().backupUpload(backup(), 150);

        assertThat(upload.parts()).hasSize(2).doesNotHaveDuplicates();
        assertThat(upload.partSizeBytes()).isBetween(75L, 149L);
    }

    @Test
    void aCompleteBackupIsUploadedNoMore() {
        var backup = backup();
        panel().reportBackup(backup, UPLOADED);

        assertThatThrownBy(() -> panel().backupUpload(backup, 150)).isInstanceOf(ConflictException.class);
    }

    @Test
    void takesASuccessTwiceSinceADaemonDeletesARefusedBackup() {
        var before = subject().known();
        panel().reportBackup(backup(), UPLOADED);

        assertThat(subject().known()).isNotEqualTo(before);
        panel().reportBackup(backup(), UPLOADED);
    }

    @Test
    void aFailedBackupMayBeReportedAgain() {
        panel().reportBackup(backup(), BackupReport.failed());
        panel().reportBackup(backup(), BackupReport.failed());
        panel().reportBackup(backup(), UPLOADED);
    }

    @Test
    void aCompleteBackupDoesNotFailAfterwards() {
        panel().reportBackup(backup(), UPLOADED);

        assertThatThrownBy(() -> panel().reportBackup(backup(), BackupReport.failed()))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void takesTheOutcomeOfARestoreTwice() {
        var before = subject().known();
        panel().reportRestore(backup(), true);

        assertThat(subject().known()).isNotEqualTo(before);
        panel().reportRestore(backup(), true);
    }
}
