package dev.rookery.panel;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.schedule.CatchUp;
import dev.rookery.panel.schedule.CronExpression;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleOptions;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.Schedules;
import dev.rookery.panel.schedule.TaskAction;
import dev.rookery.panel.spi.PanelStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Schedules over a panel in memory, with one server that runs; it is 12:00. */
final class ScheduleFixture {

    static final CronExpression EVERY_TEN = CronExpression.parse("*/10 * * * *");

    final PanelFixture panel = new PanelFixture();
    final Map<UUID, Permissions> users = new ConcurrentHashMap<>();
    final List<BackupId> backups = new ArrayList<>();
    final ServerId server;
    final Schedules schedules = schedules(panel.store, ScheduleOptions.defaults());

    ScheduleFixture() {
        server = panel.installing("lobby").id();
        node().panel.reportInstall(server, new InstallReport(true, false));
        node().state = ServerState.RUNNING;
        node().calls.clear();
    }

    Schedules schedules(PanelStore store, ScheduleOptions options) {
        var service = panel.service(store, PanelOptions.defaults(), panel.clock);
        return Schedules.builder(service, (user, id) -> users.getOrDefault(user, Permissions.none()))
                .clock(panel.clock)
                .options(options)
                .backups((id, backup, ignored, caller) -> backups.add(backup))
                .build();
    }

    RecordingNode node() {
        return panel.recording();
    }

    List<String> calls() {
        return node().calls;
    }

    Caller.User user(Permission... permissions) {
        var user = UUID.randomUUID();
        users.put(user, Permissions.of(permissions));
        return new Caller.User(user, Permissions.of(permissions), "192.0.2.1", Instant.MAX);
    }

    ScheduleSpec spec(ScheduleTask... tasks) {
        return ScheduleSpec.builder()
                .name("nightly")
                .cron(EVERY_TEN)
                .zone(ZoneOffset.UTC)
                .catchUp(CatchUp.once())
                .tasks(List.of(tasks))
                .build();
    }

    Schedule add(ScheduleTask... tasks) {
        return schedules.create(server, spec(tasks), Caller.panel());
    }

    static ScheduleTask say(String text) {
        return ScheduleTask.of(new TaskAction.Command("say " + text));
    }

    static ScheduleTask power(PowerAction action) {
        return ScheduleTask.of(new TaskAction.Power(action));
    }

    static ScheduleTask after(Duration offset, ScheduleTask task) {
        return new ScheduleTask(task.action(), offset, task.continueOnFailure());
    }

    static ScheduleTask orGoOn(ScheduleTask task) {
        return new ScheduleTask(task.action(), task.offset(), true);
    }

    void advance(Duration time) {
        panel.clock.advance(time);
        schedules.runDue();
    }

    List<ScheduleRun> runs(Schedule schedule) {
        return schedules.runs(server, schedule.id(), 100, Caller.panel());
    }

    ScheduleRun lastRun(Schedule schedule) {
        return runs(schedule).get(0);
    }

    Schedule get(Schedule schedule) {
        return schedules.get(server, schedule.id(), Caller.panel());
    }
}
