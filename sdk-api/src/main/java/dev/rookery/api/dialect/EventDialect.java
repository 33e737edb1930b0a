package dev.rookery.api.dialect;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleEvent.Progress;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.transfer.TransferStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What console events look like in each dialect. Reading understands all dialects at once; writing keeps to one. Source: node API §4.6.
 */
public final class EventDialect {

    private static final String CONSOLE_OUTPUT = "console output";
    private static final String BACKUP_COMPLETED = "backup completed";
    private static final String INSTALL_COMPLETED = "install completed";

    /** One reader per event name. Whatever it throws makes the event an unknown one. */
    private static final Map<String, Function<Frame, ConsoleEvent>> READERS = Map.ofEntries(
            entry("auth success", frame -> new ConsoleEvent.Connected(frame.args())),
            entry("status", frame -> new ConsoleEvent.Status(ServerState.parse(arg(frame, 0)))),
            entry("stats", frame -> new ConsoleEvent.Stats(WireJson.read(arg(frame, 0), ResourceUsage.class))),
            entry(CONSOLE_OUTPUT, frame -> new ConsoleEvent.Output(text(frame), number(frame))),
            entry("install output", frame -> new ConsoleEvent.InstallOutput(text(frame))),
            entry("install started", frame -> new ConsoleEvent.InstallStarted()),
            entry(INSTALL_COMPLETED, frame -> new ConsoleEvent.InstallCompleted(truth(text(frame)))),
            entry("image pull progress", EventDialect::imagePull),
            entry("image pull completed", frame -> new ConsoleEvent.ImagePullCompleted(arg(frame, 0))),
            entry("backup started", frame -> new ConsoleEvent.BackupStarted(backup(frame))),
            entry("backup progress", frame -> new ConsoleEvent.BackupProgress(backup(frame), progress(frame, 1))),
            entry(BACKUP_COMPLETED, EventDialect::backupCompleted),
            entry("backup restore started", frame -> new ConsoleEvent.RestoreStarted()),
            entry("backup restore progress", frame -> new ConsoleEvent.RestoreProgress(progress(frame, 0))),
            entry("backup restore completed", frame -> new ConsoleEvent.RestoreCompleted()),
            entry("transfer logs", frame -> new ConsoleEvent.TransferLog(text(frame))),
            entry("transfer status", frame -> new ConsoleEvent.TransferChanged(new TransferStatus(arg(frame, 0)))),
            entry(
                    "feature match",
                    frame -> WireJson.read(arg(frame, 0), Feature.class).event()),
            entry("throttled", frame -> new ConsoleEvent.Throttled(text(frame))),
            entry("operation progress", EventDialect::operation),
            entry(
                    "operation error",
                    frame -> new ConsoleEvent.OperationEnded(arg(frame, 0), Optional.of(arg(frame, 1)))),
            entry("operation completed", frame -> new ConsoleEvent.OperationEnded(arg(frame, 0), Optional.empty())),
            entry("schedule started", frame -> schedule(frame, "started")),
            entry("schedule step status", frame -> schedule(frame, "step")),
            entry("schedule step error", frame -> schedule(frame, "step error")),
            entry("schedule completed", frame -> schedule(frame, "completed")),
            entry("daemon message", frame -> new ConsoleEvent.DaemonMessage(text(frame))),
            entry("daemon error", frame -> new ConsoleEvent.DaemonError(text(frame))),
            entry("jwt error", frame -> new ConsoleEvent.AuthorityLost(text(frame))),
            entry("token expired", frame -> new ConsoleEvent.AuthorityLost("token expired")),
            entry("token expiring", frame -> new ConsoleEvent.AuthorityExpiring()),
            entry("deleted", frame -> new ConsoleEvent.Deleted()),
            entry(
                    ConsoleFrames.FILE_JOB,
                    frame -> new ConsoleEvent.FileJobChanged(WireJson.read(arg(frame, 0), FileJob.class))),
            entry(
                    ConsoleFrames.GAP,
                    frame -> new ConsoleEvent.Gap(Long.parseLong(arg(frame, 0)), Long.parseLong(arg(frame, 1)))));

    private final Dialect dialect;

    private EventDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Returns the events of one dialect. */
    public static EventDialect of(Dialect dialect) {
        return new EventDialect(requireNonNull(dialect, "dialect"));
    }

    /**
     * Reads an event out of the text of an outbound frame of any dialect; one that is not understood becomes
     * {@link ConsoleEvent.Unknown}.
     *
     * @throws InvalidInputException if the text is no frame
     */
    public static ConsoleEvent read(String text) {
        var line = PlainLine.read(text);
        return line != null ? line : event(ConsoleFrames.read(text));
    }

    /**
     * Reads the text of a message of a node that may send bare output instead of frames, as a node of Nexus may: what is no frame is told
     * line by line.
     */
    public static List<ConsoleEvent> readOrOutput(String text) {
        try {
            return List.of(read(text));
        } catch (InvalidInputException e) {
            return text.lines()
                    .<ConsoleEvent>map(line -> new ConsoleEvent.Output(line, OptionalLong.empty()))
                    .toList();
        }
    }

    /** Returns the event of an outbound frame of any dialect; one that is not understood becomes {@link ConsoleEvent.Unknown}. */
    public static ConsoleEvent event(Frame frame) {
        var reader = READERS.get(name(frame.event()));
        if (reader != null) {
            try {
                return reader.apply(frame);
            } catch (InvalidInputException | NumberFormatException ignored) {
                // Told as it came, below.
            }
        }
        return new ConsoleEvent.Unknown(frame.event(), frame.args());
    }

    /** The panels of Pterodactyl listen for a name that ends with the backup's id, and some nodes send it. */
    private static String name(String event) {
        return event.startsWith(BACKUP_COMPLETED + ":") ? BACKUP_COMPLETED : event;
    }

    /**
     * Returns the frame of an event; empty if this dialect has no such event.
     *
     * @param numbered whether the client has asked for line numbers
     */
    public Optional<Frame> frame(ConsoleEvent event, boolean numbered) {
        if (event instanceof ConsoleEvent.Output output) {
            return Optional.of(output(output, numbered));
        }
        if (event instanceof ConsoleEvent.Stats stats) {
            return Optional.of(Frame.of("stats", usage(stats)));
        }
        if (event instanceof ConsoleEvent.Status status) {
            return Optional.of(Frame.of("status", status.state().wireName()));
        }
        if (event instanceof ConsoleEvent.Gap gap) {
            return Optional.of(Frame.of(ConsoleFrames.GAP, Long.toString(gap.from()), Long.toString(gap.to())));
        }
        if (event instanceof ConsoleEvent.FileJobChanged changed) {
            return numbered
                    ? Optional.of(Frame.of(ConsoleFrames.FILE_JOB, WireJson.writeText(changed.job())))
                    : Optional.empty();
        }
        if (event instanceof ConsoleEvent.Unknown unknown) {
            return Optional.of(new Frame(unknown.name(), unknown.args()));
        }
        return session(event).or(() -> install(event)).or(() -> backup(event)).or(() -> rest(event));
    }

    /** Pterodactyl's daemon does not count what goes to disks. Source: node API §2.3. */
    private String usage(ConsoleEvent.Stats stats) {
        if (dialect != Dialect.PTERODACTYL) {
            return WireJson.writeText(stats.usage());
        }
        var members = new LinkedHashMap<>(
                WireJson.read(WireJson.write(stats.usage()), Json.Obj.class).members());
        members.remove("disk_io");
        return WireJson.writeText(new Json.Obj(members));
    }

    private static Frame output(ConsoleEvent.Output output, boolean numbered) {
        return numbered && output.number().isPresent()
                ? Frame.of(
                        CONSOLE_OUTPUT,
                        output.line(),
                        Long.toString(output.number().getAsLong()))
                : Frame.of(CONSOLE_OUTPUT, output.line());
    }

    private Optional<Frame> session(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Connected connected) {
            return Optional.of(new Frame("auth success", calagopus() ? connected.permissions() : List.of()));
        }
        if (event instanceof ConsoleEvent.DaemonMessage message) {
            return Optional.of(Frame.of("daemon message", message.text()));
        }
        if (event instanceof ConsoleEvent.DaemonError error) {
            return Optional.of(Frame.of("daemon error", error.text()));
        }
        if (event instanceof ConsoleEvent.AuthorityLost lost) {
            return Optional.of(Frame.of("jwt error", lost.text()));
        }
        if (event instanceof ConsoleEvent.AuthorityExpiring) {
            return Optional.of(Frame.of("token expiring"));
        }
        if (event instanceof ConsoleEvent.Deleted && !calagopus()) {
            return Optional.of(Frame.of("deleted", "null"));
        }
        return Optional.empty();
    }

    private Optional<Frame> install(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.InstallOutput install) {
            return Optional.of(Frame.of("install output", install.line()));
        }
        if (event instanceof ConsoleEvent.InstallStarted) {
            return Optional.of(calagopus() ? Frame.of("install started") : Frame.of("install started", ""));
        }
        if (event instanceof ConsoleEvent.InstallCompleted completed) {
            var successful = completed.successful().map(String::valueOf).orElse("");
            return Optional.of(Frame.of(INSTALL_COMPLETED, calagopus() ? successful : ""));
        }
        if (event instanceof ConsoleEvent.ImagePullProgress pull && calagopus()) {
            var payload = new ImagePull(
                    pull.status(), pull.progress().done(), pull.progress().total());
            return Optional.of(Frame.of("image pull progress", pull.layer(), WireJson.writeText(payload)));
        }
        if (event instanceof ConsoleEvent.ImagePullCompleted pull && calagopus()) {
            return Optional.of(Frame.of("image pull completed", pull.layer()));
        }
        return Optional.empty();
    }

    private Optional<Frame> backup(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.BackupCompleted completed) {
            var id = completed.backup().toString();
            return Optional.of(
                    calagopus()
                            ? Frame.of(BACKUP_COMPLETED, id, WireJson.writeText(completed.report()))
                            : Frame.of(BACKUP_COMPLETED, WireJson.writeText(Backup.of(completed))));
        }
        if (event instanceof ConsoleEvent.RestoreCompleted) {
            return Optional.of(
                    calagopus() ? Frame.of("backup restore completed") : Frame.of("backup restore completed", ""));
        }
        if (!calagopus()) {
            return Optional.empty();
        }
        if (event instanceof ConsoleEvent.BackupStarted started) {
            return Optional.of(Frame.of("backup started", started.backup().toString()));
        }
        if (event instanceof ConsoleEvent.BackupProgress progress) {
            return Optional.of(
                    Frame.of("backup progress", progress.backup().toString(), WireJson.writeText(progress.progress())));
        }
        if (event instanceof ConsoleEvent.RestoreStarted) {
            return Optional.of(Frame.of("backup restore started"));
        }
        if (event instanceof ConsoleEvent.RestoreProgress progress) {
            return Optional.of(Frame.of("backup restore progress", WireJson.writeText(progress.progress())));
        }
        return Optional.empty();
    }

    private Optional<Frame> rest(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.TransferLog log) {
            return Optional.of(Frame.of("transfer logs", log.line()));
        }
        if (event instanceof ConsoleEvent.TransferChanged changed) {
            return Optional.of(Frame.of("transfer status", changed.status().name()));
        }
        if (event instanceof ConsoleEvent.FeatureMatch match && dialect == Dialect.PELICAN) {
            var payload = new Feature(match.key(), match.pattern(), match.line());
            return Optional.of(Frame.of("feature match", WireJson.writeText(payload)));
        }
        if (event instanceof ConsoleEvent.Throttled throttled && dialect == Dialect.PELICAN) {
            return Optional.of(Frame.of("throttled", throttled.scope()));
        }
        return calagopus() ? calagopusOnly(event) : Optional.empty();
    }

    private static Optional<Frame> calagopusOnly(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.OperationProgress progress) {
            var payload = new Operation(
                    progress.kind(),
                    progress.progress().done(),
                    progress.progress().total());
            return Optional.of(Frame.of("operation progress", progress.operation(), WireJson.writeText(payload)));
        }
        if (event instanceof ConsoleEvent.OperationEnded ended) {
            return Optional.of(ended.error()
                    .map(error -> Frame.of("operation error", ended.operation(), error))
                    .orElseGet(() -> Frame.of("operation completed", ended.operation())));
        }
        if (event instanceof ConsoleEvent.ScheduleChanged changed) {
            var name = "schedule " + (changed.stage().equals("step") ? "step status" : changed.stage());
            var args = new ArrayList<String>(List.of(changed.schedule()));
            changed.step().ifPresent(args::add);
            changed.error().ifPresent(args::add);
            return Optional.of(new Frame(name, args));
        }
        return Optional.empty();
    }

    private boolean calagopus() {
        return dialect == Dialect.CALAGOPUS;
    }

    private static ConsoleEvent backupCompleted(Frame frame) {
        if (frame.args().size() > 1) {
            return new ConsoleEvent.BackupCompleted(backup(frame), WireJson.read(arg(frame, 1), BackupReport.class));
        }
        return WireJson.read(arg(frame, 0), Backup.class).event();
    }

    private static ConsoleEvent imagePull(Frame frame) {
        var pull = WireJson.read(arg(frame, 1), ImagePull.class);
        return new ConsoleEvent.ImagePullProgress(
                arg(frame, 0), String.valueOf(pull.status()), new Progress(pull.progress(), pull.total()));
    }

    private static ConsoleEvent operation(Frame frame) {
        var operation = WireJson.read(arg(frame, 1), Operation.class);
        return new ConsoleEvent.OperationProgress(
                arg(frame, 0), String.valueOf(operation.type()), new Progress(operation.progress(), operation.total()));
    }

    private static ConsoleEvent schedule(Frame frame, String stage) {
        return new ConsoleEvent.ScheduleChanged(arg(frame, 0), stage, optional(frame, 1), optional(frame, 2));
    }

    private static BackupId backup(Frame frame) {
        return BackupId.parse(arg(frame, 0));
    }

    private static Progress progress(Frame frame, int index) {
        return WireJson.read(arg(frame, index), Progress.class);
    }

    private static OptionalLong number(Frame frame) {
        return frame.args().size() < 2 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(arg(frame, 1)));
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** The first argument, or nothing: some daemons leave empty texts out. */
    private static String text(Frame frame) {
        return frame.args().isEmpty() ? "" : frame.args().get(0);
    }

    private static Optional<String> optional(Frame frame, int index) {
        return index < frame.args().size() ? Optional.of(frame.args().get(index)) : Optional.empty();
    }

    private static String arg(Frame frame, int index) {
        return optional(frame, index)
                .orElseThrow(() -> new InvalidInputException("'" + frame.event() + "': "
                        + frame.args().size() + " arguments (expected: at least " + (index + 1) + ")"));
    }

    /** The payload of a completed backup in the Go daemons. */
    private record Backup(
            @JsonProperty("uuid") BackupId uuid,
            @JsonProperty("is_successful") boolean successful,
            @JsonProperty("checksum") String checksum,
            @JsonProperty("checksum_type") String checksumType,
            @JsonProperty("file_size") long sizeBytes) {

        Backup {
            if (uuid == null) {
                throw new InvalidInputException("uuid: missing (expected: the backup's)");
            }
        }

        static Backup of(ConsoleEvent.BackupCompleted event) {
            var report = event.report();
            return new Backup(
                    event.backup(), report.successful(), report.checksum(), report.checksumType(), report.sizeBytes());
        }

        ConsoleEvent event() {
            return new ConsoleEvent.BackupCompleted(
                    uuid, new BackupReport(successful, checksum, checksumType, sizeBytes, List.of()));
        }
    }

    private record Feature(
            @JsonProperty("key") String key,
            @JsonProperty("pattern") String pattern,
            @JsonProperty("line") String line) {

        ConsoleEvent event() {
            return new ConsoleEvent.FeatureMatch(String.valueOf(key), String.valueOf(pattern), String.valueOf(line));
        }
    }

    private record ImagePull(
            @JsonProperty("status") String status,
            @JsonProperty("progress") long progress,
            @JsonProperty("total") long total) {}

    private record Operation(
            @JsonProperty("type") String type,
            @JsonProperty("progress") long progress,
            @JsonProperty("total") long total) {}
}
