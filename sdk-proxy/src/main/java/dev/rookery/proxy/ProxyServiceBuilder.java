package dev.rookery.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.apply.CloudSync;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.internal.apply.ApplyPipeline;
import dev.rookery.proxy.internal.apply.BackgroundStages;
import dev.rookery.proxy.internal.apply.Events;
import dev.rookery.proxy.internal.apply.Waits;
import dev.rookery.proxy.store.RevisionArchive;
import dev.rookery.proxy.store.RouteStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Makes a {@link ProxyService}. Used by one thread. */
@Incubating
public final class ProxyServiceBuilder {

    private static final Duration COLLECT_MAX = Duration.ofMinutes(1);

    private final RouteStore store;
    private final ProxyEngine engine;
    private Optional<CloudSync> cloud = Optional.empty();
    private boolean strictly;
    private Optional<RevisionArchive> archive = Optional.empty();
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
        var pipeline = new ApplyPipeline(store, engine, clock, events, new Waits(lockLimit, collect));
        var background = new BackgroundStages(store, engine.name(), cloud, strictly, archive, pipeline, clock, events);
        return new ProxyService(store, engine.name(), events, pipeline, background);
    }
}
