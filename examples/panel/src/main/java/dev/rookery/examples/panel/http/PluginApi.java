package dev.rookery.examples.panel.http;

import dev.rookery.api.Json;
import dev.rookery.proxy.route.ProxyDocument;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** What counts for all routes: listeners, plugins, certificates; and which plugins the engine has. For administrators. */
final class PluginApi {

    private static final String PATH = "/api/plugins";
    private static final String SETTINGS = "settings";
    private static final String POLICIES = "tlsPolicies";

    private final ProxyAccess access;
    private final ProxyWrites writes;

    PluginApi(ProxyAccess access, ProxyWrites writes) {
        this.access = access;
        this.writes = writes;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::show, Access.ADMIN);
        routes.put(PATH, this::replace, Access.ADMIN);
    }

    private void show(Context request) {
        var proxy = access.require();
        var head = proxy.service().head();
        var only = ProxyDocument.builder()
                .settings(head.document().settings())
                .tlsPolicies(head.document().tlsPolicies())
                .build();
        var features = proxy.features();
        ProxyWrites.tag(request, head.header());
        request.json(new View(
                head.number(),
                head.etag(),
                ProxyTexts.shown(only, SETTINGS, new Json.Obj(Map.of())),
                ProxyTexts.shown(only, POLICIES, new Json.Array(List.of())),
                EngineView.of(features),
                ProxyPlugin.of(features, head.document())));
    }

    private void replace(Context request) {
        access.require();
        var body = ProxyTexts.object(request);
        var given = Map.of(SETTINGS, ProxyTexts.member(body, SETTINGS), POLICIES, ProxyTexts.member(body, POLICIES));
        writes.change(request, "settings", document -> {
            var part = ProxyTexts.part(given, document);
            return ProxyDocument.builder()
                    .from(document)
                    .settings(part.settings())
                    .tlsPolicies(part.tlsPolicies())
                    .build();
        });
    }

    record View(
            long revision,
            String etag,
            Json settings,
            Json tlsPolicies,
            EngineView engine,
            List<ProxyPlugin> plugins) {}
}
