package dev.rookery.panel.internal;

import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes servers as they were seen: what is decided from a server, its operations, backups and moves holds when it is stored, or is decided
 * again. Nothing is called while something is stored. Thread-safe.
 */
public final class ServerChanges {

    private static final int ATTEMPTS = 50;

    private final PanelStore store;

    /** Creates the way to change servers of a store. */
    public ServerChanges(PanelStore store) {
        this.store = store;
    }

    /**
     * Changes a server.
     *
     * @param decision what is to be changed, from the server as it is; may be asked several times, may throw, and may read from the store
     * @return whether something was changed; false if there is no such server
     */
    public boolean change(ServerId id, Function<PanelServer, List<ServerChange>> decision) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var server = store.servers().find(id);
            if (server.isEmpty()) {
                return false;
            }
            var changes = decision.apply(server.get());
            if (changes.isEmpty()) {
                return false;
            }
            if (store.servers().change(server.get(), changes)) {
                return true;
            }
        }
        throw new UnavailableException("server " + id + " is being changed by too many at a time");
    }

    /** Ends an operation together with what it has led to; only gives its lease back if it was replaced meanwhile. */
    boolean end(Operation operation, Function<PanelServer, List<ServerChange>> decision) {
        boolean changed = change(operation.server(), server -> present(operation) ? decision.apply(server) : List.of());
        if (!changed && operation.lease().isPresent()) {
            store.operations().finish(operation, Optional.empty());
        }
        return changed;
    }

    /** Returns the operation in a slot of a server. */
    Optional<Operation> in(ServerId server, String slot) {
        return store.operations().list(server).stream()
                .filter(operation -> operation.slot().equals(slot))
                .findFirst();
    }

    /** Refuses what cannot begin while something else is still to be done for the server. */
    public void requireIdle(PanelServer server) {
        store.operations().find(server.id()).ifPresent(operation -> {
            throw new PanelException(
                    Problem.SERVER_BUSY,
                    "server " + server.id() + " still has to be dealt with: " + operation.kind()
                            + " (expected: wait until it is done, or delete the server)",
                    Map.of("server", server.id().toString()));
        });
    }

    private boolean present(Operation operation) {
        return store.operations().list(operation.server()).stream()
                .anyMatch(one -> one.id().equals(operation.id()));
    }
}
