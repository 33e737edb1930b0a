package dev.rookery.examples.panel.http;

import dev.rookery.api.Json;
import dev.rookery.examples.panel.proxy.PanelProxy;
import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** The proxy as a whole, for administrators: how far it is, and its document. */
final class ProxyApi {

    private static final String PATH = "/api/proxy";
    private static final String DOCUMENT = PATH + "/document";

    private final ProxyAccess access;
    private final ProxyWrites writes;
    private final RoutePasswords passwords;

    ProxyApi(ProxyAccess access, ProxyWrites writes, RoutePasswords passwords) {
        this.access = access;
        this.writes = writes;
        this.passwords = passwords;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::show, Access.ADMIN);
        routes.get(PATH + "/certificates", this::certificates, Access.ADMIN);
        routes.post(PATH + "/apply", this::apply, Access.ADMIN);
        routes.get(DOCUMENT, this::document, Access.ADMIN);
        routes.put(DOCUMENT, this::replace, Access.ADMIN);
    }

    private void show(Context request) {
        access.find().ifPresentOrElse(proxy -> show(request, proxy), () -> request.json(Map.of("on", false)));
    }

    private static void show(Context request, PanelProxy proxy) {
        var service = proxy.service();
        var head = service.head();
        ProxyWrites.tag(request, head.header());
        request.json(new View(
                true,
                EngineView.of(proxy.features()),
                ProxyStateView.of(service.state()),
                Counts.of(service, head.document()),
                proxy.options().offered()));
    }

    private void certificates(Context request) {
        var known = access.service().certificates();
        request.json(Map.of("items", known.stream().map(CertificateView::of).toList()));
    }

    /** Brings the engine to what is saved. */
    private void apply(Context request) {
        var service = access.service();
        if (ProxyWrites.dryRun(request)) {
            request.json(PlanView.of(service.plan(document -> document), List.of()));
            return;
        }
        ProxyWrites.answer(request, service, service.apply(), List.of());
    }

    private void document(Context request) {
        var head = access.service().head();
        ProxyWrites.tag(request, head.header());
        request.json(new Document(head.number(), head.etag(), ProxyTexts.shown(head.document())));
    }

    private void replace(Context request) {
        access.require();
        var body = ProxyTexts.object(request);
        ProxyTexts.member(body, "schema");
        var given = passwords.inDocument(body);
        writes.change(request, "the whole document", saved -> ProxyTexts.read(given, saved));
    }

    record View(boolean on, EngineView engine, ProxyStateView state, Counts counts, List<String> offered) {}

    record Document(long revision, String etag, Json document) {}

    record Counts(int routes, long enabledRoutes, int l4Routes, int raw, int bindings, int certificates) {

        static Counts of(ProxyService service, ProxyDocument document) {
            return new Counts(
                    document.routes().size(),
                    document.routes().stream().filter(HttpRoute::enabled).count(),
                    document.l4Routes().size(),
                    document.raw().size(),
                    document.cloudflare().size(),
                    service.certificates().size());
        }
    }
}
