package dev.rookery.api.console;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.transfer.TransferStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Something a console tells. Source for the wire form of each: node API §4.6. */
public sealed interface ConsoleEvent {

    /** Returns what a listener needs beyond the permission to connect; empty if nothing. */
    default Optional<Permission> permission() {
        return Optional.empty();
    }

    /**
     * The node accepted who we are; live events follow.
     *
     * @param permissions what we may do; only Calagopus tells
     */
    record Connected(List<String> permissions) implements ConsoleEvent {
        /** Copies the list. */
        public Connected {
            permissions = List.copyOf(permissions);
        }

        /** Accepted, without a word about permissions. */
        public Connected() {
            this(List.of());
        }
    }

    /**
     * The power state changed, or is told for the first time.
     *
     * @param state the state now
     */
    record Status(ServerState state) implements ConsoleEvent {
        /** Checks its argument. */
        public Status {
            requireNonNull(state, "state");
        }
    }

    /**
     * What the server uses, about once a second while it runs.
     *
     * @param usage the figures
     */
    record Stats(ResourceUsage usage) implements ConsoleEvent {}

    /**
     * A line that the process printed.
     *
     * @param line without line end, ANSI sequences kept
     * @param number position in the server's numbered log, from 1, never reused; empty if the node does not number its lines, and for
     *     lines that the daemon wrote itself
     */
    record Output(String line, OptionalLong number) implements ConsoleEvent {}

    /**
     * Lines that will not be delivered here: this listener was too slow, or they are no longer stored. Of a node that does not number
     * its lines, the numbers count the lines that came to this console since it was opened, so that they say how many are missing.
     *
     * @param from the first missing number
     * @param to the last missing number
     */
    record Gap(long from, long to) implements ConsoleEvent {}

    /**
     * A line of the install script, or of an image pull.
     *
     * @param line without line end
     */
    record InstallOutput(String line) implements ConsoleEvent {
        @Override
        public Optional<Permission> permission() {
            return Optional.of(Permission.ADMIN_INSTALL);
        }
    }

    /** An installation began. */
    record InstallStarted() implements ConsoleEvent {}

    /**
     * An installation ended.
     *
     * @param successful whether well; only Calagopus says so, elsewhere the panel is told
     */
    record InstallCompleted(Optional<Boolean> successful) implements ConsoleEvent {

        /** An end of which nothing is said. */
        public static final InstallCompleted UNTOLD = new InstallCompleted(Optional.empty());
    }

    /**
     * A layer of the image is being fetched. Calagopus only.
     *
     * @param layer the layer's id
     * @param status {@code pulling} or {@code extracting}
     * @param progress how far
     */
    record ImagePullProgress(String layer, String status, Progress progress) implements ConsoleEvent {}

    /**
     * A layer of the image is there. Calagopus only.
     *
     * @param layer the layer's id
     */
    record ImagePullCompleted(String layer) implements ConsoleEvent {}

    /**
     * A backup has begun. Calagopus only.
     *
     * @param backup which one
     */
    record BackupStarted(BackupId backup) implements ConsoleEvent {
        @Override
        public Optional<Permission> permission() {
            return Optional.of(Permission.BACKUP_READ);
        }
    }

    /**
     * A backup goes on. Calagopus only.
     *
     * @param backup which one
     * @param progress how far
     */
    record BackupProgress(BackupId backup, Progress progress) implements ConsoleEvent {
        @Override
        public Optional<Permission> permission() {
            return Optional.of(Permission.BACKUP_READ);
        }
    }

    /**
     * A backup ended. Needs {@code backup.read}.
     *
     * @param backup which one
     * @param report how it ended
     */
    record BackupCompleted(BackupId backup, BackupReport report) implements ConsoleEvent {
        @Override
        public Optional<Permission> permission() {
            return Optional.of(Permission.BACKUP_READ);
        }
    }

    /** A backup is being restored. Calagopus only. */
    record RestoreStarted() implements ConsoleEvent {}

    /**
     * The restoring of a backup goes on. Calagopus only.
     *
     * @param progress how far
     */
    record RestoreProgress(Progress progress) implements ConsoleEvent {}

    /** The restoring of a backup ended, well or not. */
    record RestoreCompleted() implements ConsoleEvent {}

    /**
     * A line about the server's move. Needs {@code admin.websocket.transfer}.
     *
     * @param line without line end
     */
    record TransferLog(String line) implements ConsoleEvent {
        @Override
        public Optional<Permission> permission() {
            return Optional.of(Permission.ADMIN_TRANSFER);
        }
    }

    /**
     * The server's move got further.
     *
     * @param status how far
     */
    record TransferChanged(TransferStatus status) implements ConsoleEvent {}

    /**
     * A console line holds a text that the egg watches for. Pelican only.
     *
     * @param key the egg's feature
     * @param pattern the text it watches for
     * @param line the console line
     */
    record FeatureMatch(String key, String pattern, String line) implements ConsoleEvent {}

    /**
     * This console sent too much and some of it was not read. Pelican only.
     *
     * @param scope {@code global}, or the name of the event
     */
    record Throttled(String scope) implements ConsoleEvent {}

    /**
     * Something longer about files goes on. Needs {@code file.read}. Calagopus only.
     *
     * @param operation the operation's id
     * @param kind {@code compress}, {@code decompress} or {@code pull}
     * @param progress how far
     */
    record OperationProgress(String operation, String kind, Progress progress) implements ConsoleEvent {
        @Override
        public Optional<Permission> permission() {
            return Optional.of(Permission.FILE_READ);
        }
    }

    /**
     * Something longer about files ended.
     *
     * @param operation the operation's id
     * @param error what went wrong; empty if nothing
     */
    record OperationEnded(String operation, Optional<String> error) implements ConsoleEvent {
        @Override
        public Optional<Permission> permission() {
            return Optional.of(Permission.FILE_READ);
        }
    }

    /**
     * A job with the server's files began, goes on or ended. Needs {@code file.read}. Ours: told to who asked for line numbers, and in process.
     *
     * @param job how far it is
     */
    record FileJobChanged(FileJob job) implements ConsoleEvent {
        /** Checks its argument. */
        public FileJobChanged {
            requireNonNull(job, "job");
        }

        @Override
        public Optional<Permission> permission() {
            return Optional.of(Permission.FILE_READ);
        }
    }

    /**
     * A schedule got further. Needs {@code schedule.read}. Calagopus only.
     *
     * @param schedule the schedule's id
     * @param stage {@code started}, {@code step}, {@code step error} or {@code completed}
     * @param step the step's id, empty for the schedule as a whole
     * @param error what went wrong, empty if nothing
     */
    record ScheduleChanged(String schedule, String stage, Optional<String> step, Optional<String> error)
            implements ConsoleEvent {
        @Override
        public Optional<Permission> permission() {
            return Optional.of(Permission.SCHEDULE_READ);
        }
    }

    /**
     * The daemon says something about the server.
     *
     * @param text for people
     */
    record DaemonMessage(String text) implements ConsoleEvent {}

    /**
     * Something this console asked for was refused or failed.
     *
     * @param text for people
     */
    record DaemonError(String text) implements ConsoleEvent {}

    /** The authority of this console ends within a minute. */
    record AuthorityExpiring() implements ConsoleEvent {}

    /**
     * The authority of this console has ended, or was not accepted.
     *
     * @param text for people
     */
    record AuthorityLost(String text) implements ConsoleEvent {}

    /** The server was removed from the node. */
    record Deleted() implements ConsoleEvent {}

    /**
     * An event that this version does not know.
     *
     * @param name the event's name on the wire
     * @param args its arguments
     */
    record Unknown(String name, List<String> args) implements ConsoleEvent {
        /** Copies the list. */
        public Unknown {
            args = List.copyOf(args);
        }
    }

    /**
     * How far something is.
     *
     * @param done bytes done
     * @param total bytes in all, 0 if unknown
     */
    record Progress(
            @JsonProperty("progress") long done,
            @JsonProperty("total") long total) {}
}
