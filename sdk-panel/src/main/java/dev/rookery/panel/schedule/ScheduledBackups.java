package dev.rookery.panel.schedule;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.permission.Permission;
import dev.rookery.panel.BackupOrder;
import dev.rookery.panel.PanelBackups;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Begins the backups of schedules, the way the panel makes backups. */
@FunctionalInterface
public interface ScheduledBackups {

    /**
     * Begins a backup, after removing an old one where that is needed to make room. The same id once more changes nothing. Called from many threads.
     *
     * @param id the backup's id, the same each time this task of this run is carried out
     * @param ignoredFiles gitignore patterns of what to leave out
     * @param caller on whose authority
     * @throws dev.rookery.api.RookeryException if it cannot be begun
     */
    void begin(ServerId server, BackupId id, List<String> ignoredFiles, Caller caller);

    /**
     * Returns backups that are ordered from the panel. Where a server has as many as it may have, the oldest complete ones go, never a locked
     * one, and only on the authority of somebody who may delete backups; otherwise the task fails.
     *
     * @param backups the panel's
     * @param order where backups of a server are kept, what they are called, and how many there may be; its id and patterns are the task's
     * @param clock the time
     */
    static ScheduledBackups over(PanelBackups backups, Function<ServerId, BackupOrder> order, Clock clock) {
        requireNonNull(backups, "backups");
        requireNonNull(order, "order");
        requireNonNull(clock, "clock");
        return (server, id, ignoredFiles, caller) -> {
            var wanted = order.apply(server);
            backups.create(
                    server,
                    new BackupOrder(
                            wanted.name(),
                            wanted.adapter(),
                            ignoredFiles,
                            wanted.limit(),
                            caller.may(Permission.BACKUP_DELETE, clock.instant()),
                            wanted.locked(),
                            Optional.of(id)));
        };
    }
}
