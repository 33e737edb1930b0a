package dev.rookery.panel.internal.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.StateChange;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.PanelResponse;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table of {@code /api/remote/*}. What is not in it is refused, and nothing in it is reached without a node: the one guard is in
 * {@link #handle}. Thread-safe.
 */
public final class RemoteRoutes {

    private static final String SERVER = "servers/([^/]+)";

    private final NodeAuthentication authentication;
    private final Function<NodeId, Panel> panels;
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
            new Route("POST", "sftp/auth", (panel, request, path) -> noSftp()));

    /** Creates the table. */
    public RemoteRoutes(NodeAuthentication authentication, Function<NodeId, Panel> panels) {
        this.authentication = authentication;
        this.panels = panels;
    }

    /** Answers a request for a path below {@code /api/remote/}. */
    public PanelResponse handle(PanelRequest request, String path) {
        var panel = panels.apply(authentication.node(request));
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
        if (body.successful() == null) {
            throw new InvalidInputException("successful: absent (expected: true or false)");
        }
        panel.reportInstall(server(path), new InstallReport(body.successful(), body.reinstall()));
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

    private static PanelResponse noSftp() {
        throw new HttpFailure(403, "Forbidden", "this panel has no SFTP log-ins");
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
