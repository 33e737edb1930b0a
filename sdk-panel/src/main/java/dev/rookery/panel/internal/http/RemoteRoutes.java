package dev.rookery.panel.internal.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.RemoteRequests;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.PanelResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of {@code /api/remote/*}. What is not in it is refused, and nothing in it is reached without a node: the one guard is in
 * {@link #handle}. Thread-safe.
 */
public final class RemoteRoutes {

    private static final String SERVER = "servers/([^/]+)";

    private static final String BACKUP = "backups/([^/]+)";
    private static final int ACTIVITY_MAX = 500;

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

    /** Returns every route there is. */
    List<Offered> offered() {
        return routes.stream()
                .map(route -> new Offered(route.method(), route.pattern()))
                .toList();
    }

    /** A route without what it does. */
    record Offered(String method, Pattern path) {

        boolean matches(String otherMethod, String otherPath) {
            return method.equals(otherMethod) && path.matcher(otherPath).matches();
        }
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

    private static PanelResponse reportInstall(Panel panel, PanelRequest request, Matcher path) {
        panel.reportInstall(server(path), RemoteRequests.installReport(Body.bytes(request)));
        return Answer.done();
    }

    private static PanelResponse reportState(Panel panel, PanelRequest request, Matcher path) {
        panel.reportState(server(path), RemoteRequests.stateReport(Body.bytes(request)));
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

    private static PanelResponse reportBackup(Panel panel, PanelRequest request, Matcher path) {
        panel.reportBackup(backup(path), RemoteRequests.backupReport(Body.bytes(request)));
        return Answer.done();
    }

    private static PanelResponse reportRestore(Panel panel, PanelRequest request, Matcher path) {
        panel.reportRestore(backup(path), RemoteRequests.outcome(Body.bytes(request)));
        return Answer.done();
    }

    /** Whether a name or a server exists is nobody's business here; a name without a server is told, as other panels do. */
    private static PanelResponse authorizeSftp(Panel panel, PanelRequest request, Matcher path) {
        var login = RemoteRequests.sftpLogin(Body.bytes(request));
        try {
            return Answer.json(panel.authorizeSftp(login));
        } catch (NotFoundException e) {
            throw new HttpFailure(403, "HttpForbiddenException", "name or secret are wrong");
        } catch (InvalidInputException e) {
            throw new HttpFailure(400, "BadRequestHttpException", String.valueOf(e.getMessage()));
        }
    }

    /** Bounded, however much a node sends (CVE-2026-21696). */
    private static PanelResponse reportActivity(Panel panel, PanelRequest request, Matcher path) {
        var entries = RemoteRequests.activity(Body.bytes(request), Instant.now());
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
