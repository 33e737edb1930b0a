package dev.rookery.daemon.internal.http;

import dev.rookery.api.Caller;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.DiagnosticsRequest;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.SystemInformation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Answers what the panel asks of the node as a whole. Blocks. Source: node API §2.1 to §2.3. */
final class NodeHandlers {

    private static final int UUID_VERSION = 4;
    private static final int LOG_LINES = 200;
    private static final int LOG_LINES_MAX = 500;
    private static final String INVALID = "The data provided in the request could not be validated.";

    private final Edge edge;

    NodeHandlers(Edge edge) {
        this.edge = edge;
    }

    Response answer(Request request) {
        var node = edge.node().as(Caller.panel()).with(request.options());
        return switch (request.match().call()) {
            case SYSTEM -> system(node, "2".equals(request.query("v")));
            case UTILIZATION -> Response.json(200, node.machine().utilization());
            case IP_ADDRESSES -> addresses(node.machine().ipAddresses());
            case DOCKER_DISK -> Response.json(200, node.machine().dockerDiskUsage());
            case PRUNE_IMAGES -> Response.json(200, node.machine().pruneImages());
            case DIAGNOSTICS -> diagnostics(node, request);
            case UPDATE_CONFIGURATION -> update(node, request);
            case DEAUTHORIZE -> deauthorize(node, request);
            case LIST_SERVERS -> Response.written(200, edge.details().write(node.servers()));
            case CREATE_SERVER -> create(node, request);
            default -> throw new IllegalStateException("not answered here: " + request.match());
        };
    }

    private static Response system(Node node, boolean wide) {
        if (!wide) {
            return Response.json(200, node.system());
        }
        try {
            return Response.json(200, node.machine().details());
        } catch (NotOfferedException ignored) {
            // Flamingo's panel asks for the long form only: what there is of it is better than nothing.
            return Response.json(200, wide(node.system()));
        }
    }

    /** The long form, as far as it can be told by the short one, beside that. */
    private static Json wide(SystemInformation system) {
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
        return new Json.Obj(outer);
    }

    private static Response addresses(List<String> addresses) {
        Json list = addresses.isEmpty()
                ? Json.Null.INSTANCE
                : new Json.Array(addresses.stream()
                        .map(address -> (Json) new Json.Text(address))
                        .toList());
        return Response.json(200, new Json.Obj(Map.of("ip_addresses", list)));
    }

    private static Response diagnostics(Node node, Request request) {
        boolean endpoints = "true".equalsIgnoreCase(request.query("include_endpoints"));
        boolean logs = !"false".equalsIgnoreCase(request.query("include_logs"));
        var report = node.machine()
                .diagnostics(new DiagnosticsRequest(endpoints, logs, logLines(request.query("log_lines"))));
        return Response.text(200, Response.TEXT_UTF8, report);
    }

    private static int logLines(String text) {
        try {
            int lines = Integer.parseInt(text);
            return lines < 1 ? LOG_LINES : Math.min(lines, LOG_LINES_MAX);
        } catch (NumberFormatException ignored) {
            // Anything that is no number counts as absent.
            return LOG_LINES;
        }
    }

    private Response update(Node node, Request request) {
        var patch = JsonBody.of(request).as(NodeConfigurationPatch.class);
        if (!edge.credentials().get().matches(request.bearer()) && !knowsNewest(patch)) {
            // What a token was exchanged for is often that it leaked: it must not be good for taking the node over.
            throw new DeniedException(
                    "this token was exchanged for another (expected: the newest, to change the" + " configuration)");
        }
        boolean applied = node.machine().updateConfiguration(patch);
        return Response.json(200, new Json.Obj(Map.of("applied", new Json.Bool(applied))));
    }

    /** As a panel does that did not hear our answer to the exchange, and repeats itself. */
    private boolean knowsNewest(NodeConfigurationPatch patch) {
        var newest = edge.credentials().get();
        return patch.values().get("token") instanceof Json.Text token && newest.matches(token.value());
    }

    /** Takes both shapes of the body: Pelican's panel wraps it. Source: node API §2.2. */
    private Response deauthorize(Node node, Request request) {
        var outer = JsonBody.of(request);
        var body = outer.object("json").orElse(outer);
        UUID user;
        try {
            user = UUID.fromString(body.text("user"));
        } catch (IllegalArgumentException ignored) {
            // Like any other value of a wrong type.
            return Failures.badBody(request.requestId());
        }
        var servers = new ArrayList<ServerId>();
        for (var text : body.texts("servers")) {
            try {
                servers.add(ServerId.parse(text));
            } catch (InvalidInputException ignored) {
                // A server that this node does not have is passed over.
            }
        }
        deauthorize(user, servers);
        try {
            node.deauthorize(new Deauthorization(user, servers));
        } catch (NotOfferedException ignored) {
            // All sessions of such a node are on the wire, and so ended above.
        }
        return Response.empty(204);
    }

    private void deauthorize(UUID user, List<ServerId> servers) {
        var denylist = edge.tokens().denylist();
        if (servers.isEmpty()) {
            denylist.denyUser(user);
        }
        servers.forEach(server -> denylist.denyUser(user, server));
        edge.consoles().sessions().forEach(session -> session.cut(user, servers));
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

    private static Json.Num number(int value) {
        return new Json.Num(BigDecimal.valueOf(value));
    }
}
