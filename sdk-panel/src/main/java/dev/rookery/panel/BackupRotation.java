package dev.rookery.panel;

import dev.rookery.api.ServerId;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.BackupRecord.State;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides which backups of a server go when it gets another one. Those that failed take no room. */
final class BackupRotation {

    /** Of those that failed and may have left something behind, so many are not deleted once more. */
    private static final int KEPT_FAILURES = 20;

    private BackupRotation() {}

    /**
     * Returns the backups that go: at most one that is complete, so that a limit that was lowered takes nobody's backups at once.
     *
     * @param present the backups of the server, the newest first
     * @throws PanelException {@code BACKUP_LIMIT} if there is no room, and none can be made
     */
    static List<BackupRecord> leaving(ServerId server, List<BackupRecord> present, BackupOrder order) {
        var leaving = new ArrayList<BackupRecord>();
        present.stream()
                .filter(one -> one.state() == State.FAILED && !one.locked())
                .filter(one -> one.upload().isPresent() || !one.checksum().isEmpty())
                .skip(KEPT_FAILURES)
                .forEach(leaving::add);
        long kept = present.stream().filter(BackupRotation::counts).count();
        for (int i = present.size() - 1; i >= 0 && order.rotate() && kept == order.limit(); i--) {
            var oldest = present.get(i);
            if (oldest.state() == State.COMPLETE && !oldest.locked()) {
                leaving.add(oldest);
                kept--;
            }
        }
        if (kept >= order.limit()) {
            throw new PanelException(
                    Problem.BACKUP_LIMIT,
                    "server " + server + " has " + kept + " backups" + (order.rotate() ? " that must stay" : "")
                            + " (expected: fewer than " + order.limit() + ")",
                    Map.of("server", server.toString(), "limit", Integer.toString(order.limit())));
        }
        return leaving;
    }

    private static boolean counts(BackupRecord backup) {
        return backup.state() != State.FAILED && backup.state() != State.DELETING;
    }
}
