package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.BackupRecord.State;
import dev.rookery.panel.spi.PanelException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which backups go when there is another one. The newest come first. */
class BackupRotationTest {

    private static final ServerId SERVER = ServerId.random();

    @Test
    void theOldestCompleteOnesMakeRoomOnlyIfThatIsWanted() {
        var present =
                List.of(backup(State.COMPLETE, false), backup(State.COMPLETE, true), backup(State.COMPLETE, false));

        assertThat(leaving(present, 3, true)).containsExactly(present.get(2));
        assertRefused(present, 2, true);
        assertThat(leaving(present, 4, true)).isEmpty();
        assertRefused(present, 3, false);
        assertRefused(present, 1, true);
        assertRefused(List.of(), 0, true);
    }

    @Test
    void whatHasFailedOrIsLeavingTakesNoRoom() {
        var present =
                List.of(backup(State.FAILED, false), backup(State.DELETING, false), backup(State.COMPLETE, false));

        assertThat(leaving(present, 2, false)).isEmpty();
        assertThat(leaving(present, 1, true)).containsExactly(present.get(2));
    }

    private static List<BackupRecord> leaving(List<BackupRecord> present, int limit, boolean rotate) {
        return BackupRotation.leaving(
                SERVER,
                present,
                BackupOrder.builder().limit(limit).rotate(rotate).build());
    }

    private static void assertRefused(List<BackupRecord> present, int limit, boolean rotate) {
        assertThatThrownBy(() -> leaving(present, limit, rotate))
                .isInstanceOfSatisfying(
                        PanelException.class,
                        e -> assertThat(e.problem()).isEqualTo(PanelException.Problem.BACKUP_LIMIT));
    }

    private static BackupRecord backup(State state, boolean locked) {
        return BackupRecord.builder()
                .id(BackupId.random())
                .server(SERVER)
                .adapter(BackupAdapter.WINGS)
                .createdAt(Instant.EPOCH)
                .state(state)
                .locked(locked)
                .build();
    }
}
