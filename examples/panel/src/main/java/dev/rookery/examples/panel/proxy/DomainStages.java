package dev.rookery.examples.panel.proxy;

import dev.rookery.examples.panel.proxy.DomainStage.State;
import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.ProxyState;
import dev.rookery.proxy.apply.CertificateState;
import dev.rookery.proxy.cloudflare.CloudflareReport;
import dev.rookery.proxy.cloudflare.CloudflareStatus;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.StageState;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** How far a domain is, seen from one moment: what is saved, what the engine has, what Cloudflare was told, and what answers. */
final class DomainStages {

    private final Revision saved;
    private final ProxyState state;
    private final ProxyDocument applied;
    private final List<CloudflareStatus> cloud;
    private final List<CertificateState> certificates;
    private final Function<CloudflareBinding, DomainStage> tunnels;
    private final NameProbe probe;

    DomainStages(
            ProxyService service,
            List<CloudflareStatus> cloud,
            Function<CloudflareBinding, DomainStage> tunnels,
            NameProbe probe) {
        this.saved = service.head();
        this.state = service.state();
        this.applied =
                service.find(state.engine().revision()).map(Revision::document).orElse(ProxyDocument.EMPTY);
        this.cloud = cloud;
        this.certificates = service.certificates();
        this.tunnels = tunnels;
        this.probe = probe;
    }

    ProxyDocument document() {
        return saved.document();
    }

    /** Asks the name itself if everything before that is done. */
    List<DomainStage> of(HttpRoute route) {
        if (!route.enabled()) {
            return off(
                    route,
                    ServerRoutes.withoutPort(route)
                            ? "the server does not have the port any more, or the proxy cannot reach it"
                            : "switched off");
        }
        if (route.domains().isEmpty()) {
            return off(route, "it has no name any more");
        }
        var engine = engine(route);
        var status = status(route);
        var cloud = cloud(route, status);
        return List.of(
                saved(route), engine, certificate(route), cloud, tunnel(route, status, cloud), reached(route, engine));
    }

    private List<DomainStage> off(HttpRoute route, String why) {
        return List.of(
                saved(route),
                DomainStage.of("engine", State.OFF, why),
                DomainStage.of("certificate", State.OFF, ""),
                DomainStage.of("cloud", State.OFF, ""),
                DomainStage.of("tunnel", State.OFF, ""),
                DomainStage.of("reached", State.OFF, ""));
    }

    /** Of certificates that the engine gets itself, nothing is known but whether the name answers. */
    private DomainStage certificate(HttpRoute route) {
        return certificates.stream()
                .filter(known -> known.domain().equalsIgnoreCase(route.domains().get(0)))
                .findFirst()
                .map(DomainStages::certificate)
                .orElseGet(() -> DomainStage.of("certificate", State.OFF, ""));
    }

    private static DomainStage certificate(CertificateState known) {
        var state = known.expires().isPresent() ? State.DONE : known.said().isEmpty() ? State.WAITING : State.FAILED;
        var again = known.nextAt().map(at -> "; asked again at " + at.truncatedTo(ChronoUnit.MINUTES));
        return DomainStage.of("certificate", state, known.said().isEmpty() ? "" : known.said() + again.orElse(""));
    }

    private DomainStage saved(HttpRoute route) {
        boolean there = saved.document().routes().contains(route);
        return new DomainStage(
                "saved",
                there ? State.DONE : State.FAILED,
                there ? "" : "undone: " + state.engine().said(),
                OptionalLong.of(saved.number()));
    }

    private DomainStage engine(HttpRoute route) {
        var revision = OptionalLong.of(state.engine().revision());
        if (applied.routes().contains(route)) {
            return new DomainStage("engine", State.DONE, "", revision);
        }
        var outcome = state.engine().outcome();
        boolean again = outcome == StageState.Outcome.WAITING
                || outcome == StageState.Outcome.UNKNOWN
                || state.engine().tried() < saved.number();
        return new DomainStage(
                "engine", again ? State.WAITING : State.FAILED, state.engine().said(), revision);
    }

    /** What is left of a binding that is gone says nothing of those that are there. */
    private Optional<CloudflareStatus> status(HttpRoute route) {
        return cloud.stream()
                .filter(status -> binding(status.binding()).isPresent())
                .filter(status -> route.binding().map(status.binding()::equals).orElse(true))
                .findFirst();
    }

    private Optional<CloudflareBinding> binding(String id) {
        return saved.document().cloudflare().stream()
                .filter(one -> one.id().equals(id))
                .findFirst();
    }

    private DomainStage cloud(HttpRoute route, Optional<CloudflareStatus> status) {
        if (!route.exposure().cloudflare()) {
            return DomainStage.of("cloud", State.OFF, "not needed");
        }
        return status.map(known -> cloud(known, route.domains().get(0)))
                .orElseGet(() -> DomainStage.of("cloud", State.WAITING, "not told yet"));
    }

    /** What Cloudflare knows does not help as long as nobody fetches the requests there. */
    private DomainStage tunnel(HttpRoute route, Optional<CloudflareStatus> status, DomainStage cloud) {
        if (route.exposure() != Exposure.TUNNEL && route.exposure() != Exposure.TUNNEL_TCP) {
            return DomainStage.of("tunnel", State.OFF, "");
        }
        return status.filter(known -> cloud.state() == State.DONE)
                .flatMap(known -> binding(known.binding()))
                .map(tunnels)
                .orElseGet(() -> DomainStage.of("tunnel", State.PENDING, ""));
    }

    private DomainStage cloud(CloudflareStatus status, String name) {
        boolean told = status.doneRevision().orElse(0) >= state.engine().revision();
        var line = status.report().filter(report -> told).flatMap(report -> line(report, name));
        return switch (status.state()) {
            case PAUSED, FAILED -> cloud(State.FAILED, status.error().orElse(""), status);
            case UNDONE -> cloud(State.FAILED, "taken back", status);
            // A name that nothing had to be done about has no line.
            case DONE ->
                cloud(
                        line.map(CloudflareReport.HostLine::done).orElse(told) ? State.DONE : State.FAILED,
                        line.map(CloudflareReport.HostLine::message).orElse(""),
                        status);
            case PENDING, RUNNING, WAITING ->
                cloud(State.WAITING, status.error().orElse("not told yet"), status);
        };
    }

    private static DomainStage cloud(State state, String said, CloudflareStatus status) {
        return new DomainStage("cloud", state, said, status.doneRevision());
    }

    private static Optional<CloudflareReport.HostLine> line(CloudflareReport report, String name) {
        return report.hosts().stream()
                .filter(line -> line.host().equalsIgnoreCase(name))
                .findFirst();
    }

    private DomainStage reached(HttpRoute route, DomainStage engine) {
        return engine.state() == State.DONE
                ? probe.ask(route.domains().get(0), route.exposure(), applied.settings())
                : DomainStage.of("reached", State.PENDING, "");
    }
}
