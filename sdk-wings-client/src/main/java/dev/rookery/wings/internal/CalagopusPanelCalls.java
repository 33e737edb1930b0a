package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rookery.api.CallOptions;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.dialect.PanelCall;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.wings.calagopus.BackupPlace;
import dev.rookery.wings.calagopus.BackupSelection;
import dev.rookery.wings.calagopus.CalagopusPanel;
import dev.rookery.wings.calagopus.KopiaRepository;
import dev.rookery.wings.calagopus.NewBackup;
import dev.rookery.wings.calagopus.PbsRepository;
import dev.rookery.wings.calagopus.ResticRepository;
import dev.rookery.wings.calagopus.RestoreOrder;
import dev.rookery.wings.calagopus.RestoreWish;
import dev.rookery.wings.calagopus.ScheduleOutcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The calls of Calagopus' panel over HTTP. Immutable. */
public final class CalagopusPanelCalls implements CalagopusPanel {

    private static final int PARTS_MAX = 10_000;

    private final PanelCalls calls;
    private final CallOptions options;
    private final Optional<UUID> schedule;

    CalagopusPanelCalls(PanelCalls calls, CallOptions options, Optional<UUID> schedule) {
        this.calls = calls;
        this.options = options;
        this.schedule = schedule;
    }

    @Override
    public CalagopusPanel onBehalfOf(UUID asking) {
        return new CalagopusPanelCalls(calls, options, Optional.of(asking));
    }

    @Override
    public BackupPlace createBackup(ServerId server, NewBackup backup) {
        var body = new Asked(schedule, requireNonNull(backup, "backup"), null);
        return ask(PanelCall.CREATE_BACKUP, body, server.toString()).json(BackupPlace.class);
    }

    @Override
    public BackupId moveBackup(ServerId server, BackupSelection backup, UUID group) {
        return update(server, backup, new Target(Optional.of(group)));
    }

    @Override
    public BackupId ungroupBackup(ServerId server, BackupSelection backup) {
        return update(server, backup, new Target(Optional.empty()));
    }

    @Override
    public BackupId deleteBackup(ServerId server, BackupSelection backup) {
        var body = new Asked(schedule, requireNonNull(backup, "backup"), null);
        return ask(PanelCall.DELETE_BACKUP, body, server.toString())
                .json(Named.class)
                .id();
    }

    @Override
    public RestoreOrder restoreBackup(ServerId server, BackupSelection backup, RestoreWish wish) {
        var body = new Asked(schedule, requireNonNull(backup, "backup"), requireNonNull(wish, "wish"));
        return ask(PanelCall.RESTORE_BACKUP, body, server.toString()).json(RestoreOrder.class);
    }

    @Override
    public void setStartupVariable(ServerId server, String variable, String value) {
        requireLength("value", value, 0, 4096);
        set(
                PanelCall.STARTUP_VARIABLE,
                new Variable(schedule, requireLength("variable", variable, 1, 255), value),
                server);
    }

    @Override
    public void setStartupCommand(ServerId server, String command) {
        set(PanelCall.STARTUP_COMMAND, new Command(schedule, requireLength("command", command, 1, 1024)), server);
    }

    @Override
    public void setStartupImage(ServerId server, String image) {
        set(PanelCall.STARTUP_IMAGE, new Image(schedule, requireLength("image", image, 1, 255)), server);
    }

    @Override
    public void reportSchedules(List<ScheduleOutcome> outcomes) {
        calls.report(PanelCall.SCHEDULE_REPORT, options, WireJson.write(Map.of("data", outcomes)));
    }

    @Override
    public void reportDeletion(BackupId backup, boolean successful) {
        calls.report(PanelCall.DELETION_REPORT, options, calls.dialect().outcome(successful), backup.toString());
    }

    @Override
    public BackupUpload backupParts(BackupId backup, int fromPart) {
        if (fromPart < 1 || fromPart > PARTS_MAX) {
            throw new InvalidInputException("fromPart: " + fromPart + " (expected: 1 to " + PARTS_MAX + ")");
        }
        return calls.ask(
                        PanelCall.BACKUP_PARTS,
                        options,
                        call -> call.query("from_part", Integer.toString(fromPart)),
                        backup.toString())
                .json(BackupUpload.class);
    }

    @Override
    public ResticRepository restic(BackupId backup) {
        return repository(PanelCall.RESTIC_REPOSITORY, backup, ResticRepository.class);
    }

    @Override
    public KopiaRepository kopia(BackupId backup) {
        return repository(PanelCall.KOPIA_REPOSITORY, backup, KopiaRepository.class);
    }

    @Override
    public PbsRepository pbs(BackupId backup) {
        return repository(PanelCall.PBS_REPOSITORY, backup, PbsRepository.class);
    }

    /** Asks window by window until there is a URL for every part. */
    BackupUpload allParts(BackupId backup, long sizeBytes) {
        var parts = new ArrayList<URI>();
        while (true) {
            var window = backupParts(backup, parts.size() + 1);
            long size = window.partSizeBytes();
            long needed = (sizeBytes + size - 1) / size;
            parts.addAll(window.parts());
            if (parts.size() >= needed) {
                return new BackupUpload(parts.subList(0, (int) needed), size, OptionalInt.empty());
            }
            if (window.parts().isEmpty() || needed > PARTS_MAX) {
                throw new ProtocolException(
                        PanelCall.BACKUP_PARTS.template() + " gave " + parts.size() + " parts of " + size
                                + " bytes (expected: " + needed + " for " + sizeBytes + " bytes, at most " + PARTS_MAX
                                + ")",
                        null,
                        null);
            }
        }
    }

    private BackupId update(ServerId server, BackupSelection backup, Target target) {
        var body = new Asked(schedule, requireNonNull(backup, "backup"), target);
        return ask(PanelCall.UPDATE_BACKUP, body, server.toString())
                .json(Named.class)
                .id();
    }

    private Answer ask(PanelCall call, Object body, String... arguments) {
        var json = WireJson.write(body);
        return calls.ask(call, options, request -> request.json(json), arguments);
    }

    private void set(PanelCall call, Object body, ServerId server) {
        // An HTML page would be no JSON; what the answer says beyond that does not matter.
        var answer = ask(call, body, server.toString());
        if (!answer.blank()) {
            answer.json(Json.class);
        }
    }

    private <T> T repository(PanelCall call, BackupId backup, Class<T> type) {
        return calls.ask(call, options, request -> request, backup.toString()).json(type);
    }

    private static String requireLength(String name, String text, int min, int max) {
        if (text.length() < min || text.length() > max) {
            throw new InvalidInputException(
                    name + ": " + text.length() + " characters (expected: " + min + " to " + max + ")");
        }
        return text;
    }

    /** Who asks, which backup, and what to do with it, as one object. */
    private record Asked(
            @JsonProperty("schedule_uuid") Optional<UUID> schedule,
            @JsonUnwrapped Object which,
            @JsonUnwrapped @Nullable Object what) {}

    private record Target(
            @JsonProperty("target_backup_group_uuid") Optional<UUID> group) {}

    private record Named(@JsonProperty("uuid") BackupId id) {}

    private record Variable(
            @JsonProperty("schedule_uuid") Optional<UUID> schedule,
            @JsonProperty("env_variable") String name,
            @JsonProperty("value") String value) {}

    private record Command(
            @JsonProperty("schedule_uuid") Optional<UUID> schedule,
            @JsonProperty("command") String command) {}

    private record Image(
            @JsonProperty("schedule_uuid") Optional<UUID> schedule,
            @JsonProperty("image") String image) {}
}
