package dev.rookery.wings.internal;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.wings.LogKeys;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Node and server in the logging context of a thread, until it is left. */
final class LogContext {

    private final @Nullable String nodeBefore = MDC.get(LogKeys.NODE);
    private final @Nullable String serverBefore = MDC.get(LogKeys.SERVER);

    private LogContext() {}

    /** Runs a task within the context. */
    static <T> T within(String node, Optional<ServerId> server, Supplier<T> task) {
        var context = open(node, server);
        try {
            return task.get();
        } finally {
            context.close();
        }
    }

    private static LogContext open(String node, Optional<ServerId> server) {
        var context = new LogContext();
        MDC.put(LogKeys.NODE, node);
        server.ifPresent(id -> MDC.put(LogKeys.SERVER, id.toString()));
        return context;
    }

    /** Returns a listener that is told everything within the context. */
    static ConsoleListener around(String node, ServerId server, ConsoleListener listener) {
        return new ConsoleListener() {
            private void tell(Runnable what) {
                within(node, Optional.of(server), () -> {
                    what.run();
                    return server;
                });
            }

            @Override
            public void onEvent(ConsoleEvent event) {
                tell(() -> listener.onEvent(event));
            }

            @Override
            public void onDisconnected(String reason) {
                tell(() -> listener.onDisconnected(reason));
            }

            @Override
            public void onClosed(String reason) {
                tell(() -> listener.onClosed(reason));
            }
        };
    }

    private void close() {
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
