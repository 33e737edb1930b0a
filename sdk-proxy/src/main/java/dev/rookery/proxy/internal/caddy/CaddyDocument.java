package dev.rookery.proxy.internal.caddy;

import dev.rookery.api.Json;
import dev.rookery.proxy.CaddyConfig;
import dev.rookery.proxy.CaddyOptions;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.order.Emission;
import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.internal.order.RouteOrder;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The whole configuration: a server for each listener, certificates, logs, and the administration in its place. */
public final class CaddyDocument {

    private static final String CLIENT = "X-Real-IP";
    private static final List<String> FORWARDED = List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host");

    private final CaddyForm form;
    private final ProxyDocument document;
    private final CaddyOptions options;
    private final CaddyTls tls;
    private final Set<String> logged = new HashSet<>();
    private final Tree logs = new Tree();

    private CaddyDocument(ProxyDocument document, EngineFeatures engine, CaddyOptions options) {
        this.form = CaddyForm.of(engine);
        this.document = document;
        this.options = options;
        this.tls = new CaddyTls(form, document, options.prints());
    }

    /** Makes the configuration of a document without errors. */
    public static Json of(ProxyDocument document, EngineFeatures engine, CaddyOptions options) {
        return new CaddyDocument(document, engine, options).build();
    }

    private Json build() {
        var servers = new Tree();
        servers.put("edge", server(Listener.EDGE, document.settings().httpsPort()));
        servers.put("plain", server(Listener.PLAIN, document.settings().httpPort()));
        document.settings().tunnelPort().ifPresent(port -> servers.put("tunnel", server(Listener.TUNNEL, port)));
        var http = new Tree()
                .put("http_port", document.settings().httpPort())
                .put("https_port", document.settings().httpsPort())
                .put("grace_period", document.settings().gracePeriod())
                .put("servers", servers);
        var apps = new Tree().put("http", http);
        apps.putSome("layer4", CaddyStreams.app(document.l4Routes()));
        apps.putSome("tls", tls.app());
        apps.put("pki", CaddyTls.authorities());
        if (!document.settings().security().isEmpty()) {
            apps.put("security", new Json.Obj(document.settings().security()));
        }
        if (!document.settings().cache().isEmpty()) {
            apps.put("cache", new Json.Obj(document.settings().cache()));
        }
        var whole = new Tree().put("admin", admin()).put("logging", logging()).put("apps", apps);
        document.settings()
                .storage()
                .ifPresent(path ->
                        whole.put("storage", Tree.of("module", "file_system").put("root", path)));
        return CaddyRaw.put(whole.json(), document.raw());
    }

    /** Without it, Caddy would move its administration back to the usual port, and whoever uses this one had lost it. */
    private Tree admin() {
        var tree = Tree.of("listen", options.admin());
        if (!options.admin().startsWith("unix/")) {
            tree.put("enforce_origin", true).put("origins", List.of(options.admin()));
        }
        return tree.put("config", new Tree().put("persist", false));
    }

    private Tree server(Listener listener, int port) {
        var name = listener.name().toLowerCase(Locale.ROOT);
        var address = document.settings().listenAddress();
        var tree = Tree.of("@id", "srv:" + name).put("listen", List.of(CaddyProxy.host(address) + ":" + port));
        tree.put("protocols", protocols(listener));
        https(listener, tree);
        trust(listener, tree);
        var emissions = RouteOrder.on(listener, document.routes());
        log(emissions, tree);
        var routes = new ArrayList<Tree>();
        routes.add(probe(name));
        routes.add(client(name));
        routes.addAll(upgrades(name));
        emissions.forEach(emission -> routes.add(CaddyRoute.of(form, document.settings(), emission)));
        if (emissions.stream().noneMatch(emission -> CaddyMatch.sets(emission).isEmpty())) {
            // Without it, Caddy answers what nobody has with 200 and nothing.
            routes.add(Tree.of("@id", "fallback:" + name)
                    .putAll(
                            "handle",
                            List.of(Tree.of("handler", "static_response").put("status_code", 404))));
        }
        return tree.putAll("routes", routes);
    }

    private List<String> protocols(Listener listener) {
        if (listener != Listener.EDGE) {
            return List.of("h1", "h2c");
        }
        return document.settings().http3() ? List.of("h1", "h2", "h3") : List.of("h1", "h2");
    }

    private void https(Listener listener, Tree tree) {
        if (listener != Listener.EDGE) {
            tree.put("automatic_https", new Tree().put("disable", true));
            return;
        }
        var skip = new Tree();
        if (!tls.fromFiles().isEmpty()) {
            skip.put("skip_certificates", tls.fromFiles());
        }
        tree.putSome("automatic_https", skip);
        tree.putSome("tls_connection_policies", tls.connections());
    }

    private void trust(Listener listener, Tree tree) {
        if (form.modern() && !document.settings().trustedProxies().isEmpty()) {
            tree.put(
                    "trusted_proxies",
                    Tree.of("source", "static")
                            .put("ranges", document.settings().trustedProxies()));
            tree.put("trusted_proxies_strict", 1);
            tree.put(
                    "client_ip_headers",
                    listener == Listener.TUNNEL
                            ? List.of("CF-Connecting-IP", "X-Forwarded-For")
                            : List.of("X-Forwarded-For"));
        }
    }

    private Tree probe(String server) {
        return Tree.of("@id", "probe:" + server)
                .putAll("match", List.of(new Tree().put("host", List.of(CaddyConfig.PROBE_HOST))))
                .putAll(
                        "handle",
                        List.of(Tree.of("handler", "static_response")
                                .put("status_code", 204)
                                .put(
                                        "headers",
                                        new Tree()
                                                .put(
                                                        CaddyConfig.REVISION_HEADER,
                                                        List.of(String.valueOf(options.revision()))))))
                .put("terminal", true);
    }

    /** What a client says that he is, many programs believe, in whichever spelling. */
    private Tree client(String server) {
        var said = new ArrayList<>(CaddyHeaders.spellings(CLIENT));
        // Caddy sets these itself, or trusts whoever did, but in their right spelling alone.
        FORWARDED.forEach(name -> CaddyHeaders.spellings(name).stream().skip(1).forEach(said::add));
        var handlers = new ArrayList<>(List.of(CaddyHeaders.request(new Tree().put("delete", said))));
        if (form.modern()) {
            // One handler would delete after it has set.
            handlers.add(CaddyHeaders.request(new Tree().put("set", new Tree().put(CLIENT, List.of(form.clientIp())))));
        }
        return Tree.of("@id", "client:" + server).putAll("handle", handlers);
    }

    /** By another protocol, such as h2c, a client would come to all that an upstream has, past every rule: of several that are asked for, only WebSockets are left. */
    private static List<Tree> upgrades(String server) {
        var streams = new Tree().put("header_regexp", new Tree().put("Upgrade", Tree.of("pattern", "(?i)^websocket$")));
        var others = new Tree()
                .put("header", new Tree().put("Upgrade", List.of("*")))
                .putAll("not", List.of(streams));
        return List.of(
                upgrade(
                        "streams:" + server,
                        streams,
                        new Tree().put("set", new Tree().put("Upgrade", List.of("websocket")))),
                upgrade("upgrades:" + server, others, new Tree().put("delete", List.of("Upgrade"))));
    }

    private static Tree upgrade(String id, Tree match, Tree ops) {
        return Tree.of("@id", id).putAll("match", List.of(match)).putAll("handle", List.of(CaddyHeaders.request(ops)));
    }

    private void log(List<Emission> emissions, Tree server) {
        var names = new Tree();
        for (var emission : emissions) {
            var log = emission.route().accessLog();
            if (log.enabled()) {
                var name = "route-" + emission.route().id();
                emission.domains().stream()
                        .map(Domain::toString)
                        .filter(host -> names.json().members().get(host) == null)
                        .forEach(host -> names.put(host, name));
                if (logged.add(name)) {
                    var sink = new Tree()
                            .put("include", List.of("http.log.access." + name))
                            .put("encoder", Tree.of("format", "json"));
                    log.file()
                            .ifPresent(file -> sink.put(
                                    "writer",
                                    Tree.of("output", "file")
                                            .put("filename", file)
                                            .put("roll_size_mb", log.rollMebibytes())
                                            .put("roll_keep", log.keep())));
                    logs.put(name, sink);
                }
            }
        }
        if (!names.isEmpty()) {
            server.put("logs", new Tree().put("logger_names", names).put("skip_unmapped_hosts", true));
        }
    }

    private Tree logging() {
        var all = new Tree().put("default", new Tree().put("level", "INFO").put("exclude", List.of("http.log.access")));
        logs.json().members().forEach(all::put);
        return new Tree().put("logs", all);
    }
}
