package dev.rookery.examples.panel.http;

import dev.rookery.api.Json;
import dev.rookery.proxy.route.ProxyDocument;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** Pieces of engines' own configurations, for administrators: all of them at once, for they mean something together. */
final class RawApi {

    private static final String PATH = "/api/raw";
    private static final String MEMBER = "raw";

    private final ProxyAccess access;
    private final ProxyWrites writes;

    RawApi(ProxyAccess access, ProxyWrites writes) {
        this.access = access;
        this.writes = writes;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::list, Access.ADMIN);
        routes.put(PATH, this::replace, Access.ADMIN);
    }

    private void list(Context request) {
        var head = access.service().head();
        ProxyWrites.tag(request, head.header());
        request.json(new Items(head.number(), head.etag(), shown(head.document())));
    }

    private void replace(Context request) {
        access.require();
        var items = ProxyTexts.member(ProxyTexts.object(request), "items");
        writes.change(
                request,
                "raw overrides",
                document -> ProxyDocument.builder()
                        .from(document)
                        .raw(ProxyTexts.part(Map.of(MEMBER, items), document).raw())
                        .build());
    }

    private static Json shown(ProxyDocument document) {
        var only = ProxyDocument.builder().raw(document.raw()).build();
        return ProxyTexts.shown(only, MEMBER, new Json.Array(List.of()));
    }

    record Items(long revision, String etag, Json items) {}
}
