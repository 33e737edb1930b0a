package dev.rookery.proxy.internal.caddy;

import dev.rookery.api.Json;
import dev.rookery.proxy.CaddyConfig;
import dev.rookery.proxy.internal.probe.Listening;
import dev.rookery.proxy.internal.probe.Port;
import dev.rookery.proxy.internal.probe.Proofs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads from a configuration, ours or not, where it listens and what is routed there. Without state. */
public final class CaddyListeners {

    private static final String ROUTE = "rt:";

    private CaddyListeners() {}

    /** Returns the listeners of HTTP. */
    public static List<Listening> of(Json config) {
        var listeners = new ArrayList<Listening>();
        servers(config).forEach(server -> listeners.addAll(listeners(config, server)));
        return listeners;
    }

    /** Returns the ports of connections and datagrams. */
    public static List<Port> streams(Json config) {
        return at(config, "apps", "layer4", "servers") instanceof Json.Obj servers
                ? servers.members().values().stream()
                        .flatMap(server -> texts(at(server, "listen")))
                        .filter(text -> text.matches("(tcp|udp)/[^/]*:\\d{1,5}"))
                        .map(Port::parse)
                        .toList()
                : List.of();
    }

    /** Returns all ports that it takes. */
    public static List<Port> ports(Json config) {
        var ports = new ArrayList<>(streams(config));
        of(config).forEach(listener -> ports.add(listener.taken()));
        return ports;
    }

    private static List<Listening> listeners(Json config, Json server) {
        boolean encrypted = !(at(server, "automatic_https", "disable") instanceof Json.Bool off && off.value())
                && !port(config).equals(first(server).map(text -> text.substring(text.lastIndexOf(':') + 1)));
        var names = routes(server)
                .flatMap(route -> hosts(route).stream())
                .filter(name -> name.indexOf('*') < 0 && !name.equals(CaddyConfig.PROBE_HOST))
                .distinct()
                .toList();
        return texts(at(server, "listen"))
                .filter(text -> text.matches("[^/]*:\\d{1,5}"))
                .map(text -> Listening.parse(text, encrypted, names.isEmpty() && !encrypted ? List.of("") : names))
                .toList();
    }

    private static Optional<String> port(Json config) {
        return at(config, "apps", "http", "http_port") instanceof Json.Num number
                ? Optional.of(number.value().toPlainString())
                : Optional.of("80");
    }

    private static Optional<String> first(Json server) {
        return texts(at(server, "listen")).findFirst();
    }

    /** Returns a request for each of our routes that are another one than before. */
    public static List<Proofs.Asked> changed(Json config, Optional<? extends Json> before) {
        var old = before.map(CaddyListeners::byId).orElseGet(Map::of);
        var asked = new ArrayList<Proofs.Asked>();
        servers(config).forEach(server -> {
            var listeners = listeners(config, server);
            routes(server).forEach(route -> {
                var id = id(route);
                var host = hosts(route).stream()
                        .filter(name -> name.indexOf('*') < 0)
                        .findFirst();
                if (id.startsWith(ROUTE) && !listeners.isEmpty() && host.isPresent() && !route.equals(old.get(id))) {
                    asked.add(new Proofs.Asked(
                            id.substring(ROUTE.length()).replace("~w", ""), listeners.get(0), host.get(), path(route)));
                }
            });
        });
        return asked;
    }

    private static Map<String, Json> byId(Json config) {
        var found = new HashMap<String, Json>();
        servers(config).forEach(server -> routes(server).forEach(route -> found.putIfAbsent(id(route), route)));
        return found;
    }

    /** Returns the revision that a configuration answers to probes; 0 if it is none of ours. */
    public static long revision(Json config) {
        return servers(config)
                .flatMap(CaddyListeners::routes)
                .filter(route -> id(route).startsWith("probe:"))
                .flatMap(route -> items(at(route, "handle")))
                .flatMap(handler -> texts(at(handler, "headers", CaddyConfig.REVISION_HEADER)))
                .filter(text -> text.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private static String id(Json route) {
        return at(route, "@id") instanceof Json.Text text ? text.value() : "";
    }

    private static List<String> hosts(Json route) {
        return items(at(route, "match")).flatMap(set -> texts(at(set, "host"))).toList();
    }

    /** A path that the route is for, if that can be told. */
    private static String path(Json route) {
        return items(at(route, "match"))
                .flatMap(set -> texts(at(set, "path")))
                .filter(path -> path.matches("/[A-Za-z0-9/_.-]*"))
                .findFirst()
                .orElse("/");
    }

    private static Stream<Json> servers(Json config) {
        return at(config, "apps", "http", "servers") instanceof Json.Obj servers
                ? servers.members().values().stream()
                : Stream.of();
    }

    private static Stream<Json> routes(Json server) {
        return items(at(server, "routes"));
    }

    private static Stream<Json> items(Json value) {
        return value instanceof Json.Array array ? array.items().stream() : Stream.of();
    }

    private static Stream<String> texts(Json value) {
        return items(value).filter(Json.Text.class::isInstance).map(text -> ((Json.Text) text).value());
    }

    /** Returns what is below; no object and no list if nothing is. */
    private static Json at(Json value, String... members) {
        var found = value;
        for (var member : members) {
            found = found instanceof Json.Obj object ? object.members().getOrDefault(member, NOTHING) : NOTHING;
        }
        return found;
    }

    private static final Json NOTHING = new Json.Bool(false);
}
