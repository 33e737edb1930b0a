package dev.rookery.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.apply.CertificateSource;
import dev.rookery.proxy.apply.CloudSync;
import dev.rookery.proxy.apply.NameOwners;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.apply.UpstreamNames;
import dev.rookery.proxy.internal.apply.ApplyPipeline;
import dev.rookery.proxy.internal.apply.BackgroundStages;
import dev.rookery.proxy.internal.apply.CertificateTurns;
import dev.rookery.proxy.internal.apply.DocumentChecks;
import dev.rookery.proxy.internal.apply.Events;
import dev.rookery.proxy.internal.apply.Waits;
import dev.rookery.proxy.store.RevisionArchive;
import dev.rookery.proxy.store.RouteStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Makes a {@link ProxyService}. Used by one thread. */
@Incubating
public final class ProxyServiceBuilder {

    private static final Duration COLLECT_MAX = Duration.ofMinutes(1);

    private final RouteStore store;
    private final ProxyEngine engine;
    private Optional<CloudSync> cloud = Optional.empty();
    private boolean strictly;
    private Optional<RevisionArchive> archive = Optional.empty();
    private Optional<CertificateSource> certificates = Optional.empty();
    private Set<Duration> expiryWarnings = Set.of(Duration.ofDays(14), Duration.ofDays(7), Duration.ofDays(1));
    private NameOwners owners = NameOwners.ANYBODY;
    private UpstreamNames upstreamNames = UpstreamNames.OF_THIS_MACHINE;
    private Clock clock = Clock.systemUTC();
    private Duration lockLimit = Duration.ofMinutes(2);
    private Duration collect = Duration.ofMillis(250);

    ProxyServiceBuilder(RouteStore store, ProxyEngine engine) {
        this.store = requireNonNull(store, "store");
        this.engine = requireNonNull(engine, "engine");
    }

    /** Sets the cloud that is told what the engine runs; none by default. */
    public ProxyServiceBuilder cloud(CloudSync value) {
        cloud = Optional.of(value);
        return this;
    }

    /**
     * Sets whether a change counts only if the cloud takes it, too; not so by default. Whoever makes a change waits for the cloud then. If the cloud refuses it for
     * good, or its token does not do, what was done there is taken back, the document is again what the cloud took last, and the change is {@link
     * dev.rookery.proxy.apply.ApplyReport.Outcome#ROLLED_BACK}. If the cloud is away, the change stays, and is judged when the cloud answers. Names that somebody
     * else has are no reason to take anything back.
     */
    public ProxyServiceBuilder cloudMustSucceed(boolean value) {
        strictly = value;
        return this;
    }

    /** Sets where copies of revisions are kept; nowhere by default. */
    public ProxyServiceBuilder archive(RevisionArchive value) {
        archive = Optional.of(value);
        return this;
    }

    /**
     * Sets what gets certificates of public authorities for an engine that does not do so itself, such as {@link dev.rookery.proxy.engine.Certbot} for nginx;
     * by default somebody else does. Once the service is started, each name that the engine runs gets its own, one after the other, and another one a month
     * before it ends, or after two thirds of its time. After a failure the authority is left alone for a quarter of an hour, and each time twice as long, up
     * to a day.
     */
    public ProxyServiceBuilder certificates(CertificateSource value) {
        certificates = Optional.of(value);
        return this;
    }

    /**
     * Sets how long before the end of a certificate in a file {@link ProxyEvent.CertificateExpiring} is told, once for each; 14 days, 7 days and 1 day by
     * default. The end itself is told in any case. Files of policies are looked at where the engine {@linkplain ProxyEngine#sharesFiles shares} them.
     */
    public ProxyServiceBuilder expiryWarnings(Set<Duration> value) {
        if (value.stream().anyMatch(Duration::isNegative)) {
            throw new InvalidInputException("expiryWarnings: " + value + " (expected: 0 or more)");
        }
        expiryWarnings = Set.copyOf(value);
        return this;
    }

    /** Sets who may use which name; anybody by default. */
    public ProxyServiceBuilder owners(NameOwners value) {
        owners = requireNonNull(value, "owners");
        return this;
    }

    /**
     * Sets who says where the names of upstreams lead; this machine by default. It is asked before a change is saved, for names that come with it: one that leads
     * to the proxy's own machine or link is refused, unless it is allowed by the settings; one that has no address is warned of.
     */
    public ProxyServiceBuilder upstreamNames(UpstreamNames value) {
        upstreamNames = requireNonNull(value, "upstreamNames");
        return this;
    }

    /** Sets the clock; the system's by default. */
    public ProxyServiceBuilder clock(Clock value) {
        clock = requireNonNull(value, "clock");
        return this;
    }

    /** Sets how long a change waits for others at the same engine; two minutes by default. */
    public ProxyServiceBuilder lockLimit(Duration value) {
        if (value.isNegative()) {
            throw new InvalidInputException("lockLimit: " + value + " (expected: 0 or more)");
        }
        lockLimit = value;
        return this;
    }

    /**
     * Sets how long changes are collected that come while another one is made; they are applied as one then, because each reload of an engine costs
     * something. A change that finds nobody at work is not held up. 250 ms by default.
     */
    public ProxyServiceBuilder collect(Duration value) {
        if (value.isNegative() || value.compareTo(COLLECT_MAX) > 0) {
            throw new InvalidInputException("collect: " + value + " (expected: 0 to " + COLLECT_MAX + ")");
        }
        collect = value;
        return this;
    }

    /** Returns the service. It does nothing by itself until it is started. */
    public ProxyService build() {
        var events = new Events();
        var checks = new DocumentChecks(engine, owners, upstreamNames, clock);
        var pipeline = new ApplyPipeline(store, engine, checks, clock, events, new Waits(lockLimit, collect));
        var background = new BackgroundStages(store, engine.name(), cloud, strictly, archive, pipeline, clock, events);
        Runnable apply = () -> background.tried(pipeline.converge());
        var turns = new CertificateTurns(store, engine, certificates, expiryWarnings, clock, events, apply);
        events.add(happened -> {
            if (happened instanceof ProxyEvent.Tried tried && tried.report().applied()) {
                turns.soon();
            }
        });
        return new ProxyService(store, engine.name(), events, pipeline, background, turns);
    }
}
