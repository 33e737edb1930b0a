package dev.rookery.panel.internal;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.panel.NodeHealth;
import dev.rookery.panel.ServerSnapshot;
import dev.rookery.panel.ServerStates.Listener;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the listeners have not heard yet: the latest of each server and node, so never more than there are. Thread-safe. */
final class News {

    private Batch pending = new Batch();
    private boolean closed;

    synchronized void server(ServerSnapshot server) {
        pending.removed.remove(server.id());
        pending.servers.put(server.id(), server);
        notifyAll();
    }

    synchronized void removed(ServerId server) {
        pending.servers.remove(server);
        pending.removed.add(server);
        notifyAll();
    }

    synchronized void node(NodeId node, NodeHealth health) {
        pending.nodes.put(node, health);
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits for news and takes them; empty when closed. */
    synchronized Batch await() {
        while (pending.empty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closed = true;
            }
        }
        var batch = pending;
        pending = new Batch();
        return batch;
    }

    /** News of one moment. */
    static final class Batch {

        private final Map<NodeId, NodeHealth> nodes = new LinkedHashMap<>();
        private final Map<ServerId, ServerSnapshot> servers = new LinkedHashMap<>();
        private final Set<ServerId> removed = new LinkedHashSet<>();

        void tell(Listener listener) {
            nodes.forEach(listener::onNode);
            servers.values().forEach(listener::onServer);
            removed.forEach(listener::onRemoved);
        }

        private boolean empty() {
            return nodes.isEmpty() && servers.isEmpty() && removed.isEmpty();
        }
    }
}
