package dev.rookery.examples.panel.http;

import dev.rookery.examples.panel.proxy.PanelProxy;
import dev.rookery.proxy.cloudflare.Tunnel;
import dev.rookery.proxy.cloudflare.TunnelConnector;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** What is asked of Cloudflare itself, and the connectors of tunnels, for administrators. */
final class BindingActionApi {

    private static final String ONE = BindingApi.PATH + "/{id}";

    private final ProxyAccess access;

    BindingActionApi(ProxyAccess access) {
        this.access = access;
    }

    void register(RoutesConfig routes) {
        routes.get(ONE + "/plan", this::plan, Access.ADMIN);
        routes.post(ONE + "/sync", this::sync, Access.ADMIN);
        routes.get(ONE + "/zones", this::zones, Access.ADMIN);
        routes.get(ONE + "/tunnels", this::tunnels, Access.ADMIN);
        routes.get(ONE + "/connections", this::connections, Access.ADMIN);
        routes.post(ONE + "/connector/start", this::startConnector, Access.ADMIN);
        routes.post(ONE + "/connector/stop", this::stopConnector, Access.ADMIN);
    }

    private void plan(Context request) {
        var proxy = access.require();
        var binding = BindingApi.require(proxy, request);
        var document = proxy.service().head().document();
        request.json(BindingPlanView.of(proxy.cloudflare().plan(document, binding.id())));
    }

    /** Tells Cloudflare what the engine runs, of all bindings; answers how the one is that was asked for. */
    private void sync(Context request) {
        var proxy = access.require();
        var id = BindingApi.require(proxy, request).id();
        proxy.service().sync();
        request.json(proxy.cloudflare().states().stream()
                .filter(status -> status.binding().equals(id))
                .findFirst()
                .map(BindingView.Status::of)
                .orElseThrow(() -> new ApiError(
                        409,
                        "cloudflare_not_told",
                        "The engine does not run this binding's revision yet; Cloudflare is told after that.")));
    }

    private void zones(Context request) {
        var proxy = access.require();
        var binding = BindingApi.require(proxy, request);
        request.json(new Items(proxy.api(binding).zones(binding.accountId()).stream()
                .map(zone -> new Item(zone.id(), zone.name(), zone.status()))
                .toList()));
    }

    private void tunnels(Context request) {
        var proxy = access.require();
        var binding = BindingApi.require(proxy, request);
        request.json(new Items(proxy.api(binding).tunnels(binding.accountId()).list().stream()
                .map(tunnel -> new Item(tunnel.id(), tunnel.name(), tunnel.status()))
                .toList()));
    }

    /** What is connected to the tunnel, whoever runs it; nothing is to a tunnel that is not there yet. */
    private void connections(Context request) {
        var proxy = access.require();
        var binding = BindingApi.require(proxy, request);
        var tunnels = proxy.api(binding).tunnels(binding.accountId());
        request.json(new Connections(binding.tunnelId()
                .or(() -> tunnels.find(binding.tunnelName()).map(Tunnel::id))
                .map(tunnels::connectors)
                .orElse(List.of())));
    }

    private void startConnector(Context request) {
        var proxy = access.require();
        connector(request, proxy, true);
    }

    private void stopConnector(Context request) {
        var proxy = access.require();
        connector(request, proxy, false);
    }

    private static void connector(Context request, PanelProxy proxy, boolean on) {
        var id = BindingApi.require(proxy, request).id();
        var connectors = proxy.connectors();
        request.status(202);
        request.json(BindingView.Connector.of(on ? connectors.start(id) : connectors.stop(id)));
    }

    record Connections(List<TunnelConnector> items) {}

    record Items(List<Item> items) {}

    record Item(String id, String name, String status) {}
}
