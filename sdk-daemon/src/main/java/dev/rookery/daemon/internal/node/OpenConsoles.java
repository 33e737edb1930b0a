package dev.rookery.daemon.internal.node;

import dev.rookery.api.Caller;
import dev.rookery.api.node.Deauthorization;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The consoles that are open in this process. Thread-safe. */
final class OpenConsoles {

    private final Set<DaemonConsole> open = ConcurrentHashMap.newKeySet();

    void add(DaemonConsole console) {
        open.add(console);
    }

    void remove(DaemonConsole console) {
        open.remove(console);
    }

    /** Ends the consoles of a user, on the given servers or, where none is given, on all. */
    void end(Deauthorization request) {
        for (var console : open) {
            boolean meant = console.caller() instanceof Caller.User user
                    && user.user().equals(request.user())
                    && (request.servers().isEmpty() || request.servers().contains(console.server()));
            if (meant) {
                console.takeBack();
            }
        }
    }
}
