package dev.rookery.api.console;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.DeniedException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.NodeServer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A console as a stream with back-pressure, for any reactive library. Each subscriber gets a console of its own, opened while it
 * subscribes: {@link #subscribe} waits for the node. Nothing is told that was not requested: what comes meanwhile the console bounds, and
 * announces what it left out by a {@link ConsoleEvent.Gap}.
 *
 * <p>The subscriber is called on the console's own thread. The stream completes when the server is deleted; it fails when the console
 * cannot be opened, when its authority ends ({@link DeniedException}), and when the node ends it for another reason
 * ({@link UnavailableException}). An outage that the console overcomes by itself shows as another {@link ConsoleEvent.Connected}.
 * Immutable and thread-safe.
 */
public final class ConsolePublisher implements Flow.Publisher<ConsoleEvent> {

    private final ConsoleSource source;

    private ConsolePublisher(ConsoleSource source) {
        this.source = source;
    }

    /** Returns the console of a server as a stream. */
    public static ConsolePublisher of(NodeServer server, ConsoleOptions options) {
        return of(ConsoleSource.of(server, options));
    }

    /** Returns a console as a stream. */
    public static ConsolePublisher of(ConsoleSource source) {
        return new ConsolePublisher(requireNonNull(source, "source"));
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ConsoleEvent> subscriber) {
        var subscription = new Subscription(requireNonNull(subscriber, "subscriber"));
        subscriber.onSubscribe(subscription);
        subscription.open(source);
    }

    /** One subscriber's console. */
    private static final class Subscription implements Flow.Subscription, ConsoleGate.Exit {

        private final Flow.Subscriber<? super ConsoleEvent> subscriber;
        private final ConsoleGate gate = new ConsoleGate(this);
        private final Object lock = new Object();
        // Guarded by the lock.
        private @Nullable Console console;
        private @Nullable IllegalArgumentException misuse;
        // Only of the thread that tells events.
        private @Nullable ConsoleEvent last;

        Subscription(Flow.Subscriber<? super ConsoleEvent> subscriber) {
            this.subscriber = subscriber;
        }

        void open(ConsoleSource source) {
            if (gate.isShut()) {
                onEnd("cancelled");
                return;
            }
            Console opened;
            try {
                opened = source.open(gate);
            } catch (RuntimeException e) {
                gate.shut();
                subscriber.onError(e);
                return;
            }
            synchronized (lock) {
                console = opened;
            }
            if (gate.isShut()) {
                opened.close();
            }
        }

        @Override
        public void request(long count) {
            if (count > 0) {
                gate.permit(count);
                return;
            }
            synchronized (lock) {
                if (!gate.isShut()) {
                    misuse = new IllegalArgumentException("request: " + count + " (expected: > 0)");
                }
            }
            cancel();
        }

        @Override
        public void cancel() {
            gate.shut();
            Console open;
            synchronized (lock) {
                open = console;
            }
            if (open != null) {
                open.close();
            }
        }

        @Override
        public void onEvent(ConsoleEvent event) {
            last = event;
            try {
                subscriber.onNext(event);
            } catch (RuntimeException | Error e) {
                cancel();
                throw e;
            }
        }

        @Override
        public void onEnd(String reason) {
            IllegalArgumentException wrong;
            synchronized (lock) {
                wrong = misuse;
            }
            if (wrong != null) {
                subscriber.onError(wrong);
            } else if (!gate.isShut()) {
                gate.shut();
                tellEnd(reason);
            }
        }

        private void tellEnd(String reason) {
            if (last instanceof ConsoleEvent.Deleted) {
                subscriber.onComplete();
            } else if (last instanceof ConsoleEvent.AuthorityLost lost) {
                subscriber.onError(new DeniedException("the console ended: " + lost.text()));
            } else {
                subscriber.onError(new UnavailableException("the console ended: " + reason));
            }
        }
    }
}
