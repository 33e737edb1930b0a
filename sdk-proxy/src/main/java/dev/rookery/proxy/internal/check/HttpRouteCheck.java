package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.Action;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.ServeFiles;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks one route by itself. */
final class HttpRouteCheck {

    private static final int DOMAINS_MAX = 100;
    private static final int PRIORITY_MAX = 1000;
    private static final int PATHS_MAX = 100;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern DIRECTORY = Pattern.compile("/[A-Za-z0-9_./ -]{0,500}");
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_.*/-]{1,100}");
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private HttpRouteCheck() {}

    static void check(Findings found, HttpRoute route, Scope scope) {
        id(found.at("id"), route.id());
        domains(found, route, scope);
        found.at("paths")
                .require(
                        route.paths().size() <= PATHS_MAX,
                        "LIMIT_PATHS",
                        route.paths().size() + " paths (expected: at most " + PATHS_MAX + ")");
        found.at("priority")
                .require(
                        Math.abs((long) route.priority()) <= PRIORITY_MAX,
                        "PRIORITY",
                        "priority " + route.priority() + " (expected: -" + PRIORITY_MAX + " to " + PRIORITY_MAX + ")");
        route.bodyLimitBytes()
                .ifPresent(limit -> found.at("bodyLimitBytes")
                        .require(limit >= 0, "BODY_LIMIT", limit + " bytes (expected: 0 or more)"));
        RouteTextCheck.check(found, route, scope);
        action(found.at("action"), route.action(), scope);
        exposure(found, route, scope);
        LoopCheck.check(found, route, scope);
    }

    static void id(Findings found, String id) {
        found.require(
                ID.matcher(id).matches(),
                "ROUTE_ID",
                "id '" + Shown.of(id) + "' (expected: 1 to 64 letters, digits, underscores and hyphens)");
    }

    /** Returns the names that can be read. */
    static List<Domain> domains(HttpRoute route) {
        var read = new ArrayList<Domain>();
        var ignored = new Findings();
        route.domains()
                .forEach(text -> ignored.read("", () -> Domain.parse(text)).ifPresent(read::add));
        return read;
    }

    private static void domains(Findings found, HttpRoute route, Scope scope) {
        int count = route.domains().size();
        if (route.catchAll()) {
            found.at("domains")
                    .require(
                            count == 0,
                            "DOMAIN_CATCH_ALL",
                            count + " names beside catchAll (expected: one or the other)");
        } else {
            found.at("domains")
                    .require(
                            count >= 1 && count <= DOMAINS_MAX,
                            "LIMIT_DOMAINS",
                            count + " names (expected: 1 to " + DOMAINS_MAX + ")");
        }
        var known = new HashSet<Domain>();
        for (int i = 0; i < count; i++) {
            var text = route.domains().get(i);
            var place = found.at("domains", i);
            place.read("DOMAIN_SYNTAX", () -> Domain.parse(text)).ifPresent(domain -> {
                place.require(known.add(domain), "DOMAIN_DUPLICATE_IN_ROUTE", "'" + domain + "' is given twice");
                place.require(
                        !reserved(domain, scope),
                        "DOMAIN_RESERVED",
                        "'" + domain + "' (expected: a name that is not kept for something else)");
                boolean local = domain.labels() >= 2
                        || route.exposure() == Exposure.LAN
                        || route.exposure() == Exposure.PLAIN_HTTP;
                place.require(
                        local,
                        "DOMAIN_SYNTAX",
                        "'" + domain + "' (expected: at least two labels but for routes of the own network)");
            });
        }
    }

    private static boolean reserved(Domain domain, Scope scope) {
        if (domain.name().equals("invalid") || domain.name().endsWith(".invalid")) {
            return true;
        }
        var ignored = new Findings();
        return scope.settings().reserved().stream()
                .anyMatch(text -> ignored.read("", () -> Domain.parse(text))
                        .filter(domain::meets)
                        .isPresent());
    }

    private static void action(Findings found, Action action, Scope scope) {
        if (action instanceof ProxyTo proxy) {
            ProxyCheck.check(found, proxy, scope);
        } else if (action instanceof RedirectTo redirect) {
            found.at("status")
                    .require(
                            REDIRECTS.contains(redirect.status()),
                            "STATUS",
                            "status " + redirect.status() + " (expected: 301, 302, 303, 307 or 308)");
            target(found.at("to"), redirect);
        } else if (action instanceof Respond respond) {
            found.at("status")
                    .require(
                            respond.status() >= 200 && respond.status() <= 599,
                            "STATUS",
                            "status " + respond.status() + " (expected: 200 to 599)");
            Texts.headerValue(found.at("contentType"), respond.contentType(), false);
            Texts.body(found.at("body"), respond.body());
            Texts.once(found.at("headers"), respond.headers().keySet());
            respond.headers().forEach((name, value) -> {
                Texts.headerName(found.at("headers").at(name), name);
                Texts.headerValue(found.at("headers").at(name), value, false);
            });
        } else if (action instanceof ServeFiles files) {
            found.at("root")
                    .require(
                            DIRECTORY.matcher(files.root()).matches()
                                    && !files.root().contains(".."),
                            "DIRECTORY",
                            "root '" + Shown.of(files.root())
                                    + "' (expected: an absolute path of letters, digits, dots and hyphens)");
            patterns(found, "index", files.index());
            patterns(found, "hide", files.hide());
        }
    }

    private static void patterns(Findings found, String member, List<String> patterns) {
        for (int i = 0; i < patterns.size(); i++) {
            found.at(member, i)
                    .require(
                            PATTERN.matcher(patterns.get(i)).matches(),
                            "FILE_NAME",
                            "'" + Shown.of(patterns.get(i)) + "' (expected: letters, digits, dots, stars and hyphens)");
        }
    }

    private static void target(Findings found, RedirectTo redirect) {
        Texts.line(found, "REDIRECT", redirect.to(), 2048);
        boolean right;
        try {
            var uri = URI.create(redirect.to());
            boolean path = (uri.getRawPath() != null && !uri.getRawPath().isEmpty())
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null;
            right = ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getRawAuthority() != null
                    && !(redirect.keepPath() && path);
        } catch (IllegalArgumentException e) {
            right = false;
        }
        found.require(
                right,
                "REDIRECT",
                "'" + Shown.of(redirect.to()) + "' (expected: http:// or https:// and a host"
                        + (redirect.keepPath() ? ", without a path, because that of the request is kept)" : ")"));
    }

    private static void exposure(Findings found, HttpRoute route, Scope scope) {
        route.tlsPolicy()
                .ifPresent(name -> found.at("tlsPolicy")
                        .require(
                                scope.policy(name).isPresent(),
                                "TLS_POLICY",
                                "policy '" + Shown.of(name) + "' (expected: the name of one in tlsPolicies)"));
        if (route.exposure() == Exposure.PUBLIC && domains(route).stream().anyMatch(Domain::wildcard)) {
            var issuer = route.tlsPolicy()
                    .flatMap(scope::policy)
                    .map(policy -> policy.issuer())
                    .orElseGet(Issuer.Acme::usual);
            boolean proven = !(issuer instanceof Issuer.Acme acme) || acme.dns().isPresent();
            found.at("tlsPolicy")
                    .require(
                            proven,
                            "TLS_WILDCARD_NEEDS_DNS",
                            "a wildcard by the usual challenges (expected: a policy with a DNS challenge, or files)");
        }
        if (route.exposure().cloudflare()) {
            tunnel(found, route, scope);
        }
        if (!route.exposure().proxied()) {
            found.at("action")
                    .require(
                            route.action() instanceof ProxyTo proxy
                                    && proxy.upstreams().size() == 1,
                            "EXPOSURE",
                            "exposure past the proxy (expected: an action with one upstream)");
        }
    }

    private static void tunnel(Findings found, HttpRoute route, Scope scope) {
        var bindings = scope.document().cloudflare();
        boolean known = route.binding()
                .map(id -> bindings.stream().anyMatch(binding -> binding.id().equals(id)))
                .orElse(bindings.size() == 1);
        found.at("binding")
                .require(
                        known,
                        "CLOUDFLARE_BINDING",
                        "binding '" + Shown.of(route.binding().orElse(""))
                                + "' (expected: the id of one in cloudflare, or exactly one there)");
        found.require(!route.catchAll(), "EXPOSURE", "catchAll by a tunnel (expected: names)");
        if (route.exposure() == Exposure.TUNNEL) {
            found.at("exposure")
                    .require(
                            scope.settings().tunnelPort().isPresent(),
                            "TUNNEL_LISTENER",
                            "a route by a tunnel (expected: tunnelPort in the settings)");
        }
    }
}
