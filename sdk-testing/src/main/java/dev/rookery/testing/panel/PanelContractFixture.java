package dev.rookery.testing.panel;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.testing.Offered;
import java.time.Instant;
import java.util.Optional;

/** What the groups of the panel contract share. Each group is a class to extend: hand in a {@link ContractPanel}. */
public abstract class PanelContractFixture {

    /** The report of a backup that was uploaded. */
    protected static final BackupReport UPLOADED = BackupReport.builder()
            .checksum("da39a3ee5e6b4b0d3255bfef95601890afd80709")
            .checksumType("sha1")
            .sizeBytes(150)
            .addParts(new BackupPart("\"e1\"", 1), new BackupPart("\"e2\"", 2))
            .build();

    /** Creates the fixture of one test. */
    protected PanelContractFixture() {}

    /** Returns the panel to try, the same one for the whole test. */
    protected abstract ContractPanel subject();

    /** Returns the panel as its first node sees it. */
    protected final Panel panel() {
        return subject().panel();
    }

    /** Returns the panel as its second node sees it. */
    protected final Panel other() {
        return subject().other();
    }

    /** Returns a server of the first node. */
    protected final ServerId server() {
        return subject().servers().iterator().next();
    }

    /** Returns the backup; the test is passed over if there is none. */
    protected final BackupId backup() {
        return given(subject().backup(), "orders no backups");
    }

    /** Returns the server that is moved; the test is passed over if there is none. */
    protected final ServerId moving() {
        return given(subject().moving(), "moves no servers");
    }

    /** Returns the log-in that is allowed; the test is passed over if there is none. */
    protected final SftpLogin login() {
        return given(subject().login(), "lets nobody log in");
    }

    /** Returns an entry about a server. */
    protected static ActivityEntry crash(ServerId server) {
        return ActivityEntry.builder(server, "server:crashed", Instant.parse("2026-08-01T12:00:00.123456789Z"))
                .build();
    }

    private static <T> T given(Optional<T> value, String lack) {
        Offered.assume(value.isPresent(), "this panel " + lack);
        return value.orElseThrow();
    }
}
