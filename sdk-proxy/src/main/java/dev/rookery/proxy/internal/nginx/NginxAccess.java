package dev.rookery.proxy.internal.nginx;

import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.IpAccess;
import dev.rookery.proxy.route.Maintenance;
import dev.rookery.proxy.route.RateLimit;
import dev.rookery.proxy.route.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Who may come to a route, and how often. */
final class NginxAccess {

    /** No route and no upstream of a route answers this to nginx itself. */
    private static final String MAINTENANCE = "599";

    /** The first four groups of an address of IPv6, or what is before its gap. */
    private static final String NETWORK = "~^(?<rookery_net>(?:[0-9a-f]+:){4}|[0-9a-f:]*?::)";

    private static final String CLIENT = "$rookery_client";

    private final NginxScope scope;
    private final HttpRoute route;
    private final Listener listener;

    NginxAccess(NginxScope scope, HttpRoute route, Listener listener) {
        this.scope = scope;
        this.route = route;
        this.listener = listener;
    }

    /** Returns whether who may come is only known after nginx has done what it does at once. */
    boolean waits() {
        return !route.auth().isEmpty() || !route.rateLimits().isEmpty();
    }

    void add(Block location) {
        route.ipAccess().ifPresent(access -> addresses(location, access));
        route.maintenance().ifPresent(maintenance -> maintenance(location, maintenance));
        if (route.webSockets().denied()) {
            location.block("if", new Word("($http_upgrade ~* websocket)")).line("return", "403");
        }
        for (var limit : route.rateLimits()) {
            limit(location, limit);
        }
        if (!route.rateLimits().isEmpty()) {
            location.line("limit_req_status", "429");
        }
        for (var auth : route.auth()) {
            if (auth instanceof BasicAuth basic) {
                basic(location, basic);
            } else if (auth instanceof ForwardAuth forward) {
                forward(location, forward);
            }
        }
    }

    /** Adds the places that a route has beside its own. */
    void places(Block server) {
        route.maintenance().ifPresent(maintenance -> {
            var place = server.block("location", Word.own("@" + name("maintenance")));
            place.block("types");
            place.line("default_type", scope.texts().word(maintenance.contentType()));
            maintenance
                    .retryAfter()
                    .ifPresent(time ->
                            place.line("add_header", "Retry-After", String.valueOf(time.toSeconds()), "always"));
            place.line("return", Word.own("503"), scope.texts().word(maintenance.body()));
        });
        for (var auth : route.auth()) {
            if (auth instanceof ForwardAuth forward) {
                service(server, forward);
            }
        }
    }

    private void addresses(Block location, IpAccess access) {
        var address = access.peer() ? "$realip_remote_addr" : "$remote_addr";
        if (!access.deny().isEmpty()) {
            networks(name("deny"), address, access.deny());
            refuse(location, name("deny"), 1, String.valueOf(access.status()));
        }
        if (!access.otherwise()) {
            networks(name("allow"), address, access.allow());
            refuse(location, name("allow"), 0, String.valueOf(access.status()));
        }
    }

    private void maintenance(Block location, Maintenance maintenance) {
        location.line("error_page", MAINTENANCE, "=", "@" + name("maintenance"));
        networks(name("bypass"), "$remote_addr", maintenance.bypass());
        refuse(location, name("bypass"), 0, MAINTENANCE);
    }

    private void networks(String variable, String address, List<String> networks) {
        scope.once(variable, before -> {
            var geo = before.block("geo", Word.own(address), Word.own("$" + variable));
            geo.line("default", "0");
            networks.stream()
                    .distinct()
                    .forEach(network -> geo.line(Word.plain(network).text(), "1"));
        });
    }

    private static void refuse(Block location, String variable, int value, String status) {
        location.block("if", new Word("($" + variable + " = " + value + ")")).line("return", status);
    }

    private void limit(Block location, RateLimit limit) {
        var counted = switch (limit.key()) {
            case CLIENT_IP -> CLIENT;
            case HEADER -> "h$http_" + variable(limit.header().orElse(""));
            case ALL -> "all";
        };
        // A running nginx does not take another key for a zone that it has.
        var zone = name("zone_" + NginxScope.name(limit.zone())) + "_" + print(counted + limit.paths());
        scope.once(zone, before -> {
            if (limit.key() == RateLimit.Key.CLIENT_IP) {
                clients(before);
            }
            var key = counted;
            if (!limit.paths().isEmpty()) {
                var map = before.block("map", Word.own("$uri"), Word.own("$" + zone));
                map.line("default", new Word("\"\""));
                for (var expression : NginxPaths.expressions(limit.paths())) {
                    map.line(Word.quoted("~*" + expression), key);
                }
                key = "$" + zone;
            }
            before.line("limit_req_zone", key, "zone=" + zone + ":10m", "rate=" + rate(limit));
        });
        location.line("limit_req", "zone=" + zone, "burst=" + Math.max(1, limit.events() - 1), "nodelay");
    }

    /** A client has a whole network of IPv6, and one address of IPv4. */
    private void clients(Block before) {
        scope.once(
                "rookery clients",
                ignored -> before.block("map", Word.own("$remote_addr"), Word.own(CLIENT))
                        .line(Word.quoted(NETWORK), "$rookery_net")
                        .line("default", "$remote_addr"));
    }

    private static String print(String text) {
        return String.format(Locale.ROOT, "%08x", text.hashCode());
    }

    /** Returns how many in a second or minute: nginx knows no other times. */
    private static String rate(RateLimit limit) {
        long seconds = limit.window().toSeconds();
        return limit.events() % seconds == 0
                ? limit.events() / seconds + "r/s"
                : Math.max(1, limit.events() * Duration.ofMinutes(1).toSeconds() / seconds) + "r/m";
    }

    private void basic(Block location, BasicAuth basic) {
        var users = new StringBuilder();
        basic.accounts()
                .forEach(account -> users.append(account.user())
                        .append(':')
                        .append(account.hash())
                        .append('\n'));
        scope.file("users-" + route.id(), users.toString());
        // It stands in quotation marks, in the answer; and the word off alone would mean that nobody is asked.
        var realm = basic.realm().replace("\\", "\\\\").replace("\"", "\\\"");
        location.line("auth_basic", scope.texts().word(realm.equals("off") ? "off " : realm));
        location.line("auth_basic_user_file", Word.plain("users-" + route.id()));
    }

    private void forward(Block location, ForwardAuth forward) {
        location.line("auth_request", "/.rookery/auth/" + route.id());
        for (var header : forward.copyHeaders()) {
            location.line("auth_request_set", "$" + said(header), "$upstream_http_" + variable(header));
        }
    }

    /** Returns the variable of what a service says of the user. */
    String said(String header) {
        return name("said_" + variable(header));
    }

    private void service(Block server, ForwardAuth forward) {
        var group = name("auth");
        var place = server.block("location", Word.own("="), Word.own("/.rookery/auth/" + route.id()));
        place.line("internal", new Word[0]);
        place.line("proxy_method", "GET");
        place.line("proxy_pass_request_body", "off");
        place.line("proxy_http_version", "1.1");
        place.line("proxy_set_header", Word.own("Content-Length"), new Word("\"\""));
        place.line("proxy_set_header", Word.own("Connection"), new Word("\"\""));
        place.line("proxy_set_header", "Host", "$rookery_host");
        place.line("proxy_set_header", "X-Real-IP", "$remote_addr");
        place.line("proxy_set_header", "X-Forwarded-For", "$remote_addr");
        place.line("proxy_set_header", "X-Forwarded-Host", "$rookery_host");
        place.line("proxy_set_header", "X-Forwarded-Proto", NginxProxy.scheme(listener));
        place.line("proxy_set_header", "X-Forwarded-Method", "$request_method");
        place.line("proxy_set_header", "X-Forwarded-Uri", "$request_uri");
        var upstream = forward.service();
        var scheme = upstream.scheme() == Upstream.Scheme.HTTPS ? "https://" : "http://";
        if (NginxProxy.lookedUp(upstream)) {
            // Looked up when somebody comes: a name that is not there would keep the whole configuration from being
            // read.
            place.line("set", Word.own("$" + group), Word.plain(NginxProxy.address(upstream)));
            place.line(
                    "proxy_pass",
                    new Word("\"" + scheme + "$" + group + scope.texts().inside(forward.path()) + "\""));
        } else {
            scope.once(
                    group,
                    before -> before.block("upstream", Word.own(group))
                            .line("server", Word.plain(NginxProxy.address(upstream)))
                            .line("keepalive", "8"));
            place.line(
                    "proxy_pass", new Word("\"" + scheme + group + scope.texts().inside(forward.path()) + "\""));
        }
        if (upstream.scheme() == Upstream.Scheme.HTTPS) {
            NginxProxy.verified(place, upstream.host());
        }
    }

    private String name(String what) {
        return NginxScope.name(route.id(), what);
    }

    private static String variable(String header) {
        return header.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
