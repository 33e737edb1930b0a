package dev.rookery.api.dialect;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what nodes of every dialect send to their panel. Each call throws {@link InvalidInputException} for what it cannot use. */
public final class RemoteRequests {

    private RemoteRequests() {}

    /** Reads the body of {@link PanelCall#INSTALL_REPORT}. An empty object is not taken for a failed installation. */
    public static InstallReport installReport(byte[] body) {
        var read = WireJson.read(body, InstallBody.class);
        return new InstallReport(required(read.successful()), read.reinstall());
    }

    /** Reads the body of {@link PanelCall#STATE_REPORT}. */
    public static StateChange stateReport(byte[] body) {
        var change = WireJson.read(body, StateBody.class).data();
        if (change == null || change.newState() == null) {
            throw new InvalidInputException(
                    "data.new_state: absent (expected: offline, starting, running or stopping)");
        }
        return change;
    }

    /** Reads the body of {@link PanelCall#BACKUP_REPORT}. Checksum, type and size are required of a success only. */
    public static BackupReport backupReport(byte[] body) {
        var read = WireJson.read(body, BackupBody.class);
        if (!required(read.successful())) {
            return BackupReport.failed();
        }
        if (read.checksum() == null || read.checksumType() == null || read.size() == null) {
            throw new InvalidInputException(
                    "checksum, checksum_type and size (expected: all three, since the backup was successful)");
        }
        return new BackupReport(
                true,
                read.checksum(),
                read.checksumType(),
                read.size(),
                read.parts() == null ? List.of() : read.parts());
    }

    /** Reads the body of {@link PanelCall#RESTORE_REPORT}. */
    public static boolean outcome(byte[] body) {
        return required(WireJson.read(body, OutcomeBody.class).successful());
    }

    /** Reads the body of {@link PanelCall#SFTP_LOGIN}. */
    public static SftpLogin sftpLogin(byte[] body) {
        return WireJson.read(body, SftpLogin.class);
    }

    /**
     * Reads the body of {@link PanelCall#ACTIVITY}. An entry that cannot be read is left out: refusing the batch would make the node send it
     * again for ever. One whose time cannot be read happened now, and keeps the text as {@code original_timestamp} in its metadata.
     */
    public static List<ActivityEntry> activity(byte[] body, Instant now) {
        var data = WireJson.read(body, ActivityBody.class).data();
        if (data == null) {
            throw new InvalidInputException("data: absent (expected: a list of entries)");
        }
        return data.stream().flatMap(item -> entry(item, now).stream()).toList();
    }

    private static Optional<ActivityEntry> entry(Json item, Instant now) {
        try {
            return Optional.of(WireJson.read(timed(item, now), ActivityEntry.class));
        } catch (InvalidInputException ignored) {
            // Left out, as said above: the others count.
            return Optional.empty();
        }
    }

    private static Json timed(Json item, Instant now) {
        if (!(item instanceof Json.Obj entry)
                || !(entry.members().get("timestamp") instanceof Json.Text text)
                || isTime(text.value())) {
            return item;
        }
        var metadata = new LinkedHashMap<String, Json>();
        if (entry.members().get("metadata") instanceof Json.Obj given) {
            metadata.putAll(given.members());
        }
        metadata.put("original_timestamp", text);
        var members = new LinkedHashMap<>(entry.members());
        members.putAll(Map.of("metadata", new Json.Obj(metadata), "timestamp", new Json.Text(now.toString())));
        return new Json.Obj(members);
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeParseException ignored) {
            // As it says.
            return false;
        }
    }

    private static boolean required(@Nullable Boolean successful) {
        if (successful == null) {
            throw new InvalidInputException("successful: absent (expected: true or false)");
        }
        return successful;
    }

    private record InstallBody(
            @JsonProperty("successful") @Nullable Boolean successful,
            @JsonProperty("reinstall") boolean reinstall) {}

    private record StateBody(@JsonProperty("data") @Nullable StateChange data) {}

    private record OutcomeBody(
            @JsonProperty("successful") @Nullable Boolean successful) {}

    private record ActivityBody(
            @JsonProperty("data") @Nullable List<Json> data) {}

    private record BackupBody(
            @JsonProperty("successful") @Nullable Boolean successful,
            @JsonProperty("checksum") @Nullable String checksum,
            @JsonProperty("checksum_type") @Nullable String checksumType,
            @JsonProperty("size") @Nullable Long size,
            @JsonProperty("parts") @Nullable List<BackupPart> parts) {}
}
