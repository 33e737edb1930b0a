package dev.rookery.examples.panel.http;

import dev.rookery.api.node.PowerAction;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.account.ServerRights;
import dev.rookery.examples.panel.account.User;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user does with his servers. */
final class ServerApi {

    private final PanelService panel;
    private final ServerAccess access;
    private final ServerRights rights;

    ServerApi(PanelService panel, ServerAccess access, ServerRights rights) {
        this.panel = panel;
        this.access = access;
        this.rights = rights;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/servers", this::list, Access.USER);
        routes.get("/api/servers/{uuid}", this::show, OnServer.anybody());
        // Each action needs a permission of its own.
        routes.post("/api/servers/{uuid}/power", this::power, OnServer.anybody());
        routes.post("/api/servers/{uuid}/reinstall", this::reinstall, OnServer.holding(Permission.REINSTALL));
        // What a script writes may hold what it was given, such as passwords.
        routes.get("/api/servers/{uuid}/install-log", this::installLog, OnServer.holding(Permission.REINSTALL));
        routes.delete("/api/servers/{uuid}", this::delete, Access.ADMIN);
    }

    private void list(Context request) {
        var user = Guard.user(request);
        request.json(Map.of(
                "items",
                visible(user).stream()
                        .flatMap(
                                server -> rights
                                        .of(user, server)
                                        .map(permissions -> ServerView.of(panel, server, permissions))
                                        .stream())
                        .toList()));
    }

    private List<PanelServer> visible(User user) {
        var servers = panel.store().servers();
        if (user.admin()) {
            return servers.list(ServerQuery.all()).servers();
        }
        var visible = new ArrayList<>(
                servers.list(ServerQuery.all().owner(user.uuid())).servers());
        rights.shared(user).forEach(id -> servers.find(id).ifPresent(visible::add));
        return visible;
    }

    private void show(Context request) {
        request.json(ServerView.detailed(panel, access.require(request), access.permissions(request)));
    }

    private void power(Context request) {
        var server = access.require(request);
        var action = PowerAction.parse(
                Bodies.required(Bodies.read(request, Power.class).action(), "action"));
        access.require(request, action.permission());
        panel.power(server.id(), action, access.caller(request, server));
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
