package dev.rookery.wings.internal.fleet;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.wings.FleetEvent;
import dev.rookery.wings.FleetOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** A node of a fleet, and what was last seen of its servers. Thread-safe. */
public final class Member {

    private final NodeId id;
    private final Node node;
    private final Breaker breaker;
    private final FleetOptions options;
    private final LongSupplier nanoTime;
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile boolean removed;
    // Only of the one poll that runs.
    private Map<ServerId, FleetEvent> seen = Map.of();

    /** Creates a member of which nothing is known. */
    public Member(NodeId id, Node node, Breaker breaker, FleetOptions options, LongSupplier nanoTime) {
        this.id = id;
        this.node = node;
        this.breaker = breaker;
        this.options = options;
        this.nanoTime = nanoTime;
    }

    /** Returns the node. */
    public Node node() {
        return node;
    }

    /** Returns the account of its answers. */
    public Breaker breaker() {
        return breaker;
    }

    /** Says that it has left the fleet; nothing more is told of it. */
    public void remove() {
        removed = true;
    }

    /**
     * Has its servers looked at, unless that is under way.
     *
     * @param workers do it
     * @param cancel ends it early
     * @param stream is told what changed
     */
    public void poll(Workers workers, CancelSignal cancel, FleetStream stream) {
        if (!polling.compareAndSet(false, true)) {
            return;
        }
        var task = new Workers.Task() {
            @Override
            public void run() {
                try {
                    look(cancel, stream);
                } finally {
                    polling.set(false);
                }
            }

            @Override
            public void drop() {
                polling.set(false);
            }
        };
        if (!workers.submitInBackground(task)) {
            polling.set(false);
        }
    }

    private void look(CancelSignal cancel, FleetStream stream) {
        if (removed || cancel.cancelled()) {
            return;
        }
        var permit = breaker.admit();
        permit.ifPresent(leave -> look(leave, cancel, stream));
    }

    private void look(Breaker.Permit permit, CancelSignal cancel, FleetStream stream) {
        if (permit.changed()) {
            stream.publish(new FleetEvent.NodeChanged(breaker.health()));
        }
        long began = nanoTime.getAsLong();
        var verdict = Breaker.Verdict.NONE;
        var error = "";
        try {
            var bounds = CallOptions.deadline(options.pollDeadline()).cancel(cancel);
            var servers = node.with(bounds).servers();
            verdict = Breaker.Verdict.ANSWERED;
            tell(servers, stream);
        } catch (RuntimeException e) {
            verdict = Breaker.verdict(e, cancel.cancelled());
            error = String.valueOf(e.getMessage());
        } finally {
            if (breaker.done(permit, verdict, Duration.ofNanos(nanoTime.getAsLong() - began), error) && !removed) {
                stream.publish(new FleetEvent.NodeChanged(breaker.health()));
            }
        }
    }

    private void tell(List<ServerDetails> servers, FleetStream stream) {
        var now = new HashMap<ServerId, FleetEvent>();
        for (var server : servers) {
            var uuid = server.configuration().uuid();
            now.put(
                    uuid,
                    new FleetEvent.ServerSeen(id, uuid, server.state(), server.suspended(), server.utilization()));
        }
        if (removed) {
            return;
        }
        now.forEach((uuid, event) -> {
            if (!event.equals(seen.get(uuid))) {
                stream.publish(event);
            }
        });
        seen.keySet().stream()
                .filter(uuid -> !now.containsKey(uuid))
                .forEach(uuid -> stream.publish(new FleetEvent.ServerGone(id, uuid)));
        seen = now;
    }
}
