package dev.rookery.examples.panel.proxy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocation;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Servers' domains as routes. A route bears the server's uuid as its owner, and as labels which port it leads to, or that it follows the primary one: from
 * these and from what the panel knows of the server, the rest is made anew whenever it may have changed. Thread-safe.
 */
final class ServerRoutes {

    private static final String PREFIX = "srv-";
    private static final String PORT = "server-port";
    private static final String PRIMARY = "primary";
    private static final String WITHOUT_PORT = "server-port-gone";
    private static final int SHORT = 8;
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*|::1|localhost|\\[::1]");
    private static final Pattern WILDCARD = Pattern.compile("|0\\.0\\.0\\.0|::|0:0:0:0:0:0:0:0");

    private final PanelStore store;

    ServerRoutes(PanelStore store) {
        this.store = store;
    }

    /** Returns the routes of a server's domains. */
    static List<HttpRoute> of(ProxyDocument document, ServerId server) {
        return document.routes().stream()
                .filter(route -> owner(route).filter(server::equals).isPresent())
                .toList();
    }

    /** Returns whose domain a route is; empty if it is no server's. */
    private static Optional<ServerId> owner(HttpRoute route) {
        if (!route.id().startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return route.owner().map(ServerId::parse);
        } catch (InvalidInputException ignored) {
            // An administrator's own, of whatever it is.
            return Optional.empty();
        }
    }

    /** Returns the route of a new domain. */
    HttpRoute make(PanelServer server, String domain, NewDomain wish) {
        var allocation = wanted(server, wish);
        boolean primary = server.primaryAllocation().filter(allocation::equals).isPresent();
        return HttpRoute.builder(id(server.id(), domain), ProxyTo.of(upstream(allocation)))
                .name(server.spec().name())
                .owner(server.id().toString())
                .putLabels(PORT, primary ? PRIMARY : allocation.address().toString())
                .addDomains(domain)
                .exposure(wish.exposure())
                .build();
    }

    private static AllocationRecord wanted(PanelServer server, NewDomain wish) {
        var found = server.allocations().stream()
                .filter(one -> one.address().port() == wish.port())
                .filter(one -> wish.ip().map(one.address().ip()::equals).orElse(true))
                .toList();
        if (found.isEmpty()) {
            throw new InvalidInputException("port: "
                    + wish.ip()
                            .map(ip -> new Allocation(ip, wish.port()).toString())
                            .orElse("" + wish.port())
                    + " (expected: one of the server's)");
        }
        if (found.size() > 1) {
            throw new InvalidInputException(
                    "ip: none, but the server has port " + wish.port() + " at several (expected: one of "
                            + found.stream().map(one -> one.address().ip()).collect(Collectors.joining(", ")) + ")");
        }
        return found.get(0);
    }

    private static String id(ServerId server, String domain) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(domain.getBytes(StandardCharsets.UTF_8));
            return PREFIX + server.toString().substring(0, SHORT) + "-"
                    + HexFormat.of().formatHex(digest).substring(0, SHORT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }

    /** Returns where a server listens for what comes by a route; empty if the server has lost the port. */
    static Optional<Allocation> target(HttpRoute route, PanelServer server) {
        return allocation(server, route.labels().getOrDefault(PORT, "")).map(AllocationRecord::address);
    }

    /** Returns which port a route leads to at present; the last one that it had if the server has lost it. */
    static int port(HttpRoute route) {
        return route.action() instanceof ProxyTo to && !to.upstreams().isEmpty()
                ? to.upstreams().get(0).effectivePort()
                : 0;
    }

    /** Returns whether a route is off because the server has lost its port. */
    static boolean withoutPort(HttpRoute route) {
        return route.labels().containsKey(WITHOUT_PORT);
    }

    /** Returns a document in which all domains are as servers and nodes are now. */
    ProxyDocument converged(ProxyDocument document) {
        return converged(document, owners(document));
    }

    /** Returns a document in which the domains of some servers are as these and their nodes are now. */
    ProxyDocument converged(ProxyDocument document, Set<ServerId> some) {
        Map<ServerId, Optional<PanelServer>> servers = new HashMap<>();
        return changed(
                document,
                some,
                (route, owner) -> servers.computeIfAbsent(owner, this::present).map(server -> now(route, server)));
    }

    /** Returns a document in which nobody is led to a server by a way that it does not have any more. */
    ProxyDocument withoutWay(ProxyDocument document, ServerId server) {
        var wanted = of(converged(document, Set.of(server)), server);
        return changed(
                document,
                Set.of(server),
                (route, owner) -> Optional.of(wanted.contains(route) ? route : withoutWay(route)));
    }

    /** Returns the servers that have domains. */
    static Set<ServerId> owners(ProxyDocument document) {
        return document.routes().stream()
                .flatMap(route -> owner(route).stream())
                .collect(Collectors.toSet());
    }

    private static ProxyDocument changed(
            ProxyDocument document, Set<ServerId> some, BiFunction<HttpRoute, ServerId, Optional<HttpRoute>> change) {
        var routes = document.routes().stream()
                .flatMap(route -> owner(route)
                        .filter(some::contains)
                        .map(owner -> change.apply(route, owner))
                        .orElseGet(() -> Optional.of(route))
                        .stream())
                .toList();
        return routes.equals(document.routes())
                ? document
                : ProxyDocument.builder().from(document).routes(routes).build();
    }

    private Optional<PanelServer> present(ServerId id) {
        return store.servers().find(id).filter(server -> server.status() != ServerStatus.DELETING);
    }

    private HttpRoute now(HttpRoute route, PanelServer server) {
        var labels = new LinkedHashMap<>(route.labels());
        var allocation = allocation(server, labels.getOrDefault(PORT, ""));
        boolean lost = labels.remove(WITHOUT_PORT) != null;
        if (allocation.isEmpty() || !reachable(allocation.get())) {
            return !lost && !route.enabled() ? route : withoutWay(route);
        }
        var action = route.action() instanceof ProxyTo to ? led(to, upstream(allocation.get())) : route.action();
        return HttpRoute.builder(route.id(), action)
                .from(route)
                .action(action)
                .labels(labels)
                .enabled(route.enabled() || lost)
                .build();
    }

    private static HttpRoute withoutWay(HttpRoute route) {
        var labels = new LinkedHashMap<>(route.labels());
        labels.put(WITHOUT_PORT, "true");
        return HttpRoute.builder(route.id(), route.action())
                .from(route)
                .labels(labels)
                .enabled(false)
                .build();
    }

    /** The first upstream is the server. What an administrator has added to it, and beside it, stays. */
    private static ProxyTo led(ProxyTo to, Upstream server) {
        var first = to.upstreams().stream().findFirst().orElse(server);
        boolean same = !to.upstreams().isEmpty()
                && first.host().equals(server.host())
                && first.effectivePort() == server.effectivePort();
        if (same) {
            return to;
        }
        var upstreams = new ArrayList<Upstream>();
        upstreams.add(
                first.scheme() == Upstream.Scheme.UNIX
                        ? server
                        : Upstream.builder()
                                .from(first)
                                .host(server.host())
                                .port(server.effectivePort())
                                .build());
        to.upstreams().stream().skip(1).forEach(upstreams::add);
        return ProxyTo.builder().from(to).upstreams(upstreams).build();
    }

    private static Optional<AllocationRecord> allocation(PanelServer server, String port) {
        if (port.equals(PRIMARY)) {
            return server.primaryAllocation();
        }
        var all = server.allocations();
        // On another node, a server has other addresses; and labels of earlier versions bear the number alone.
        var number = port.substring(port.lastIndexOf(':') + 1);
        return all.stream()
                .filter(one -> one.address().toString().equals(port))
                .findFirst()
                .or(() -> all.stream()
                        .filter(one -> Integer.toString(one.address().port()).equals(number))
                        .findFirst());
    }

    private boolean reachable(AllocationRecord allocation) {
        var node = nodeHost(allocation.node());
        return loopback(allocation) ? LOOPBACK.matcher(node).matches() : !everywhere(allocation) || !node.isEmpty();
    }

    private Upstream upstream(AllocationRecord allocation) {
        if (!reachable(allocation)) {
            throw new ConflictException("port: " + allocation.address()
                    + " is reached on its node only (expected: one that the proxy can reach)");
        }
        var host = everywhere(allocation)
                ? nodeHost(allocation.node())
                : allocation.address().ip();
        return Upstream.http(host, allocation.address().port());
    }

    private static boolean everywhere(AllocationRecord allocation) {
        return WILDCARD.matcher(allocation.address().ip()).matches();
    }

    private static boolean loopback(AllocationRecord allocation) {
        return LOOPBACK.matcher(allocation.address().ip()).matches();
    }

    private String nodeHost(NodeId node) {
        return store.nodes()
                .find(node)
                .map(NodeRecord::url)
                .map(ServerRoutes::host)
                .orElse("");
    }

    /** Names with an underscore are none to a URI, but networks of containers have such. */
    private static String host(URI url) {
        var host = url.getHost() == null && url.getAuthority() != null
                ? url.getAuthority().replaceAll("^.*@|:\\d*$", "")
                : url.getHost();
        return host == null ? "" : host.replaceAll("[\\[\\]]", "");
    }
}
