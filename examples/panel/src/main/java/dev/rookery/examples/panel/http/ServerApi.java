package dev.rookery.examples.panel.http;

import dev.rookery.api.node.PowerAction;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.ServerQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user does with his servers. */
final class ServerApi {

    private final PanelService panel;
    private final ServerAccess access;

    ServerApi(PanelService panel, ServerAccess access) {
        this.panel = panel;
        this.access = access;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/servers", this::list, Access.USER);
        routes.get("/api/servers/{uuid}", this::show, Access.USER);
        routes.post("/api/servers/{uuid}/power", this::power, Access.USER);
        routes.post("/api/servers/{uuid}/reinstall", this::reinstall, Access.USER);
        routes.get("/api/servers/{uuid}/install-log", this::installLog, Access.USER);
        routes.delete("/api/servers/{uuid}", this::delete, Access.ADMIN);
    }

    private void list(Context request) {
        var user = Guard.user(request);
        var query = user.admin() ? ServerQuery.all() : ServerQuery.all().owner(user.uuid());
        request.json(Map.of(
                "items",
                panel.store().servers().list(query).servers().stream()
                        .map(server -> ServerView.of(panel, server, user))
                        .toList()));
    }

    private void show(Context request) {
        request.json(ServerView.of(panel, access.require(request), Guard.user(request)));
    }

    private void power(Context request) {
        var server = access.require(request);
        var action = Bodies.required(Bodies.read(request, Power.class).action(), "action");
        panel.power(server.id(), PowerAction.parse(action), access.caller(request, server));
        request.status(202);
    }

    private void reinstall(Context request) {
        panel.reinstall(access.require(request).id());
        request.status(202);
    }

    private void installLog(Context request) {
        var server = access.require(request);
        var text = panel.onNode(server.id(), access.caller(request, server)).installLog();
        request.json(Map.of("text", text));
    }

    private void delete(Context request) {
        panel.delete(access.require(request).id());
        request.status(202);
    }

    record Power(@Nullable String action) {}
}
