package dev.rookery.proxy.internal.caddy;

import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.internal.order.Emission;
import dev.rookery.proxy.route.Action;
import dev.rookery.proxy.route.Compression;
import dev.rookery.proxy.route.ErrorPage;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.IpAccess;
import dev.rookery.proxy.route.Maintenance;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RateLimit;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.Reject;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.ServeFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * One route: who may come, then what is changed, then what is done. Limits stand before log-ins, so that guessing is limited too; compression stands
 * around the cache, which keeps what is not compressed.
 */
final class CaddyRoute {

    private final CaddyForm form;
    private final ProxySettings settings;
    private final Emission emission;
    private final HttpRoute route;
    private final List<Tree> steps = new ArrayList<>();

    private CaddyRoute(CaddyForm form, ProxySettings settings, Emission emission) {
        this.form = form;
        this.settings = settings;
        this.emission = emission;
        this.route = emission.route();
    }

    /** Returns the route as Caddy has it. */
    static Tree of(CaddyForm form, ProxySettings settings, Emission emission) {
        return new CaddyRoute(form, settings, emission).build();
    }

    private Tree build() {
        addresses();
        countries();
        route.maintenance().ifPresent(this::maintenance);
        streams();
        limits();
        change();
        var subroute = Tree.of("handler", "subroute").putAll("routes", steps);
        if (!route.errorPages().isEmpty()) {
            subroute.put("errors", new Tree().putAll("routes", pages()));
        }
        return Tree.of("@id", "rt:" + emission.id())
                .putSome("match", CaddyMatch.sets(emission))
                .putAll("handle", List.of(subroute))
                .put("terminal", true);
    }

    private void addresses() {
        route.ipAccess().ifPresent(access -> {
            if (!access.deny().isEmpty()) {
                refuse(form.addresses(access.deny(), access.peer()), access.status());
            }
            if (!access.otherwise()) {
                refuse(outside(access), access.status());
            }
        });
    }

    /** An empty list of those that may come lets nobody in. */
    private Tree outside(IpAccess access) {
        return access.allow().isEmpty()
                ? new Tree()
                : new Tree().putAll("not", List.of(form.addresses(access.allow(), access.peer())));
    }

    private void countries() {
        route.geoAccess().ifPresent(access -> {
            var place = Tree.of("db_path", settings.geoDatabase().orElse(""));
            var allow = new ArrayList<>(access.allow());
            var deny = new ArrayList<>(access.deny());
            (access.unknown() ? allow : deny).add("UNK");
            if (!access.allow().isEmpty()) {
                place.put("allow_countries", allow);
            }
            if (!deny.isEmpty()) {
                place.put("deny_countries", deny);
            }
            // Turned round, so that a database that cannot be read lets nobody in.
            refuse(new Tree().putAll("not", List.of(new Tree().put("maxmind_geolocation", place))), access.status());
        });
    }

    private void refuse(Tree match, int status) {
        var step = new Tree();
        if (!match.isEmpty()) {
            step.putAll("match", List.of(match));
        }
        steps.add(step.putAll(
                        "handle", List.of(Tree.of("handler", "static_response").put("status_code", status)))
                .put("terminal", true));
    }

    private void maintenance(Maintenance maintenance) {
        var headers = new Tree().put("Content-Type", List.of(Literal.of(maintenance.contentType())));
        maintenance
                .retryAfter()
                .ifPresent(time -> headers.put("Retry-After", List.of(String.valueOf(time.toSeconds()))));
        var step = new Tree();
        if (!maintenance.bypass().isEmpty()) {
            step.putAll(
                    "match", List.of(new Tree().putAll("not", List.of(form.addresses(maintenance.bypass(), false)))));
        }
        steps.add(step.putAll(
                        "handle",
                        List.of(Tree.of("handler", "static_response")
                                .put("status_code", 503)
                                .put("headers", headers)
                                .put("body", Literal.of(maintenance.body()))))
                .put("terminal", true));
    }

    private void streams() {
        if (route.webSockets().denied()) {
            refuse(
                    new Tree().put("header_regexp", new Tree().put("Upgrade", Tree.of("pattern", "(?i)websocket"))),
                    403);
            // HTTP/2 and HTTP/3 open streams by a method.
            refuse(new Tree().put("method", List.of("CONNECT")), 403);
        }
    }

    private void limits() {
        if (route.rateLimits().isEmpty()) {
            return;
        }
        var zones = new Tree();
        for (var limit : route.rateLimits()) {
            var zone = Tree.of("key", key(limit)).put("window", limit.window()).put("max_events", limit.events());
            var patterns = CaddyMatch.patterns(limit.paths());
            if (!patterns.isEmpty()) {
                zone.putAll("match", List.of(new Tree().put("path", patterns)));
            }
            zones.put(route.id() + "." + limit.zone(), zone);
        }
        steps.add(step(Tree.of("handler", "rate_limit").put("rate_limits", zones)));
    }

    private String key(RateLimit limit) {
        return switch (limit.key()) {
            case CLIENT_IP -> form.clientIp();
            case HEADER -> "{http.request.header." + limit.header().orElse("") + "}";
            case ALL -> "all";
        };
    }

    private void change() {
        var down = CaddyHeaders.ops(route.headersDown());
        if (!down.isEmpty()) {
            steps.add(step(Tree.of("handler", "headers").put("response", down.put("deferred", true))));
        }
        route.auth().forEach(auth -> steps.add(step(CaddyAuth.handler(form, settings, auth))));
        route.bodyLimitBytes().ifPresent(limit -> {
            if (limit > 0) {
                steps.add(step(Tree.of("handler", "request_body").put("max_size", limit)));
            }
        });
        compression();
        route.cache().ifPresent(cache -> {
            var tree = Tree.of("handler", "cache").put("ttl", cache.ttl()).put("stale", cache.stale());
            cache.defaultCacheControl().ifPresent(text -> tree.put("default_cache_control", Literal.of(text)));
            steps.add(step(tree));
        });
        rewrite();
        steps.addAll(last(route.action()));
    }

    private void compression() {
        Compression compression = route.compression().orElse(settings.compression());
        if (!compression.encodings().isEmpty()) {
            var encodings = new Tree();
            compression.encodings().forEach(name -> encodings.put(name, new Tree()));
            steps.add(step(Tree.of("handler", "encode")
                    .put("encodings", encodings)
                    .put("prefer", compression.encodings())
                    .put("minimum_length", compression.minimumBytes())));
        }
    }

    private void rewrite() {
        var rewrite = route.rewrite();
        rewrite.stripPrefix()
                .ifPresent(prefix ->
                        steps.add(step(Tree.of("handler", "rewrite").put("strip_path_prefix", Literal.of(prefix)))));
        rewrite.addPrefix()
                .ifPresent(prefix -> steps.add(step(
                        Tree.of("handler", "rewrite").put("uri", Literal.of(bare(prefix)) + "{http.request.uri}"))));
        rewrite.path()
                .ifPresent(path -> steps.add(step(Tree.of("handler", "rewrite").put("uri", Literal.of(path)))));
        rewrite.method()
                .ifPresent(
                        method -> steps.add(step(Tree.of("handler", "rewrite").put("method", method))));
    }

    private static String bare(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    private List<Tree> last(Action action) {
        if (action instanceof ProxyTo proxy) {
            return List.of(step(new CaddyProxy(form)
                    .handler(proxy, route.headersUp(), route.webSockets(), settings.trustedProxies())));
        }
        if (action instanceof RedirectTo redirect) {
            var to = Literal.of(redirect.to()) + (redirect.keepPath() ? "{http.request.uri}" : "");
            return List.of(step(Tree.of("handler", "static_response")
                    .put("status_code", redirect.status())
                    .put("headers", new Tree().put("Location", List.of(to)))));
        }
        if (action instanceof Respond respond) {
            return List.of(step(respond(respond)));
        }
        if (action instanceof ServeFiles files) {
            return files(files);
        }
        var answer = Tree.of("handler", "static_response");
        var status = ((Reject) action).status();
        return List.of(
                step(status.isPresent() ? answer.put("status_code", status.getAsInt()) : answer.put("abort", true)));
    }

    private static Tree respond(Respond respond) {
        var headers = new Tree().put("Content-Type", List.of(Literal.of(respond.contentType())));
        respond.headers().forEach((name, value) -> headers.put(name, List.of(Literal.of(value))));
        return Tree.of("handler", "static_response")
                .put("status_code", respond.status())
                .put("headers", headers)
                .put("body", Literal.of(respond.body()));
    }

    private static List<Tree> files(ServeFiles files) {
        var steps = new ArrayList<Tree>();
        var root = Literal.of(files.root());
        steps.add(step(Tree.of("handler", "vars").put("root", root)));
        if (files.fallback()) {
            var index = "/" + files.index().get(0);
            steps.add(new Tree()
                    .putAll(
                            "match",
                            List.of(new Tree()
                                    .put(
                                            "file",
                                            new Tree()
                                                    .put("root", root)
                                                    .put("try_files", List.of("{http.request.uri.path}", index)))))
                    .putAll(
                            "handle",
                            List.of(Tree.of("handler", "rewrite").put("uri", "{http.matchers.file.relative}"))));
        }
        var server = Tree.of("handler", "file_server").put("root", root).put("index_names", files.index());
        if (!files.hide().isEmpty()) {
            server.put("hide", files.hide());
        }
        if (files.browse()) {
            server.put("browse", new Tree());
        }
        steps.add(step(server));
        return steps;
    }

    private List<Tree> pages() {
        var pages = new ArrayList<Tree>();
        for (ErrorPage page : route.errorPages()) {
            var code = "{http.error.status_code}";
            var fits = page.status() < 10
                    ? code + " >= " + page.status() * 100 + " && " + code + " <= " + (page.status() * 100 + 99)
                    : code + " == " + page.status();
            pages.add(new Tree()
                    .putAll("match", List.of(Tree.of("expression", fits)))
                    .putAll(
                            "handle",
                            List.of(Tree.of("handler", "static_response")
                                    .put("status_code", code)
                                    .put(
                                            "headers",
                                            new Tree().put("Content-Type", List.of(Literal.of(page.contentType()))))
                                    .put("body", Literal.of(page.body())))));
        }
        return pages;
    }

    private static Tree step(Tree handler) {
        return new Tree().putAll("handle", List.of(handler));
    }
}
