package dev.rookery.panel.internal;

import dev.rookery.api.RookeryException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

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
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException) {
                return false;
            }
        }
        return true;
    }
}
