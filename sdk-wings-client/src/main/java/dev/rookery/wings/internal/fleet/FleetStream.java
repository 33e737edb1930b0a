package dev.rookery.wings.internal.fleet;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.wings.FleetEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what is known of nodes and servers, and what changes. Holds one event for each of them and subscriber at most: for who is slow, a
 * newer one takes the place of the older. Thread-safe.
 */
public final class FleetStream implements Flow.Publisher<FleetEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(FleetStream.class);

    private final Executor executor;
    // All below are guarded by this.
    private final Map<Subject, FleetEvent> known = new LinkedHashMap<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private boolean closed;

    /** Whom an event is about: a node, or one of its servers. */
    private record Subject(NodeId node, @Nullable ServerId server) {

        static Subject of(FleetEvent event) {
            if (event instanceof FleetEvent.ServerSeen seen) {
                return new Subject(seen.node(), seen.server());
            }
            if (event instanceof FleetEvent.ServerGone gone) {
                return new Subject(gone.node(), gone.server());
            }
            return new Subject(event.node(), null);
        }
    }

    /** Creates a stream whose subscribers are called on {@code executor}. */
    public FleetStream(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super FleetEvent> subscriber) {
        var subscription = new Subscription(requireNonNull(subscriber, "subscriber"));
        subscriber.onSubscribe(subscription);
        synchronized (this) {
            known.values().forEach(subscription::offer);
            if (closed) {
                subscription.end();
            } else if (!subscription.over()) {
                subscriptions.add(subscription);
            }
        }
    }

    /** Tells an event. */
    public synchronized void publish(FleetEvent event) {
        if (closed) {
            return;
        }
        if (event instanceof FleetEvent.NodeGone gone) {
            known.keySet().removeIf(subject -> subject.node().equals(gone.node()));
        } else if (event instanceof FleetEvent.ServerGone) {
            known.remove(Subject.of(event));
        } else {
            known.put(Subject.of(event), event);
        }
        subscriptions.forEach(subscription -> subscription.offer(event));
        subscriptions.removeIf(Subscription::over);
    }

    /** Ends the stream. */
    public synchronized void close() {
        closed = true;
        subscriptions.forEach(Subscription::end);
        subscriptions.clear();
    }

    private synchronized void remove(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    private final class Subscription implements Flow.Subscription {

        private final Flow.Subscriber<? super FleetEvent> subscriber;
        // All below are guarded by this. Its lock is taken inside that of the stream, never the other way round.
        private final Map<Subject, FleetEvent> waiting = new LinkedHashMap<>();
        private long demand;
        private boolean telling;
        private boolean ending;
        private boolean over;
        private @Nullable IllegalArgumentException misuse;

        Subscription(Flow.Subscriber<? super FleetEvent> subscriber) {
            this.subscriber = subscriber;
        }

        synchronized boolean over() {
            return over;
        }

        synchronized void offer(FleetEvent event) {
            if (over) {
                return;
            }
            if (event instanceof FleetEvent.NodeGone gone) {
                waiting.keySet().removeIf(subject -> subject.node().equals(gone.node()));
            }
            waiting.put(Subject.of(event), event);
            tellSoon();
        }

        synchronized void end() {
            if (over) {
                return;
            }
            ending = true;
            waiting.clear();
            tellSoon();
        }

        @Override
        public synchronized void request(long count) {
            if (count <= 0) {
                misuse = new IllegalArgumentException("request: " + count + " (expected: > 0)");
            } else {
                demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            }
            tellSoon();
        }

        @Override
        public void cancel() {
            synchronized (this) {
                over = true;
                waiting.clear();
            }
            remove(this);
        }

        private void tellSoon() {
            boolean due = misuse != null || (demand > 0 && !waiting.isEmpty()) || (ending && waiting.isEmpty());
            if (over || telling || !due) {
                return;
            }
            telling = true;
            try {
                executor.execute(this::tell);
            } catch (RejectedExecutionException e) {
                // Whoever owns the executor has ended it.
                over = true;
                telling = false;
                waiting.clear();
                LOG.debug("a subscriber of a fleet is told nothing more", e);
            }
        }

        private void tell() {
            try {
                for (var event = next(); event != null; event = next()) {
                    subscriber.onNext(event);
                }
            } catch (RuntimeException | Error e) {
                LOG.error("a subscriber of a fleet failed; it is told nothing more", e);
                cancel();
            }
            finish();
        }

        private synchronized @Nullable FleetEvent next() {
            if (over || misuse != null || demand == 0 || waiting.isEmpty()) {
                return null;
            }
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
            var first = waiting.entrySet().iterator();
            var event = first.next().getValue();
            first.remove();
            return event;
        }

        private void finish() {
            IllegalArgumentException wrong;
            boolean complete;
            synchronized (this) {
                telling = false;
                wrong = over ? null : misuse;
                complete = !over && wrong == null && ending && waiting.isEmpty();
                over |= wrong != null || complete;
                tellSoon();
            }
            try {
                if (wrong != null) {
                    remove(this);
                    subscriber.onError(wrong);
                } else if (complete) {
                    subscriber.onComplete();
                }
            } catch (RuntimeException | Error e) {
                LOG.error("a subscriber of a fleet failed at its end", e);
            }
        }
    }
}
