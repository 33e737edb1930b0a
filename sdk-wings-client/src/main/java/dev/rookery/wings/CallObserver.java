package dev.rookery.wings;

import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import java.util.Optional;

/**
 * Watches the calls to a node, for metrics and traces; {@link dev.rookery.wings.micrometer.MicrometerCallObserver} is one. Told on the
 * calling thread; what it throws is logged and changes nothing. Implementations are thread-safe.
 */
@FunctionalInterface
public interface CallObserver {

    /** Returns an observer that does nothing. */
    static CallObserver none() {
        return call -> (outcome, dialect, failure) -> {};
    }

    /**
     * Hears that a call begins, before its first try.
     *
     * @return is told once how the call ends, on the same thread
     */
    Observed begin(ObservedCall call);

    /**
     * A call. Only {@code endpoint} has few enough values for a metric.
     *
     * @param endpoint method and path template, such as {@code POST /api/servers/{uuid}/power}
     * @param node the node's URL
     * @param server which server it is about, if it is about one
     */
    record ObservedCall(String endpoint, String node, Optional<ServerId> server) {}

    /** A call under way. */
    @FunctionalInterface
    interface Observed {

        /**
         * Hears that the call is over, all its tries included. A call that hands out a body is over when its head is there.
         *
         * @param outcome {@code success}, or the kind of the failure, such as {@code not-found} or {@code unavailable}
         * @param dialect what the node speaks, empty if that is not known yet
         * @param failure what the caller gets, empty after a success
         */
        void end(String outcome, Optional<Dialect> dialect, Optional<RookeryException> failure);
    }
}
