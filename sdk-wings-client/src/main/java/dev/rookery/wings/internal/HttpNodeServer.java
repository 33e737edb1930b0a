package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.RookeryException;
import dev.rookery.api.RookeryException.RemoteAnswer;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.permission.Permission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One server of a node behind HTTP. */
final class HttpNodeServer implements NodeServer {

    private static final Endpoint DETAILS = Endpoint.get("/api/servers/{uuid}");
    private static final Endpoint DELETE = Endpoint.delete("/api/servers/{uuid}");
    private static final Endpoint POWER = Endpoint.post("/api/servers/{uuid}/power");
    private static final Endpoint COMMANDS = Endpoint.post("/api/servers/{uuid}/commands");
    private static final Endpoint SYNC = Endpoint.post("/api/servers/{uuid}/sync");
    private static final Endpoint REINSTALL = Endpoint.post("/api/servers/{uuid}/reinstall");
    private static final Endpoint LOGS = Endpoint.get("/api/servers/{uuid}/logs");
    private static final Endpoint INSTALL_LOGS = Endpoint.get("/api/servers/{uuid}/install-logs");

    // What Wings answers when the file is not there. Source: node API §2.3.
    private static final String NO_INSTALL_LOG = "failed to read the log for the installation process";
    private static final int LOG_LINES_MAX = 100;
    private static final int POWER_WAIT_SECONDS = 30;

    private final NodeConnection node;
    private final ServerId id;

    HttpNodeServer(NodeConnection node, ServerId id) {
        this.node = node;
        this.id = id;
    }

    @Override
    public ServerId id() {
        return id;
    }

    @Override
    public ServerDetails details() {
        return node.ask(call(DETAILS)).json(ServerDetails.class);
    }

    @Override
    public void power(PowerAction action) {
        node.require(action.permission());
        var body = new LinkedHashMap<String, Object>();
        body.put("action", action.wireName());
        // Without it the daemon drops the action, unseen, when another one has not quite finished.
        body.put("wait_seconds", POWER_WAIT_SECONDS);
        try {
            node.ask(call(POWER).json(WireJson.write(body)));
        } catch (InvalidInputException e) {
            // We send valid actions only, so what is wrong is the server's state: suspended, or busy.
            throw conflict(e);
        }
    }

    @Override
    public void sendCommands(List<String> lines) {
        node.require(Permission.CONSOLE);
        lines.forEach(HttpNodeServer::requireOneLine);
        if (lines.isEmpty()) {
            return;
        }
        try {
            node.ask(call(COMMANDS).json(WireJson.write(Map.of("commands", List.copyOf(lines)))));
        } catch (UnavailableException | InvalidInputException e) {
            // 502 is how Wings says "not running"; Calagopus says 417.
            if (status(e) == 502 || status(e) == 417) {
                throw conflict(e);
            }
            throw e;
        }
    }

    @Override
    public void sync() {
        node.requirePanel("have a server synced");
        node.ask(slow(SYNC));
    }

    @Override
    public void reinstall() {
        node.require(Permission.REINSTALL);
        node.ask(slow(REINSTALL));
    }

    @Override
    public void delete() {
        node.requirePanel("delete a server");
        node.ask(slow(DELETE));
    }

    @Override
    public List<String> logs(int lines) {
        node.require(Permission.CONNECT);
        if (lines < 1 || lines > LOG_LINES_MAX) {
            throw new InvalidInputException("lines: " + lines + " (expected: 1 to " + LOG_LINES_MAX + ")");
        }
        var url = LOGS.url(node.base(), id.toString()).addQueryParameter("size", Integer.toString(lines));
        var answer = node.ask(RemoteCall.of(LOGS, url.build(), node.deadlines().query()));
        if (!(answer.json(Json.class) instanceof Json.Obj object)
                || !(object.members().get("data") instanceof Json.Array data)) {
            // A server without output has "data": null.
            return List.of();
        }
        var texts = new ArrayList<String>();
        for (var item : data.items()) {
            if (item instanceof Json.Text text) {
                texts.add(text.value());
            }
        }
        return List.copyOf(texts);
    }

    @Override
    public String installLog() {
        try {
            var answer = node.ask(call(INSTALL_LOGS)).json(Json.class);
            return answer instanceof Json.Obj object && object.members().get("data") instanceof Json.Text text
                    ? text.value()
                    : "";
        } catch (UnavailableException e) {
            if (String.valueOf(e.getMessage()).contains(NO_INSTALL_LOG)) {
                return "";
            }
            throw e;
        }
    }

    @Override
    public NodeFiles files() {
        return new HttpNodeFiles(node, id);
    }

    @Override
    public Console console(ConsoleOptions options, ConsoleListener listener) {
        node.require(Permission.CONNECT);
        return WingsConsole.open(
                node.settings().console(),
                node.settings().transport().failures(),
                new SigningAuthority(node.settings(), id, node.caller()),
                node.options(),
                node.deadlines().query(),
                requireNonNull(options, "options"),
                requireNonNull(listener, "listener"));
    }

    private RemoteCall call(Endpoint endpoint) {
        return RemoteCall.of(
                endpoint,
                endpoint.url(node.base(), id.toString()).build(),
                node.deadlines().query());
    }

    private RemoteCall slow(Endpoint endpoint) {
        return RemoteCall.of(
                endpoint,
                endpoint.url(node.base(), id.toString()).build(),
                node.deadlines().slow());
    }

    private static void requireOneLine(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new InvalidInputException("command with a line end (expected: one line per command)");
        }
    }

    private static int status(RookeryException e) {
        return e.answer().map(RemoteAnswer::status).orElse(0);
    }

    private static ConflictException conflict(RookeryException e) {
        return new ConflictException(
                String.valueOf(e.getMessage()), e, e.answer().orElse(null));
    }
}
