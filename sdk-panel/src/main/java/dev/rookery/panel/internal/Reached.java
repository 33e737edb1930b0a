package dev.rookery.panel.internal;

import dev.rookery.api.RookeryException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Tells failures of calls apart by what the node may have done. */
final class Reached {

    private static final int SERVER_ERRORS = 500;
    private static final int NOT_NOW = 503;

    private Reached() {}

    /** Returns whether the node may have done what it was asked for all the same: not where it refused, or was never connected to. */
    static boolean maybe(RookeryException failure) {
        if (failure.answer().isPresent()) {
            // A gateway's 502 or 504 says nothing about the node behind it.
            int status = failure.answer().get().status();
            return status >= SERVER_ERRORS && status != NOT_NOW;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof SSLHandshakeException
                    || (cause instanceof SocketTimeoutException && ofConnecting(cause.getMessage()))
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException) {
                return false;
            }
        }
        return true;
    }

    /** A connection that takes too long and an answer that does are told by their words only. */
    private static boolean ofConnecting(@Nullable String message) {
        return message != null && message.toLowerCase(Locale.ROOT).contains("connect");
    }
}
