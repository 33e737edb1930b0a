package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.FileDialect;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.permission.Permission;
import dev.rookery.wings.SignedUrl;
import dev.rookery.wings.calagopus.CalagopusServer;
import dev.rookery.wings.calagopus.ContentSearch;
import dev.rookery.wings.calagopus.FilePage;
import dev.rookery.wings.calagopus.FingerprintAlgorithm;
import dev.rookery.wings.calagopus.ScheduleStatus;
import dev.rookery.wings.calagopus.ScriptOutput;
import dev.rookery.wings.calagopus.UserPermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes the calls of {@link CalagopusServer}. */
final class CalagopusServerCalls implements CalagopusServer {

    private static final String SERVER = "/api/servers/{uuid}";
    private static final FileDialect FILES = FileDialect.of(Dialect.CALAGOPUS);

    private final ExtraCalls calls;
    private final ServerId id;

    CalagopusServerCalls(ExtraCalls calls, ServerId id) {
        this.calls = calls;
        this.id = id;
    }

    @Override
    public ScriptOutput run(InstallScript script, Map<String, String> environment) {
        calls.requirePanel("run a script");
        return calls.work("POST", SERVER + "/script", id.toString())
                .json(
                        "container_image",
                        script.containerImage(),
                        "entrypoint",
                        script.entrypoint(),
                        "script",
                        script.script(),
                        "environment",
                        environment)
                .as(ScriptOutput.class);
    }

    @Override
    public String versionHash(String game) {
        calls.requirePanel("ask for the version");
        return calls.work("GET", SERVER + "/version", id.toString())
                .query("game", game)
                .as(VersionHash.class)
                .hash();
    }

    @Override
    public void setPermissions(List<UserPermissions> users) {
        calls.requirePanel("change permissions");
        calls.query("POST", SERVER + "/ws/permissions", id.toString())
                .json("user_permissions", List.copyOf(users))
                .send();
    }

    @Override
    public ScheduleStatus schedule(UUID schedule) {
        calls.require(Permission.SCHEDULE_READ);
        return calls.query("GET", SERVER + "/schedules/{schedule}", id.toString(), schedule.toString())
                .as(Schedule.class)
                .status();
    }

    @Override
    public void abortSchedule(UUID schedule) {
        calls.requirePanel("end a schedule");
        calls.query("POST", SERVER + "/schedules/{schedule}/abort", id.toString(), schedule.toString())
                .send();
    }

    @Override
    public void triggerSchedule(UUID schedule, boolean skipCondition) {
        calls.requirePanel("run a schedule");
        calls.query("POST", SERVER + "/schedules/{schedule}/trigger", id.toString(), schedule.toString())
                .json("skip_condition", skipCondition)
                .send();
    }

    @Override
    public FilePage files(String directory, List<String> ignored, int page, int perPage) {
        calls.require(Permission.FILE_READ);
        if (page < 1 || perPage < 1) {
            throw new InvalidInputException("page: " + page + ", perPage: " + perPage + " (expected: >= 1)");
        }
        var call = calls.work("GET", SERVER + "/files/list", id.toString())
                .query("directory", directory)
                .query("page", Integer.toString(page))
                .query("per_page", Integer.toString(perPage));
        for (var pattern : ignored) {
            call = call.query("ignored", pattern);
        }
        return call.as(FilePage.class);
    }

    @Override
    public Map<String, String> fingerprints(FingerprintAlgorithm algorithm, List<String> files) {
        calls.require(Permission.FILE_READ_CONTENT);
        var call =
                calls.work("GET", SERVER + "/files/fingerprints", id.toString()).query("algorithm", algorithm.name());
        for (var file : files) {
            call = call.query("files", file);
        }
        return call.as(Fingerprints.class).fingerprints();
    }

    @Override
    public List<FileEntry> search(ContentSearch search) {
        calls.require(Permission.FILE_READ_CONTENT);
        return calls.work("POST", SERVER + "/files/search", id.toString())
                .json(
                        "root",
                        search.directory(),
                        "path_filter",
                        search.paths().orElse(null),
                        "size_filter",
                        search.sizes().orElse(null),
                        "content_filter",
                        search.content().orElse(null),
                        "per_page",
                        search.limit())
                .read(FILES::readEntries);
    }

    @Override
    public void abortOperation(UUID operation) {
        calls.require(Permission.FILE_CREATE);
        calls.query("DELETE", SERVER + "/files/operations/{operation}", id.toString(), operation.toString())
                .send();
    }

    @Override
    public SignedUrl downloadFiles(String directory, List<String> names, ArchiveFormat format) {
        calls.require(Permission.FILE_READ_CONTENT);
        var token = calls.signer().fileDownload(id, calls.user(), directory, names, List.of());
        return calls.query("GET", "/download/files")
                .query("archive_format", FileDialect.calagopusFormat(format))
                .signed(token.text(), token.token().stamp().expiresAt());
    }

    @Override
    public SignedUrl downloadDirectory(String directory, ArchiveFormat format) {
        calls.require(Permission.FILE_READ_CONTENT);
        var token = calls.signer().fileDownload(id, calls.user(), requireNonNull(directory, "directory"));
        return calls.query("GET", "/download/directory")
                .query("archive_format", FileDialect.calagopusFormat(format))
                .signed(token.text(), token.token().stamp().expiresAt());
    }

    record VersionHash(@JsonProperty("hash") String hash) {

        VersionHash {
            hash = hash == null ? "" : hash;
        }
    }

    record Schedule(@JsonProperty("status") ScheduleStatus status) {

        Schedule {
            status = status == null ? new ScheduleStatus(false, Map.of(), Optional.empty()) : status;
        }
    }

    record Fingerprints(@JsonProperty("fingerprints") Map<String, String> fingerprints) {

        Fingerprints {
            fingerprints = fingerprints == null ? Map.of() : fingerprints;
        }
    }
}
