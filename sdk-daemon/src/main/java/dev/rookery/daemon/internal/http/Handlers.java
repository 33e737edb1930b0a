package dev.rookery.daemon.internal.http;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.node.SystemInformation;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers the requests of the panel, apart from those for files. Blocks: called on worker threads. Source: node API §2. */
final class Handlers {

    private static final int UUID_VERSION = 4;
    private static final int MAX_LOG_LINES = 100;
    private static final String INVALID = "The data provided in the request could not be validated.";
    private static final String BAD_ACTION =
            "The power action provided was not valid, should be one of \"stop\", \"start\", \"restart\", \"kill\"";
    private static final String SUSPENDED = "Cannot start or restart a server that is suspended.";
    private static final String STOPPED = "Cannot send commands to a stopped server instance.";
    private static final String BUSY = "Cannot execute server reinstall event while another power action is running.";

    private final Node node;
    private final FileHandlers files = new FileHandlers();

    Handlers(Node node) {
        this.node = node;
    }

    /** Answers one request. Failures the route does not know better become answers here too. */
    Response handle(Request request) throws IOException {
        var asked = node.as(Caller.panel()).with(request.options());
        try {
            return request.route().ofServer() ? ofServer(asked, request) : ofNode(asked, request);
        } catch (JsonBody.BadBodyException e) {
            return e.response(request.requestId());
        }
    }

    private static Response ofNode(Node node, Request request) {
        return switch (request.route()) {
            case SYSTEM -> system(node.system(), "2".equals(request.query("v")));
            case SERVERS -> Response.json(200, node.servers());
            default -> create(node, request);
        };
    }

    private Response ofServer(Node node, Request request) throws IOException {
        var server = node.server(request.serverId());
        // Existence comes before anything else that may be wrong with the request.
        var details = server.details();
        return switch (request.route()) {
            case DETAILS -> Response.json(200, details);
            case DELETE -> done(204, server::delete);
            case SYNC -> done(204, server::sync);
            case REINSTALL -> reinstall(server);
            case LOGS -> logs(server, request.query("size"));
            case INSTALL_LOGS -> Response.json(200, member("data", new Json.Text(server.installLog())));
            case POWER -> power(server, details, JsonBody.of(request));
            case COMMANDS -> commands(server, details, request);
            case READ_FILE -> files.read(server, request);
            case WRITE_FILE -> files.write(server, request);
            default -> throw new IllegalStateException("not answered here: " + request.route());
        };
    }

    private static Response system(SystemInformation system, boolean wide) {
        if (!wide) {
            return Response.json(200, system);
        }
        // The long form, as far as the port knows it, beside the short one.
        var inner = new LinkedHashMap<String, Json>();
        inner.put("architecture", new Json.Text(system.architecture()));
        inner.put("cpu_threads", number(system.cpuCount()));
        inner.put("kernel_version", new Json.Text(system.kernelVersion()));
        inner.put("os", new Json.Text(system.os()));
        inner.put("os_type", new Json.Text(system.os()));
        var outer = new LinkedHashMap<String, Json>();
        outer.put("version", new Json.Text(system.version()));
        outer.put("architecture", new Json.Text(system.architecture()));
        outer.put("cpu_count", number(system.cpuCount()));
        outer.put("kernel_version", new Json.Text(system.kernelVersion()));
        outer.put("os", new Json.Text(system.os()));
        outer.put("system", new Json.Obj(inner));
        return Response.json(200, new Json.Obj(outer));
    }

    private static Response create(Node node, Request request) {
        var body = JsonBody.of(request);
        boolean start = body.bool("start_on_completion");
        ServerId id;
        try {
            id = ServerId.parse(body.text("uuid"));
        } catch (InvalidInputException ignored) {
            // Told in the words of the protocol.
            return Response.error(422, INVALID);
        }
        if (id.value().version() != UUID_VERSION) {
            return Response.error(422, INVALID);
        }
        node.createServer(new CreateServer(id, start));
        return Response.empty(202);
    }

    private static Response power(NodeServer server, ServerDetails details, JsonBody body) {
        PowerAction action;
        try {
            action = PowerAction.parse(body.text("action"));
        } catch (InvalidInputException ignored) {
            // Told in the words of the protocol.
            return Response.error(422, BAD_ACTION);
        }
        boolean starts = action == PowerAction.START || action == PowerAction.RESTART;
        if (starts && details.suspended()) {
            return Response.error(400, SUSPENDED).header(Failures.KIND_HEADER, "conflict");
        }
        return done(202, () -> server.power(action));
    }

    private static Response commands(NodeServer server, ServerDetails details, Request request) {
        if (details.state().equals(ServerState.OFFLINE)) {
            return stopped();
        }
        var lines = JsonBody.of(request).texts("commands");
        var split = new ArrayList<String>();
        lines.forEach(line -> split.addAll(List.of(line.split("\\R", -1))));
        if (split.isEmpty()) {
            return Response.empty(204);
        }
        try {
            return done(204, () -> server.sendCommands(split));
        } catch (ConflictException ignored) {
            // It stopped in between.
            return stopped();
        }
    }

    private static Response stopped() {
        return Response.error(502, STOPPED).header(Failures.KIND_HEADER, "conflict");
    }

    private static Response reinstall(NodeServer server) {
        try {
            return done(202, server::reinstall);
        } catch (ConflictException ignored) {
            // Told in the words of the protocol.
            return Response.error(409, BUSY).header(Failures.KIND_HEADER, "conflict");
        }
    }

    private static Response logs(NodeServer server, String size) {
        var lines = server.logs(logLines(size));
        Json data = lines.isEmpty()
                ? Json.Null.INSTANCE
                : new Json.Array(
                        lines.stream().map(line -> (Json) new Json.Text(line)).toList());
        return Response.json(200, member("data", data));
    }

    private static int logLines(String size) {
        try {
            int lines = Integer.parseInt(size);
            return lines < 1 ? MAX_LOG_LINES : Math.min(lines, MAX_LOG_LINES);
        } catch (NumberFormatException ignored) {
            // Anything that is no number counts as absent.
            return MAX_LOG_LINES;
        }
    }

    private static Response done(int status, Runnable action) {
        action.run();
        return Response.empty(status);
    }

    private static Json.Num number(int value) {
        return new Json.Num(BigDecimal.valueOf(value));
    }

    private static Json.Obj member(String key, Json value) {
        return new Json.Obj(Map.of(key, value));
    }
}
