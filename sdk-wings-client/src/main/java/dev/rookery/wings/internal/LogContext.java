package dev.rookery.wings.internal;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.wings.LogKeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Node and server in the logging context of a thread, until it is closed. */
final class LogContext implements AutoCloseable {

    private final @Nullable String nodeBefore = MDC.get(LogKeys.NODE);
    private final @Nullable String serverBefore = MDC.get(LogKeys.SERVER);

    private LogContext() {}

    static LogContext open(String node, Optional<ServerId> server) {
        var context = new LogContext();
        MDC.put(LogKeys.NODE, node);
        server.ifPresent(id -> MDC.put(LogKeys.SERVER, id.toString()));
        return context;
    }

    /** Returns a listener that is told everything within the context. */
    static ConsoleListener around(String node, ServerId server, ConsoleListener listener) {
        return new ConsoleListener() {
            @Override
            public void onEvent(ConsoleEvent event) {
                try (var context = open(node, Optional.of(server))) {
                    listener.onEvent(event);
                }
            }

            @Override
            public void onDisconnected(String reason) {
                try (var context = open(node, Optional.of(server))) {
                    listener.onDisconnected(reason);
                }
            }

            @Override
            public void onClosed(String reason) {
                try (var context = open(node, Optional.of(server))) {
                    listener.onClosed(reason);
                }
            }
        };
    }

    @Override
    public void close() {
        restore(LogKeys.NODE, nodeBefore);
        restore(LogKeys.SERVER, serverBefore);
    }

    private static void restore(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
