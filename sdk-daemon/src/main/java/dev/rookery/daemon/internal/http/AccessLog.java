package dev.rookery.daemon.internal.http;

import dev.rookery.kit.Correlation;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** Writes one line per answered request: what changes something at info, the rest at debug. Never a header or a parameter. */
final class AccessLog {

    private static final String SERVER = "server";

    private static final Logger LOG = LoggerFactory.getLogger("dev.rookery.daemon.http");

    private AccessLog() {}

    static void log(Exchange exchange, int status) {
        boolean change = exchange.match != null && exchange.match.changes();
        if (change ? !LOG.isInfoEnabled() : !LOG.isDebugEnabled()) {
            return;
        }
        // An unknown target is not repeated: it is the client's text, and may hold a token.
        var what = exchange.match == null
                ? "unknown route"
                : exchange.match.route().replace("{uuid}", exchange.match.server());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - exchange.startNanos);
        var server = exchange.match == null ? "" : exchange.match.server();
        tagged(
                exchange.correlationId,
                server,
                () -> LOG.atLevel(change ? Level.INFO : Level.DEBUG)
                        .log("{} -> {} in {} ms for {}", what, status, millis, exchange.client));
    }

    /** Runs a task whose log lines carry correlation and server. */
    static void tagged(String correlation, String server, Runnable task) {
        var scope = Correlation.open(correlation);
        MDC.put(SERVER, server);
        try {
            task.run();
        } finally {
            MDC.remove(SERVER);
            scope.close();
        }
    }
}
