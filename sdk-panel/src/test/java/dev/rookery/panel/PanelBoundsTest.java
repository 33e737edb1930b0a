package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others make too much of, or too strange, stays within bounds. */
@SuppressWarnings("NullAway.Init") // JUnit installs the server before each test
class PanelBoundsTest {

    private final PanelFixture fixture = new PanelFixture();
    private final PanelService panel = fixture.service;
    private PanelServer server;

    @BeforeEach
    void install() {
        server = fixture.installing("lobby");
        fixture.recording().panel.reportInstall(server.id(), new InstallReport(true, false));
        fixture.recording().calls.clear();
    }

    @Test
    void ofBackupsThatFailedTheLastOnesAreKept() {
        for (int i = 0; i < 25; i++) {
            fixture.clock.advance(Duration.ofMinutes(1));
            panel.backups()
                    .create(
                            server.id(),
                            BackupOrder.builder().name("number " + i).build());
            // This node makes no backups.
            panel.runDue();
        }

        var kept = fixture.store.backups().list(server.id());
        assertThat(kept).hasSize(20).allMatch(backup -> backup.state() == BackupRecord.State.FAILED);
        assertThat(kept.get(0).name()).isEqualTo("number 24");
    }

    @Test
    void whatANodeWithAWrongClockTellsWillBeForgotten() {
        var wrong = List.of(
                ActivityEntry.builder(server.id(), "server:crashed", Instant.MAX)
                        .build(),
                ActivityEntry.builder(server.id(), "server:power.kill", Instant.parse("2099-01-01T00:00:00Z"))
                        .build());
        var view = panel.forNode(fixture.node.id());
        view.reportActivity(wrong);
        view.reportActivity(wrong);

        assertThat(fixture.store.activity().list(server.id(), Long.MAX_VALUE, 10))
                .as("once each")
                .hasSize(2)
                .allMatch(record -> record.entry()
                        .timestamp()
                        .isBefore(fixture.clock.instant().plus(Duration.ofDays(1))));
    }

    @Test
    void aNodeThatIsAwayHearsOfAChangeWhenItIsBack() {
        fixture.recording().failures.add(new UnavailableException("away"));

        panel.reconfigure(
                server.id(),
                spec -> ServerSpec.builder().from(spec).description("new").build());
        assertThat(fixture.recording().calls).as("nobody waits for the node").isEmpty();
        fixture.retryDue();
        fixture.retryDue();
        fixture.retryDue();

        assertThat(fixture.recording().calls).containsExactly("sync " + server.id(), "sync " + server.id());
    }

    @Test
    void textsThatNotEveryDatabaseCanKeepAreRefused() {
        assertThatThrownBy(() -> fixture.spec("a\u0000b")).isInstanceOf(InvalidInputException.class);
        var login = SftpLogin.builder("sam\u0000." + server.id(), "secret").build();
        assertThatThrownBy(() -> panel.forNode(fixture.node.id()).authorizeSftp(login))
                .isInstanceOf(DeniedException.class);

        fixture.recording().failures.add(new UnavailableException("what a \u0000 node says"));
        panel.delete(server.id());
        panel.runDue();
        assertThat(fixture.get(server.id()).life().reason()).contains("what a \uFFFD node says");
    }

    @Test
    void aMoveNeedsAnAllocation() {
        assertThatThrownBy(() -> panel.transfers().begin(server.id(), fixture.other.id(), List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("allocations");
    }
}
