package dev.rookery.panel.internal.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.PanelResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of {@code /api/remote/*}. What is not in it is refused, and nothing in it is reached without a node: the one guard is in
 * {@link #handle}. Thread-safe.
 */
public final class RemoteRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteRoutes.class);
    private static final String SERVER = "servers/([^/]+)";

    private static final String BACKUP = "backups/([^/]+)";
    private static final int ACTIVITY_MAX = 1000;

    private final Function<NodeCredentials, Optional<Panel>> panels;
    private final List<Route> routes = List.of(
            new Route("GET", "servers", (panel, request, path) -> ServerList.answer(panel, request)),
            new Route("POST", "servers/reset", (panel, request, path) -> reset(panel)),
            new Route("GET", SERVER, (panel, request, path) -> Answer.json(panel.configuration(server(path)))),
            new Route(
                    "GET",
                    SERVER + "/install",
                    (panel, request, path) -> Answer.json(panel.installScript(server(path)))),
            new Route("POST", SERVER + "/install", RemoteRoutes::reportInstall),
            new Route("POST", SERVER + "/container/status", RemoteRoutes::reportState),
            new Route("POST", SERVER + "/transfer/(success|failure)", RemoteRoutes::reportTransfer),
            // Older daemons of Pterodactyl report so.
            new Route("GET", SERVER + "/transfer/(success|failure)", RemoteRoutes::reportTransfer),
            new Route("GET", BACKUP, RemoteRoutes::backupUpload),
            new Route("POST", BACKUP, RemoteRoutes::reportBackup),
            new Route("POST", BACKUP + "/restore", RemoteRoutes::reportRestore),
            new Route("POST", "sftp/auth", RemoteRoutes::authorizeSftp),
            new Route("POST", "activity", RemoteRoutes::reportActivity));

    /** Creates the table. */
    public RemoteRoutes(Function<NodeCredentials, Optional<Panel>> panels) {
        this.panels = panels;
    }

    /** Answers a request for a path below {@code /api/remote/}. */
    public PanelResponse handle(PanelRequest request, String path) {
        var panel = authenticated(request);
        boolean known = false;
        for (var route : routes) {
            var match = route.pattern().matcher(path);
            if (match.matches()) {
                known = true;
                if (route.method().equals(request.method())) {
                    return route.handler().handle(panel, request, match);
                }
            }
        }
        return known
                ? Answer.error(405, "MethodNotAllowed", request.method() + " is not offered here")
                : Answer.error(
                        404, "NotFound", "this panel does not offer " + request.method() + " /api/remote/" + path);
    }

    /** The reported flag is required, so that an empty object is not taken for a failed installation. */
    private record InstallBody(
            @JsonProperty("successful") @Nullable Boolean successful,
            @JsonProperty("reinstall") boolean reinstall) {}

    private record StateBody(@JsonProperty("data") @Nullable StateChange data) {}

    private static PanelResponse reportInstall(Panel panel, PanelRequest request, Matcher path) {
        var body = Body.read(request, InstallBody.class);
        panel.reportInstall(server(path), new InstallReport(required(body.successful()), body.reinstall()));
        return Answer.done();
    }

    private static PanelResponse reportState(Panel panel, PanelRequest request, Matcher path) {
        var change = Body.read(request, StateBody.class).data();
        if (change == null || change.newState() == null) {
            throw new InvalidInputException(
                    "data.new_state: absent (expected: offline, starting, running or stopping)");
        }
        panel.reportState(server(path), change);
        return Answer.done();
    }

    private static PanelResponse reset(Panel panel) {
        panel.reset();
        return Answer.done();
    }

    private static PanelResponse reportTransfer(Panel panel, PanelRequest request, Matcher path) {
        panel.reportTransfer(server(path), path.group(2).equals("success"));
        return Answer.done();
    }

    private static PanelResponse backupUpload(Panel panel, PanelRequest request, Matcher path) {
        long size = 0;
        try {
            size = Long.parseLong(request.query().getOrDefault("size", ""));
        } catch (NumberFormatException ignored) {
            // Told below, like a size that cannot be.
        }
        if (size < 1) {
            throw new HttpFailure(400, "BadRequest", "size (expected: the archive's size in bytes, at least 1)");
        }
        return Answer.json(panel.backupUpload(backup(path), size));
    }

    /** Checksum, type and size are required of a success only. Source: panel remote API §3.9. */
    private record BackupBody(
            @JsonProperty("successful") @Nullable Boolean successful,
            @JsonProperty("checksum") @Nullable String checksum,
            @JsonProperty("checksum_type") @Nullable String checksumType,
            @JsonProperty("size") @Nullable Long size,
            @JsonProperty("parts") @Nullable List<BackupPart> parts) {

        BackupReport report() {
            if (!required(successful)) {
                return BackupReport.failed();
            }
            if (checksum == null || checksumType == null || size == null) {
                throw new InvalidInputException(
                        "checksum, checksum_type and size (expected: all three, since the backup was successful)");
            }
            return new BackupReport(true, checksum, checksumType, size, parts == null ? List.of() : parts);
        }
    }

    private static PanelResponse reportBackup(Panel panel, PanelRequest request, Matcher path) {
        panel.reportBackup(backup(path), Body.read(request, BackupBody.class).report());
        return Answer.done();
    }

    private record RestoreBody(
            @JsonProperty("successful") @Nullable Boolean successful) {}

    private static PanelResponse reportRestore(Panel panel, PanelRequest request, Matcher path) {
        panel.reportRestore(
                backup(path), required(Body.read(request, RestoreBody.class).successful()));
        return Answer.done();
    }

    private static PanelResponse authorizeSftp(Panel panel, PanelRequest request, Matcher path) {
        return Answer.json(panel.authorizeSftp(Body.read(request, SftpLogin.class)));
    }

    private record ActivityBody(
            @JsonProperty("data") @Nullable List<Json> data) {}

    /** An entry that cannot be read is left out: refusing the batch would make the node send it again for ever (CVE-2026-21696). */
    private static PanelResponse reportActivity(Panel panel, PanelRequest request, Matcher path) {
        var data = Body.read(request, ActivityBody.class).data();
        if (data == null) {
            throw new InvalidInputException("data: absent (expected: a list of entries)");
        }
        var entries = new ArrayList<ActivityEntry>();
        for (var item : data) {
            try {
                entries.add(WireJson.read(item, ActivityEntry.class));
            } catch (InvalidInputException e) {
                LOG.info("leaving out an activity entry that cannot be read: {}", e.getMessage());
            }
        }
        for (int from = 0; from < entries.size(); from += ACTIVITY_MAX) {
            panel.reportActivity(List.copyOf(entries.subList(from, Math.min(entries.size(), from + ACTIVITY_MAX))));
        }
        return Answer.done();
    }

    /** 401 without credentials, 400 if malformed, 403 if unknown or wrong. */
    private Panel authenticated(PanelRequest request) {
        var presented = NodeCredentials.parse(Bearer.of(request))
                .orElseThrow(() -> new HttpFailure(
                        400, "BadRequest", "malformed credentials (expected: 'Bearer <token id>.<token>')"));
        return panels.apply(presented)
                .orElseThrow(
                        () -> new HttpFailure(403, "Forbidden", "these credentials belong to no node of this panel"));
    }

    private static boolean required(@Nullable Boolean successful) {
        if (successful == null) {
            throw new InvalidInputException("successful: absent (expected: true or false)");
        }
        return successful;
    }

    private static BackupId backup(Matcher path) {
        try {
            return BackupId.parse(path.group(1));
        } catch (InvalidInputException e) {
            throw new HttpFailure(404, "NotFoundException", "this node has no backup '" + path.group(1) + "'");
        }
    }

    private static ServerId server(Matcher path) {
        try {
            return ServerId.parse(path.group(1));
        } catch (InvalidInputException e) {
            throw new HttpFailure(404, "NotFoundException", "this node has no server '" + path.group(1) + "'");
        }
    }

    private interface Handler {
        PanelResponse handle(Panel panel, PanelRequest request, Matcher path);
    }

    private record Route(String method, Pattern pattern, Handler handler) {
        Route(String method, String pattern, Handler handler) {
            this(method, Pattern.compile(pattern), handler);
        }
    }
}
