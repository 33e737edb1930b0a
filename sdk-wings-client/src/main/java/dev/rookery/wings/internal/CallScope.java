package dev.rookery.wings.internal;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.wings.CallObserver;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What surrounds each call to a node: the logging context and the observer.
 *
 * @param node how logs and metrics name the node
 * @param observer watches calls
 * @param dialect what the node speaks, as far as it is known
 */
record CallScope(String node, CallObserver observer, Supplier<Optional<Dialect>> dialect) {

    private static final Logger LOG = LoggerFactory.getLogger(CallScope.class);

    /** Runs a call. */
    <T> T around(RemoteCall call, Supplier<T> body) {
        return LogContext.within(node, call.server(), () -> observed(call, body));
    }

    private <T> T observed(RemoteCall call, Supplier<T> body) {
        var observed = begin(call);
        try {
            T result = body.get();
            end(observed, "success", Optional.empty());
            return result;
        } catch (RookeryException e) {
            end(observed, outcome(e), Optional.of(e));
            throw e;
        } catch (RuntimeException | Error e) {
            end(observed, "error", Optional.empty());
            throw e;
        }
    }

    private CallObserver.Observed begin(RemoteCall call) {
        try {
            return observer.begin(new CallObserver.ObservedCall(call.endpoint().toString(), node, call.server()));
        } catch (RuntimeException e) {
            LOG.warn("a call observer failed", e);
            return CallObserver.none().begin(new CallObserver.ObservedCall("", node, call.server()));
        }
    }

    private void end(CallObserver.Observed observed, String outcome, Optional<RookeryException> failure) {
        try {
            observed.end(outcome, dialect.get(), failure);
        } catch (RuntimeException e) {
            LOG.warn("a call observer failed", e);
        }
    }

    private static String outcome(RookeryException e) {
        if (e instanceof InvalidInputException) {
            return "invalid-input";
        }
        if (e instanceof DeniedException) {
            return "denied";
        }
        if (e instanceof NotFoundException) {
            return "not-found";
        }
        if (e instanceof ConflictException) {
            return "conflict";
        }
        if (e instanceof NotOfferedException) {
            return "not-offered";
        }
        if (e instanceof DeadlineException) {
            return "deadline";
        }
        if (e instanceof UnavailableException) {
            return "unavailable";
        }
        return e instanceof ProtocolException ? "protocol" : "error";
    }
}
