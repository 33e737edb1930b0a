package dev.rookery.examples.panel.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocation;
import dev.rookery.examples.panel.NodeAdmin;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.PortRanges;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nodes, their allocations and their enrolment, for administrators. */
final class NodeApi {

    private static final int NAME_MAX = 100;
    private static final int URL_MAX = 2048;

    private final PanelService panel;
    private final NodeAdmin admin;

    NodeApi(PanelService panel, NodeAdmin admin) {
        this.panel = panel;
        this.admin = admin;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/admin/nodes", this::list, Access.ADMIN);
        routes.post("/api/admin/nodes", this::add, Access.ADMIN);
        routes.get("/api/admin/nodes/{id}", this::show, Access.ADMIN);
        routes.delete("/api/admin/nodes/{id}", this::delete, Access.ADMIN);
        routes.post("/api/admin/nodes/{id}/enrolment-key", this::enrol, Access.ADMIN);
        routes.get("/api/admin/nodes/{id}/allocations", this::allocations, Access.ADMIN);
        routes.post("/api/admin/nodes/{id}/allocations", this::addAllocations, Access.ADMIN);
        routes.delete("/api/admin/nodes/{id}/allocations/{allocation}", this::deleteAllocation, Access.ADMIN);
    }

    private void list(Context request) {
        request.json(Map.of(
                "items", panel.store().nodes().list().stream().map(this::view).toList()));
    }

    private void add(Context request) {
        var body = Bodies.read(request, NewNodeBody.class);
        var node =
                admin.add(Bodies.required(body.name(), "name", NAME_MAX), Bodies.required(body.url(), "url", URL_MAX));
        request.status(201);
        request.json(view(node));
    }

    private void show(Context request) {
        request.json(view(require(request)));
    }

    private void delete(Context request) {
        panel.store().nodes().delete(require(request).id());
        request.status(204);
    }

    private void enrol(Context request) {
        var key = admin.enrolmentKey(require(request).id());
        request.json(Map.of("key", key.key(), "expiresAt", key.expiresAt(), "command", key.command()));
    }

    private void allocations(Context request) {
        var node = require(request);
        var names = panel.store().servers().list(ServerQuery.all().node(node.id())).servers().stream()
                .collect(Collectors.toMap(
                        PanelServer::id, server -> server.spec().name()));
        request.json(Map.of(
                "items",
                panel.store().nodes().allocations(node.id()).stream()
                        .map(allocation -> AllocationView.of(allocation, names))
                        .toList()));
    }

    private void addAllocations(Context request) {
        var node = require(request);
        var body = Bodies.read(request, NewAllocations.class);
        var added = panel.store()
                .nodes()
                .addAllocations(
                        node.id(),
                        addresses(
                                Bodies.required(body.ip(), "ip", NAME_MAX),
                                Bodies.required(body.ports(), "ports", URL_MAX)));
        request.status(201);
        request.json(Map.of("created", added.size()));
    }

    private static List<Allocation> addresses(String ip, String ports) {
        try {
            return PortRanges.parse(ip, ports);
        } catch (InvalidInputException e) {
            var message = String.valueOf(e.getMessage());
            throw ApiError.field(message.startsWith("ip") ? "ip" : "ports", message);
        }
    }

    private void deleteAllocation(Context request) {
        var node = require(request);
        panel.store().nodes().deleteAllocation(node.id(), number(request.pathParam("allocation")));
        request.status(204);
    }

    private NodeRecord require(Context request) {
        long id = number(request.pathParam("id"));
        return panel.store()
                .nodes()
                .find(new NodeId((int) id))
                .orElseThrow(() -> new ApiError(404, "node_not_found", "There is no node " + id + "."));
    }

    private static long number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Told below, as for a number that is out of range.
        }
        throw new ApiError(404, "not_found", "'" + text + "' is no number (expected: 1 or more).");
    }

    private NodeView view(NodeRecord node) {
        var health = panel.states().node(node.id());
        var allocations = panel.store().nodes().allocations(node.id());
        return new NodeView(
                node.id().value(),
                node.name(),
                node.url().toString(),
                node.enrolledAt().isPresent(),
                node.certificate().orElse(null),
                health.reachable(),
                health.lastError().orElse(null),
                health.version().orElse(null),
                panel.store()
                        .servers()
                        .list(ServerQuery.all().node(node.id()).page(0, 1))
                        .total(),
                new Count(
                        allocations.size(),
                        allocations.stream().filter(a -> a.server().isPresent()).count()));
    }

    record NewNodeBody(@Nullable String name, @Nullable String url) {}

    record NewAllocations(@Nullable String ip, @Nullable String ports) {}

    record Count(long total, long used) {}

    record NodeView(
            int id,
            String name,
            String url,
            boolean enrolled,
            @Nullable String certificate,
            boolean reachable,
            @Nullable String lastError,
            @Nullable String version,
            long servers,
            Count allocations) {}

    record AllocationView(
            long id, String ip, int port, @Nullable ServerRef server) {
        static AllocationView of(AllocationRecord allocation, Map<ServerId, String> names) {
            return new AllocationView(
                    allocation.id(),
                    allocation.address().ip(),
                    allocation.address().port(),
                    allocation
                            .server()
                            .map(id -> new ServerRef(id.toString(), names.getOrDefault(id, "")))
                            .orElse(null));
        }
    }

    record ServerRef(String uuid, String name) {}
}
