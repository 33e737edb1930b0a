package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NodeId;
import dev.rookery.api.node.Node;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Builds a {@link Fleet}. Not thread-safe. */
public final class FleetBuilder {

    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private FleetOptions options = FleetOptions.defaults();
    private Optional<Executor> executor = Optional.empty();
    private Optional<ScheduledExecutorService> scheduler = Optional.empty();
    private Clock clock = Clock.systemUTC();

    FleetBuilder() {}

    /** Adds a node; more may be added later. */
    public FleetBuilder node(NodeId id, Node node) {
        nodes.put(requireNonNull(id, "id"), requireNonNull(node, "node"));
        return this;
    }

    /** Adds nodes. */
    public FleetBuilder nodes(Map<NodeId, ? extends Node> nodes) {
        nodes.forEach(this::node);
        return this;
    }

    /** Sets the bounds. Default: {@link FleetOptions#defaults()}. */
    public FleetBuilder options(FleetOptions options) {
        this.options = requireNonNull(options, "options");
        return this;
    }

    /**
     * Sets what runs the calls to nodes and calls subscribers; it needs a thread for each call that runs at the same time, and
     * never to run a task on the thread that hands it over. Default: threads
     * of its own, virtual where there are such, which end when nothing is to do for some seconds. It stays the caller's to shut down.
     */
    public FleetBuilder executor(Executor executor) {
        this.executor = Optional.of(executor);
        return this;
    }

    /** Sets what keeps the deadlines; it is never made to wait. Default: one thread of its own. It stays the caller's to shut down. */
    public FleetBuilder scheduler(ScheduledExecutorService scheduler) {
        this.scheduler = Optional.of(scheduler);
        return this;
    }

    /** Sets the clock that dates what was seen. Default: the system's. */
    public FleetBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /** Returns the fleet, not started. */
    public Fleet build() {
        return new Fleet(nodes, options, executor, scheduler, clock);
    }
}
