package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.BackupOrder;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.schedule.CronExpression;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.ScheduledBackups;
import dev.rookery.panel.schedule.Schedules;
import dev.rookery.panel.schedule.TaskAction;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.BackupRecord.State;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.Halt.Halted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Backups as tasks of schedules: each task makes one, wherever its panel halts, and old ones make room. Extend it and hand in a store. */
public abstract class ScheduledBackupsContract {

    private static final int MOST_STEPS = 200;
    private static final int LIMIT = 2;

    private final MovedClock time = CrashSite.clock();

    /** For the classes that extend this one. */
    protected ScheduledBackupsContract() {}

    /** Returns a store, which may hold what other tests have left at rest. */
    protected abstract PanelStore store();

    @Test
    void aTaskMakesOneBackupWhereverItsPanelHalts() {
        var store = store();
        for (int at = 1; at < MOST_STEPS; at++) {
            var site = new CrashSite(store, time);
            var server = site.ready().id();
            var schedules = schedules(site.survivor);
            var run = requested(schedules, server);
            var halt = new Halt(at);
            site.halting(halt);
            try (var doomed = site.service(halt, time)) {
                schedules(doomed).runDue();
                site.settle(doomed);
            } catch (Halted expected) {
                assertThat(halt.happened()).isTrue();
            }
            site.halting(new Halt(Integer.MAX_VALUE));
            time.advance(Duration.ofMinutes(1));
            schedules.runDue();
            site.recover();

            var outcome = schedules.runs(server, run.schedule(), 1, Caller.panel());
            assertThat(outcome)
                    .as("halted before step %d", at)
                    .extracting(ScheduleRun::outcome)
                    .containsExactly(ScheduleRun.Outcome.SUCCEEDED);
            var backups = store.backups().list(server);
            assertThat(backups).as("halted before step %d", at).hasSize(1);
            assertThat(backups.get(0).state()).as("halted before step %d", at).isEqualTo(State.COMPLETE);
            assertThat(site.node(site.one).effects)
                    .as("halted before step %d", at)
                    .containsEntry("backup " + backups.get(0).id(), 1);
            site.assertAtRest(server);
            site.survivor.close();
            if (!halt.happened()) {
                assertThat(at).as("places to halt at").isGreaterThan(5);
                return;
            }
        }
        throw new AssertionError("the flow has no end");
    }

    @Test
    void twoPanelsThatBeginTheSameBackupMakeOne() {
        var site = new CrashSite(store(), Clock.systemUTC());
        var server = site.ready().id();
        var id = BackupId.random();
        try (var other = site.service(new Halt(Integer.MAX_VALUE), Clock.systemUTC())) {
            var panels = List.of(site.survivor, other);
            Race.of(2, number -> {
                backups(panels.get(number)).begin(server, id, List.of("*.log"), Caller.panel());
                return number;
            });
            site.settle(site.survivor);
        }
        assertThat(site.store.backups().list(server))
                .extracting(BackupRecord::id, BackupRecord::state)
                .containsExactly(tuple(id, State.COMPLETE));
        backups(site.survivor).begin(server, id, List.of("*.log"), Caller.panel());
        assertThat(site.store.operations().list(server)).isEmpty();
        site.survivor.close();
    }

    @Test
    void theOldestMakeRoomAndNeverALockedOne() {
        var site = new CrashSite(store(), time);
        var server = site.ready().id();
        var locked = made(site, server, Caller.panel());
        site.survivor.backups().lock(server, locked, true);
        var old = made(site, server, Caller.panel());
        var latest = made(site, server, Caller.panel());

        assertThat(site.store.backups().list(server))
                .extracting(BackupRecord::id)
                .containsExactly(latest, locked);
        assertThat(latest).isNotEqualTo(old);
        site.assertAtRest(server);
        site.survivor.backups().lock(server, latest, true);
        assertThatThrownBy(() -> made(site, server, Caller.panel()))
                .isInstanceOfSatisfying(
                        PanelException.class,
                        e -> assertThat(e.problem()).isEqualTo(PanelException.Problem.BACKUP_LIMIT));
        assertThatThrownBy(() -> site.survivor.backups().delete(server, latest))
                .isInstanceOfSatisfying(
                        PanelException.class,
                        e -> assertThat(e.problem()).isEqualTo(PanelException.Problem.BACKUP_LOCKED));
        site.survivor.close();
    }

    @Test
    void nobodyMakesRoomWhoMayNotDeleteBackups() {
        var site = new CrashSite(store(), time);
        var server = site.ready().id();
        var creator =
                new Caller.User(UUID.randomUUID(), Permissions.of(Permission.BACKUP_CREATE), "192.0.2.1", Instant.MAX);
        made(site, server, creator);
        made(site, server, creator);

        assertThatThrownBy(() -> made(site, server, creator))
                .isInstanceOfSatisfying(
                        PanelException.class,
                        e -> assertThat(e.problem()).isEqualTo(PanelException.Problem.BACKUP_LIMIT));
        site.survivor.close();
    }

    private BackupId made(CrashSite site, ServerId server, Caller caller) {
        var id = BackupId.random();
        time.advance(Duration.ofMinutes(1));
        backups(site.survivor).begin(server, id, List.of(), caller);
        site.settle(site.survivor);
        return id;
    }

    private ScheduleRun requested(Schedules schedules, ServerId server) {
        var spec = ScheduleSpec.builder()
                .name("once a year")
                .cron(CronExpression.parse("0 0 1 1 *"))
                .zone(ZoneOffset.UTC)
                .tasks(List.of(ScheduleTask.of(new TaskAction.Backup(List.of("*.log")))))
                .build();
        var schedule = schedules.create(server, spec, Caller.panel());
        return schedules.runNow(server, schedule.id(), Caller.panel());
    }

    private Schedules schedules(PanelService panel) {
        return Schedules.builder(panel, (user, server) -> Permissions.none())
                .clock(time)
                .backups(backups(panel))
                .build();
    }

    private ScheduledBackups backups(PanelService panel) {
        var order = BackupOrder.builder()
                .name("by a schedule")
                .adapter(BackupAdapter.S3)
                .limit(LIMIT)
                .build();
        return ScheduledBackups.over(panel.backups(), server -> order, time);
    }
}
