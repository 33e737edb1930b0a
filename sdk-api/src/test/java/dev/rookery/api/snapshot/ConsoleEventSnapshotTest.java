package dev.rookery.api.snapshot;

import static dev.rookery.api.snapshot.NodePayloads.BACKUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleEvent.Progress;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.EventDialect;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.file.FileJobBuilder;
import dev.rookery.api.node.ResourceUsage.DiskIo;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.transfer.TransferStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every console event in every dialect: the frame, null where the dialect has none, and what is read from it. */
class ConsoleEventSnapshotTest {

    private static final String FILE = "console-events";
    private static final BackupReport REPORT = new BackupReport(
            true, "da39a3ee", "sha1", 7, List.of(), OptionalLong.of(3), Optional.of(true), Optional.of(false));
    private static final BackupReport SHORT_REPORT = new BackupReport(true, "da39a3ee", "sha1", 7, List.of());
    private static final Progress HALF = new Progress(50, 100);

    /** What the Go daemons' frames have no room for is lost on the way. */
    private static final Map<ConsoleEvent, ConsoleEvent> SHORTENED = Map.of(
            new ConsoleEvent.Connected(List.of("control.console")), new ConsoleEvent.Connected(),
            new ConsoleEvent.InstallCompleted(Optional.of(true)), ConsoleEvent.InstallCompleted.UNTOLD,
            new ConsoleEvent.BackupCompleted(BACKUP, REPORT), new ConsoleEvent.BackupCompleted(BACKUP, SHORT_REPORT));

    @Test
    void everyEventIsHere() {
        var here = events().values().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(ConsoleEvent.class.getPermittedSubclasses()).allMatch(here::contains);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everyEventIsWrittenAsTheSnapshotSaysAndReadBack(Dialect dialect) {
        var frames = new LinkedHashMap<String, Object>();
        events().forEach((name, event) -> frames.put(
                name,
                EventDialect.of(dialect)
                        .frame(event, true)
                        .map(frame -> WireJson.read(ConsoleFrames.write(frame), Json.class))
                        .orElse(Json.Null.INSTANCE)));

        Snapshots.assertWritten(dialect, FILE, WireJson.write(frames));

        var tree = Snapshots.tree(dialect, FILE);
        events().forEach((name, event) -> {
            if (!tree.get(name).isNull()) {
                var read = EventDialect.read(tree.get(name).toString());
                assertThat(read).as(name).isEqualTo(expected(dialect, event));
            }
        });
    }

    private static ConsoleEvent expected(Dialect dialect, ConsoleEvent event) {
        if (dialect == Dialect.PTERODACTYL && event instanceof ConsoleEvent.Stats) {
            return new ConsoleEvent.Stats(
                    NodePayloads.usage().diskIo(DiskIo.NONE).build());
        }
        return dialect == Dialect.CALAGOPUS ? event : SHORTENED.getOrDefault(event, event);
    }

    private static Map<String, ConsoleEvent> events() {
        var events = new LinkedHashMap<String, ConsoleEvent>();
        events.put("connected", new ConsoleEvent.Connected(List.of("control.console")));
        events.put("status", new ConsoleEvent.Status(ServerState.STARTING));
        events.put("status of the future", new ConsoleEvent.Status(ServerState.parse("hibernating")));
        events.put("stats", new ConsoleEvent.Stats(NodePayloads.usage().build()));
        events.put("line", new ConsoleEvent.Output("[12:00:01] \u001b[32mDone\u001b[0m \"x\"", OptionalLong.empty()));
        events.put("numbered line", new ConsoleEvent.Output("plain", OptionalLong.of(7)));
        events.put("gap", new ConsoleEvent.Gap(8, 12));
        events.put("install output", new ConsoleEvent.InstallOutput("unpacking"));
        events.put("install started", new ConsoleEvent.InstallStarted());
        events.put("install completed", new ConsoleEvent.InstallCompleted(Optional.of(true)));
        events.put("image pull", new ConsoleEvent.ImagePullProgress("0f1e", "pulling", HALF));
        events.put("image pulled", new ConsoleEvent.ImagePullCompleted("0f1e"));
        events.put("backup started", new ConsoleEvent.BackupStarted(BACKUP));
        events.put("backup progress", new ConsoleEvent.BackupProgress(BACKUP, HALF));
        events.put("backup completed", new ConsoleEvent.BackupCompleted(BACKUP, REPORT));
        events.put("restore started", new ConsoleEvent.RestoreStarted());
        events.put("restore progress", new ConsoleEvent.RestoreProgress(HALF));
        events.put("restore completed", new ConsoleEvent.RestoreCompleted());
        events.put("transfer log", new ConsoleEvent.TransferLog("sending"));
        events.put("transfer status", new ConsoleEvent.TransferChanged(TransferStatus.PROCESSING));
        events.put("feature match", new ConsoleEvent.FeatureMatch("eula", "agree to the eula", "you need to agree"));
        events.put("throttled", new ConsoleEvent.Throttled("send command"));
        events.put("operation progress", new ConsoleEvent.OperationProgress("op-1", "decompress", HALF));
        events.put("operation completed", new ConsoleEvent.OperationEnded("op-1", Optional.empty()));
        events.put("operation error", new ConsoleEvent.OperationEnded("op-1", Optional.of("disk full")));
        events.put(
                "file job",
                new ConsoleEvent.FileJobChanged(job(FileJob.State.RUNNING).build()));
        events.put(
                "failed file job",
                new ConsoleEvent.FileJobChanged(job(FileJob.State.FAILED)
                        .ended(Instant.parse("2026-01-02T03:05:00Z"))
                        .problem("no disk space")
                        .build()));
        events.put("schedule started", schedule("started", Optional.empty(), Optional.empty()));
        events.put("schedule step", schedule("step", Optional.of("2"), Optional.empty()));
        events.put("schedule step error", schedule("step error", Optional.of("2"), Optional.of("offline")));
        events.put("daemon message", new ConsoleEvent.DaemonMessage("Checking size of the server"));
        events.put("daemon error", new ConsoleEvent.DaemonError("Error Event [6d5a]: no"));
        events.put("authority expiring", new ConsoleEvent.AuthorityExpiring());
        events.put("authority lost", new ConsoleEvent.AuthorityLost("jwt: exp claim is invalid"));
        events.put("deleted", new ConsoleEvent.Deleted());
        events.put("event of the future", new ConsoleEvent.Unknown("pending restart", List.of("soon")));
        return events;
    }

    private static FileJobBuilder job(FileJob.State state) {
        return FileJob.builder()
                .id("j-1")
                .kind(FileJob.Kind.COMPRESS)
                .path("/world.tar.gz")
                .state(state)
                .doneBytes(50)
                .totalBytes(OptionalLong.of(100))
                .begun(Instant.parse("2026-01-02T03:04:05Z"));
    }

    private static ConsoleEvent schedule(String stage, Optional<String> step, Optional<String> error) {
        return new ConsoleEvent.ScheduleChanged("s-1", stage, step, error);
    }
}
