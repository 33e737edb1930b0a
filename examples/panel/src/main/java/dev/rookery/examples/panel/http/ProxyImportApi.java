package dev.rookery.examples.panel.http;

import dev.rookery.proxy.RoutesImport;
import dev.rookery.proxy.route.ProxyDocument;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Routes of other programs, added to what is there, for administrators. */
final class ProxyImportApi {

    private final ProxyAccess access;
    private final ProxyWrites writes;

    ProxyImportApi(ProxyAccess access, ProxyWrites writes) {
        this.access = access;
        this.writes = writes;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/proxy/import", this::add, Access.ADMIN);
    }

    private void add(Context request) {
        access.require();
        var from = request.queryParam("from");
        if (!"janus".equals(from)) {
            throw ApiError.field("from", "from: '" + from + "' (expected: janus).");
        }
        var imported = RoutesImport.read(Bodies.json(request));
        writes.add(
                request,
                "import of " + imported.document().routes().size() + " routes",
                document -> added(document, imported.document()),
                imported.findings());
    }

    private static ProxyDocument added(ProxyDocument document, ProxyDocument more) {
        more.routes().forEach(route -> RouteApi.requireFree(document, route.id()));
        more.l4Routes().forEach(route -> RouteApi.requireFree(document, route.id()));
        return ProxyDocument.builder()
                .from(document)
                .addAllRoutes(more.routes())
                .addAllL4Routes(more.l4Routes())
                .putAllExtensions(more.extensions())
                .build();
    }
}
