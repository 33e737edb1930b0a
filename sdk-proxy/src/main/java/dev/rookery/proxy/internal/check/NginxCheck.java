package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.internal.name.PathPattern;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.internal.nginx.NginxTemplates;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.Compression;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.PortalAuth;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RateLimit;
import dev.rookery.proxy.route.Reject;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.Rewrite;
import dev.rookery.proxy.route.ServeFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what is wanted against what the free edition of nginx can do; what it would only do in part is an error, too. */
final class NginxCheck {

    private static final int BODY_MAX = 256 << 10;
    private static final int PATH_MAX = 1000;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Ends the connection without an answer. */
    private static final int SILENCE = 444;

    private final Findings found;
    private final EngineFeatures engine;
    private final Scope scope;

    private NginxCheck(Findings found, Scope scope) {
        this.found = found;
        this.engine = scope.engine();
        this.scope = scope;
    }

    static void check(Findings found, Scope scope) {
        var check = new NginxCheck(found, scope);
        check.document();
        var routes = scope.document().routes();
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).enabled() && routes.get(i).exposure().proxied()) {
                check.route(found.at("routes", i).of(routes.get(i).id()), routes.get(i));
            }
        }
        NginxStreamCheck.check(found, scope);
    }

    private void document() {
        lacks(found.at("settings").at("http3"), scope.settings().http3(), "HTTP/3", "http3 off, or Caddy");
        var policies = scope.document().tlsPolicies();
        for (int i = 0; i < policies.size(); i++) {
            var issuer = policies.get(i).issuer();
            lacks(
                    found.at("tlsPolicies", i),
                    issuer instanceof Issuer.Internal || issuer instanceof Issuer.OnDemand,
                    "certificates of an own authority or on demand",
                    "files, or acme by certbot");
        }
    }

    private void route(Findings place, HttpRoute route) {
        lacks(place.at("match"), route.match().conditions() > 0, "conditions beside names and paths", "none, or Caddy");
        for (int i = 0; i < route.paths().size(); i++) {
            path(place.at("paths", i), route.paths().get(i));
        }
        boolean own = route.exposure() == Exposure.LAN && route.tlsPolicy().isEmpty();
        lacks(place.at("tlsPolicy"), own, "an own authority", "a policy of files");
        lacks(place.at("geoAccess"), route.geoAccess().isPresent(), "countries", "Caddy with its plugin");
        lacks(
                place.at("webSockets").at("timeout"),
                route.webSockets().timeout().isPresent(),
                "a time limit of streams",
                "none");
        auth(place.at("auth"), route);
        route.rateLimits().forEach(limit -> limit(place.at("rateLimits"), limit));
        route.cache()
                .ifPresent(cache -> lacks(
                        place.at("cache"),
                        cache.defaultCacheControl().isPresent(),
                        "a default of Cache-Control",
                        "headersDown"));
        compression(
                place.at("compression"),
                route.compression().orElse(scope.settings().compression()));
        up(place.at("headersUp"), route.headersUp());
        down(place.at("headersDown"), route.headersDown());
        rewrite(place.at("rewrite"), route.rewrite());
        route.maintenance().ifPresent(maintenance -> body(place.at("maintenance"), maintenance.body()));
        route.errorPages().forEach(page -> body(place.at("errorPages"), page.body()));
        action(place.at("action"), route);
    }

    private void path(Findings place, PathMatch path) {
        boolean plain = path.kind() == PathMatch.Kind.REGEX || path.value().indexOf('%') < 0;
        lacks(place, !plain, "'%' in paths", "the letters that are meant");
        if (path.kind() == PathMatch.Kind.REGEX && PathPattern.slow(path.value())) {
            place.warning(
                    "REGEX_SLOW",
                    "expression '" + Shown.of(path.value()) + "' can keep " + engine.title()
                            + " busy (expected: nothing repeated that repeats itself)");
        }
        lacks(place, path.value().length() > PATH_MAX, "paths of more than " + PATH_MAX + " letters", "shorter ones");
    }

    private void auth(Findings place, HttpRoute route) {
        long basic = route.auth().stream().filter(BasicAuth.class::isInstance).count();
        long forward =
                route.auth().stream().filter(ForwardAuth.class::isInstance).count();
        lacks(place, basic > 1 || forward > 1, "two log-ins of one kind", "one of each");
        for (var auth : route.auth()) {
            lacks(place, auth instanceof PortalAuth, "a portal", "Caddy with its plugin");
            if (auth instanceof BasicAuth accounts) {
                lacks(
                        place,
                        accounts.accounts().stream()
                                .anyMatch(account -> account.hash().startsWith("$argon2id$")),
                        "argon2id",
                        "bcrypt");
            }
            if (auth instanceof ForwardAuth service) {
                lacks(
                        place,
                        service.copyHeaders().stream().anyMatch(name -> !name.matches("[A-Za-z0-9-]+")),
                        "other signs in the names of copied headers",
                        "letters, digits and hyphens");
                NginxProxyCheck.names(place, engine, List.of(service.service()));
                place.warning(
                        "ENGINE_DIVERGENCE",
                        "answers of the service other than 2xx, 401 and 403 become 500 with " + engine.title());
            }
        }
    }

    private void limit(Findings place, RateLimit limit) {
        long seconds = Math.max(1, limit.window().toSeconds());
        lacks(place, limit.events() * 60L < seconds, "fewer requests than one in a minute", "more");
        lacks(
                place,
                limit.header().filter(name -> name.indexOf('_') >= 0).isPresent(),
                "headers with underscores",
                "hyphens");
    }

    private void compression(Findings place, Compression compression) {
        lacks(
                place,
                !compression.encodings().isEmpty() && !compression.encodings().contains("gzip"),
                "compression by " + compression.encodings(),
                "gzip among them");
    }

    private void up(Findings place, HeaderOps ops) {
        lacks(place, !ops.add().isEmpty(), "headers that are added to those of the client", "set");
        both(place, ops);
    }

    private void down(Findings place, HeaderOps ops) {
        both(place, ops);
    }

    private void both(Findings place, HeaderOps ops) {
        lacks(place, !ops.replace().isEmpty(), "texts that are replaced in headers", "set");
        if (ops.template()) {
            var values = new ArrayList<>(ops.set().values());
            values.addAll(ops.add().values());
            values.stream()
                    .map(NginxTemplates::unknown)
                    .flatMap(Optional::stream)
                    .forEach(name -> lacks(place, true, "the placeholder {" + name + "}", "one of the request"));
        }
    }

    private void rewrite(Findings place, Rewrite rewrite) {
        boolean encoded = List.of(rewrite.stripPrefix(), rewrite.addPrefix(), rewrite.path()).stream()
                .flatMap(Optional::stream)
                .anyMatch(path -> path.indexOf('%') >= 0);
        lacks(place, encoded, "'%' in paths", "the letters that are meant");
    }

    private void action(Findings place, HttpRoute route) {
        if (route.action() instanceof Respond respond) {
            body(place.at("body"), respond.body());
            lacks(
                    place.at("status"),
                    REDIRECTS.contains(respond.status()) || respond.status() == SILENCE,
                    "a body with the status " + respond.status(),
                    "a redirect, or another status");
        } else if (route.action() instanceof Reject reject) {
            int status = reject.status().orElse(403);
            lacks(place.at("status"), status < 400 || status == SILENCE, "status " + status, "400 to 599");
        } else if (route.action() instanceof ServeFiles files) {
            lacks(
                    place.at("hide"),
                    files.hide().stream().anyMatch(pattern -> pattern.indexOf('/') >= 0),
                    "hidden paths of several parts",
                    "the name of a file or folder");
            boolean plain = files.index().stream().allMatch(name -> name.matches("[A-Za-z0-9_.-]+"));
            lacks(place.at("index"), !plain, "an index that is no file's name", "such as index.html");
            lacks(place.at("root"), files.root().indexOf('$') >= 0, "'$' in folders", "another folder");
        } else if (route.action() instanceof ProxyTo proxy) {
            NginxProxyCheck.check(place, engine, proxy);
        }
        if (!(route.action() instanceof ProxyTo)) {
            lacks(place, route.rewrite().method().isPresent(), "another method without an upstream", "none");
            lacks(place, route.cache().isPresent(), "a cache without an upstream", "none");
        }
    }

    private void body(Findings place, String body) {
        int size = body.getBytes(StandardCharsets.UTF_8).length;
        lacks(place, size > BODY_MAX, "a body of " + size + " bytes", "at most " + BODY_MAX);
    }

    private void lacks(Findings place, boolean wanted, String feature, String expected) {
        lacks(place, engine, wanted, feature, expected);
    }

    static void lacks(Findings place, EngineFeatures engine, boolean wanted, String feature, String expected) {
        place.require(
                !wanted, "FEATURE_NEEDS_ENGINE", feature + " with " + engine.title() + " (expected: " + expected + ")");
    }
}
