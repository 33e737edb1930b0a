package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.proxy.DomainPort;
import dev.rookery.examples.panel.proxy.DomainStage;
import dev.rookery.examples.panel.proxy.NewDomain;
import dev.rookery.examples.panel.proxy.ServerDomain;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.route.Exposure;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The names by which a server is reached, for whoever may change its ports. */
final class DomainApi {

    private static final String PATH = "/api/servers/{uuid}/domains";
    private static final int NAME_MAX = 253;
    private static final int PORT_MAX = 65_535;

    private final ProxyAccess proxy;
    private final ServerAccess servers;

    DomainApi(ProxyAccess proxy, ServerAccess servers) {
        this.proxy = proxy;
        this.servers = servers;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::list, OnServer.holding(new Permission("allocation.read")));
        routes.post(PATH, this::add, OnServer.holding(new Permission("allocation.create")));
        routes.delete(PATH + "/{domain}", this::remove, OnServer.holding(new Permission("allocation.delete")));
    }

    private void list(Context request) {
        var server = servers.require(request);
        var domains = proxy.require().domains();
        request.header("Cache-Control", "no-store");
        request.json(new View(
                domains.offered(),
                anyName(request),
                domains.ports(server),
                domains.list(server).stream().map(Item::of).toList()));
    }

    private void add(Context request) {
        var server = servers.require(request);
        var domains = proxy.require().domains();
        var body = Bodies.read(request, Body.class);
        var name = Bodies.required(body.domain(), "domain", NAME_MAX);
        int port = Bodies.required(body.port(), "port");
        if (port < 1 || port > PORT_MAX) {
            throw ApiError.field("port", "port: " + port + " (expected: one of the server's).");
        }
        var wish = new NewDomain(name, Optional.ofNullable(body.ip()), port, exposure(body.exposure()));
        var made = domains.add(server, wish, Guard.user(request).username(), anyName(request));
        request.status(201);
        request.json(new Made(Item.of(made.item()), new Outcome(made.outcome(), made.said())));
    }

    private void remove(Context request) {
        var server = servers.require(request);
        var report = proxy.require()
                .domains()
                .remove(
                        server.id(),
                        request.pathParam("domain"),
                        Guard.user(request).username());
        request.json(new Outcome(report.outcome(), report.said()));
    }

    /** A user gets a label of a name that is offered; what else a name would take away from others, only administrators can tell. */
    private static boolean anyName(Context request) {
        return Guard.user(request).admin();
    }

    private static Exposure exposure(@Nullable String given) {
        if (given == null) {
            return Exposure.PUBLIC;
        }
        return switch (given.toUpperCase(Locale.ROOT)) {
            case "PUBLIC" -> Exposure.PUBLIC;
            case "PLAIN_HTTP" -> Exposure.PLAIN_HTTP;
            case "TUNNEL" -> Exposure.TUNNEL;
            default ->
                throw ApiError.field("exposure", "exposure: '" + given + "' (expected: PUBLIC, PLAIN_HTTP or TUNNEL).");
        };
    }

    record Body(
            @Nullable String domain,
            @Nullable String ip,
            @Nullable Integer port,
            @Nullable String exposure) {}

    record View(List<String> offered, boolean free, List<DomainPort> ports, List<Item> items) {}

    record Made(Item item, Outcome report) {}

    record Outcome(ApplyReport.Outcome outcome, String said) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Item(
            String id,
            String domain,
            Optional<String> ip,
            int port,
            String exposure,
            Optional<String> path,
            boolean enabled,
            String url,
            List<Stage> stages) {

        static Item of(ServerDomain domain) {
            return new Item(
                    domain.id(),
                    domain.domain(),
                    domain.ip(),
                    domain.port(),
                    domain.exposure().name(),
                    domain.path(),
                    domain.enabled(),
                    domain.url(),
                    domain.stages().stream().map(Stage::of).toList());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Stage(String stage, DomainStage.State state, String said, OptionalLong revision) {

        static Stage of(DomainStage stage) {
            return new Stage(stage.stage(), stage.state(), stage.said(), stage.revision());
        }
    }
}
