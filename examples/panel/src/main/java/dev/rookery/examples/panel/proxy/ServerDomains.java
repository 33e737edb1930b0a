package dev.rookery.examples.panel.proxy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocation;
import dev.rookery.kit.NamedThreads;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.cloudflare.CloudflareOutbox;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names by which servers are reached over HTTP. A domain belongs to one server, and leads to one of its ports; it goes with the server, and follows it to
 * another node. Who may call what is up to the caller. Thread-safe; calls block.
 */
public final class ServerDomains implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerDomains.class);

    /** How many domains a server may have. */
    public static final int LIMIT = 20;

    private static final Set<Exposure> EXPOSURES = Set.of(Exposure.PUBLIC, Exposure.PLAIN_HTTP, Exposure.TUNNEL);

    private final ProxyService service;
    private final CloudflareOutbox cloudflare;
    private final TunnelHealth tunnels;
    private final OfferedNames names;
    private final ServerRoutes routes;
    private final NameProbe probe = new NameProbe();
    private final Set<ServerId> refused = ConcurrentHashMap.newKeySet();
    private final ExecutorService probes = NamedThreads.perTask("domain-probe");

    ServerDomains(
            PanelStore store,
            ProxyService service,
            CloudflareOutbox cloudflare,
            TunnelHealth tunnels,
            List<String> offered) {
        this.service = service;
        this.cloudflare = cloudflare;
        this.tunnels = tunnels;
        this.names = new OfferedNames(offered);
        this.routes = new ServerRoutes(store);
    }

    /** Returns the names that users may take, each with a {@code *} for one label. */
    public List<String> offered() {
        return names.offered();
    }

    /** Returns the ports of a server that domains may lead to. */
    public List<DomainPort> ports(PanelServer server) {
        var primary = server.primaryAllocation();
        return server.allocations().stream()
                .map(one -> new DomainPort(
                        one.address().ip(),
                        one.address().port(),
                        primary.filter(one::equals).isPresent()))
                .toList();
    }

    /** Returns the domains of a server, and how far each is; asks each of them, all at once: the name for three seconds at most, its tunnel for five. */
    public List<ServerDomain> list(PanelServer server) {
        var stages = stages();
        return ServerRoutes.of(stages.document(), server.id()).stream()
                .map(route -> CompletableFuture.supplyAsync(() -> shown(route, server, stages), probes))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /**
     * Gives a server a domain.
     *
     * @param server as it is now
     * @param wish the domain
     * @param author who wants it
     * @param anyName whether names may be taken that are not offered
     * @throws InvalidInputException if it is no name, or the port is not the server's
     * @throws DeniedException if the name is not offered
     * @throws ConflictException if the name is another one's, or the server has as many as it may have
     */
    public DomainChange add(PanelServer server, NewDomain wish, String author, boolean anyName) {
        var name = names.taken(wish.domain(), anyName);
        if (!EXPOSURES.contains(wish.exposure())) {
            throw new InvalidInputException("exposure: " + wish.exposure() + " (expected: one of " + EXPOSURES + ")");
        }
        var route = routes.make(server, name, wish);
        var report = service.change(author, "domain " + name + " of server " + server.id(), document -> {
            OfferedNames.requireFree(document, route);
            if (ServerRoutes.of(document, server.id()).size() >= LIMIT) {
                throw new ConflictException("the server has " + LIMIT + " domains (expected: one less)");
            }
            return ProxyDocument.builder().from(document).addRoutes(route).build();
        });
        return new DomainChange(shown(route, server, stages()), report.outcome(), report.said());
    }

    /**
     * Takes a domain from a server.
     *
     * @throws NotFoundException if the server has none of this id
     */
    public ApplyReport remove(ServerId server, String id, String author) {
        return service.change(author, "domain " + id + " of server " + server + " removed", document -> {
            var gone = ServerRoutes.of(document, server).stream()
                    .filter(route -> route.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException("domain '" + id + "' (expected: one of the server's)"));
            return ProxyDocument.builder()
                    .from(document)
                    .routes(document.routes().stream()
                            .filter(route -> !route.equals(gone))
                            .toList())
                    .build();
        });
    }

    /**
     * Brings all domains to what servers and nodes are now: those of servers that are gone go, those of servers that have moved follow. Repeating has no effect.
     *
     * @return what became of it; empty if there was nothing to do
     */
    public Optional<ApplyReport> converge() {
        try {
            var report = changed("domains follow their servers", routes::converged);
            refused.clear();
            return report;
        } catch (RefusedChangeException e) {
            return each();
        }
    }

    /** Nobody's domains wait for those of a server to which no way is allowed; that one's lead nowhere meanwhile: where it was may be another one's now. */
    private Optional<ApplyReport> each() {
        return ServerRoutes.owners(service.head().document()).stream()
                .flatMap(server -> alone(server).stream())
                .reduce((before, last) -> last);
    }

    private Optional<ApplyReport> alone(ServerId server) {
        try {
            var report =
                    changed("domains follow server " + server, document -> routes.converged(document, Set.of(server)));
            refused.remove(server);
            return report;
        } catch (RefusedChangeException e) {
            if (refused.add(server)) {
                LOG.warn("Domains of server {} are off: {}", server, e.getMessage());
            }
            return changed("no way to server " + server, document -> routes.withoutWay(document, server));
        }
    }

    private Optional<ApplyReport> changed(String reason, UnaryOperator<ProxyDocument> edit) {
        var head = service.head().document();
        return edit.apply(head).equals(head) ? Optional.empty() : Optional.of(service.change("rookery", reason, edit));
    }

    @Override
    public void close() {
        probes.shutdownNow();
        probe.close();
    }

    private DomainStages stages() {
        return new DomainStages(service, cloudflare.states(), tunnels::of, probe);
    }

    private static ServerDomain shown(HttpRoute route, PanelServer server, DomainStages stages) {
        var domain = route.domains().isEmpty() ? "" : route.domains().get(0);
        return new ServerDomain(
                route.id(),
                domain,
                ServerRoutes.target(route, server).map(Allocation::ip),
                ServerRoutes.port(route),
                route.exposure(),
                route.paths().stream().findFirst().map(PathMatch::value),
                route.enabled(),
                url(domain, route.exposure(), stages.document().settings()),
                stages.of(route));
    }

    private static String url(String domain, Exposure exposure, ProxySettings settings) {
        return switch (exposure) {
            case PLAIN_HTTP -> "http://" + domain + (settings.httpPort() == 80 ? "" : ":" + settings.httpPort()) + "/";
            case PUBLIC, LAN ->
                "https://" + domain + (settings.httpsPort() == 443 ? "" : ":" + settings.httpsPort()) + "/";
            case TUNNEL, TUNNEL_TCP, DIRECT_DNS -> "https://" + domain + "/";
        };
    }
}
