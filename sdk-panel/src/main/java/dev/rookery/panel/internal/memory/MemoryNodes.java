package dev.rookery.panel.internal.memory;

import dev.rookery.api.NodeId;
import dev.rookery.api.panel.Allocation;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.EnrolmentKey;
import dev.rookery.panel.spi.EnrolmentOutcome;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.NodeStore;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.TransferRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes, keys and allocations in memory. */
public final class MemoryNodes implements NodeStore {

    private static final Duration KEY_KEPT = Duration.ofDays(1);

    private final Tables tables;

    /** Creates the part over shared tables. */
    public MemoryNodes(Tables tables) {
        this.tables = tables;
    }

    @Override
    public NodeRecord add(NewNode node) {
        synchronized (tables) {
            if (tables.nodes.values().stream().anyMatch(n -> n.name().equalsIgnoreCase(node.name()))) {
                throw new PanelException(
                        Problem.NODE_NAME_IN_USE,
                        "there is a node '" + node.name() + "' already",
                        Map.of("name", node.name()));
            }
            var id = new NodeId(++tables.lastNode);
            var added = new NodeRecord(
                    id,
                    node.uuid(),
                    node.name(),
                    node.url(),
                    node.credentials(),
                    node.createdAt(),
                    Optional.empty(),
                    Optional.empty());
            tables.nodes.put(id, added);
            return added;
        }
    }

    @Override
    public Optional<NodeRecord> find(NodeId id) {
        synchronized (tables) {
            return Optional.ofNullable(tables.nodes.get(id));
        }
    }

    @Override
    public Optional<NodeRecord> findByTokenId(String tokenId) {
        synchronized (tables) {
            return tables.nodes.values().stream()
                    .filter(node -> node.credentials().tokenId().equals(tokenId))
                    .findFirst();
        }
    }

    @Override
    public List<NodeRecord> list() {
        synchronized (tables) {
            return tables.nodes.values().stream()
                    .sorted(Comparator.comparingInt(node -> node.id().value()))
                    .toList();
        }
    }

    @Override
    public void delete(NodeId id) {
        synchronized (tables) {
            tables.node(id);
            if (tables.servers.values().stream()
                    .anyMatch(server -> server.node().equals(id))) {
                throw new PanelException(
                        Problem.NODE_IN_USE,
                        "node " + id + " still has servers (expected: delete them first)",
                        Map.of("nodeId", id.toString()));
            }
            if (tables.transfers.values().stream()
                    .anyMatch(transfer -> transfer.state() == TransferRecord.State.RUNNING
                            && transfer.destination().equals(id))) {
                throw new PanelException(
                        Problem.NODE_IN_USE,
                        "a server is being moved to node " + id + " (expected: none; wait for its end, or cancel it)",
                        Map.of("nodeId", id.toString()));
            }
            tables.nodes.remove(id);
            tables.keys.values().removeIf(key -> key.node().equals(id));
            tables.allocations.values().removeIf(allocation -> allocation.node().equals(id));
        }
    }

    @Override
    public void addEnrolmentKey(EnrolmentKey key) {
        synchronized (tables) {
            tables.node(key.node());
            var tooOld = key.createdAt().minus(KEY_KEPT);
            tables.keys.values().removeIf(old -> old.expiresAt().isBefore(tooOld));
            tables.usedKeys.retainAll(tables.keys.keySet());
            tables.keys.put(key.sha256(), key);
        }
    }

    @Override
    public EnrolmentOutcome useEnrolmentKey(String sha256, NodeId node, Optional<String> certificate, Instant now) {
        synchronized (tables) {
            var key = tables.keys.get(sha256);
            if (key == null) {
                return EnrolmentOutcome.UNKNOWN;
            }
            if (!key.node().equals(node)) {
                return EnrolmentOutcome.OTHER_NODE;
            }
            if (tables.usedKeys.contains(sha256)) {
                return EnrolmentOutcome.USED;
            }
            if (!now.isBefore(key.expiresAt())) {
                return EnrolmentOutcome.EXPIRED;
            }
            tables.usedKeys.add(sha256);
            var old = tables.node(node);
            tables.nodes.put(
                    node,
                    new NodeRecord(
                            node,
                            old.uuid(),
                            old.name(),
                            old.url(),
                            old.credentials(),
                            old.createdAt(),
                            Optional.of(now),
                            certificate));
            return EnrolmentOutcome.ACCEPTED;
        }
    }

    @Override
    public List<AllocationRecord> addAllocations(NodeId node, Collection<Allocation> addresses) {
        synchronized (tables) {
            tables.node(node);
            var added = new ArrayList<AllocationRecord>();
            for (var address : addresses) {
                if (tables.allocations.values().stream()
                        .noneMatch(a -> a.node().equals(node) && a.address().equals(address))) {
                    var allocation = new AllocationRecord(++tables.lastAllocation, node, address, Optional.empty());
                    tables.allocations.put(allocation.id(), allocation);
                    added.add(allocation);
                }
            }
            return added;
        }
    }

    @Override
    public List<AllocationRecord> allocations(NodeId node) {
        synchronized (tables) {
            return tables.allocations.values().stream()
                    .filter(allocation -> allocation.node().equals(node))
                    .sorted(Comparator.<AllocationRecord, String>comparing(
                                    a -> a.address().ip())
                            .thenComparingInt(a -> a.address().port()))
                    .toList();
        }
    }

    @Override
    public void deleteAllocation(NodeId node, long allocationId) {
        synchronized (tables) {
            var allocation = tables.allocations.get(allocationId);
            if (allocation == null || !allocation.node().equals(node)) {
                throw new PanelException(
                        Problem.ALLOCATION_NOT_FOUND,
                        "node " + node + " has no allocation " + allocationId,
                        Map.of("allocationId", Long.toString(allocationId)));
            }
            if (allocation.server().isPresent()) {
                throw MemoryServers.inUse(allocation);
            }
            tables.allocations.remove(allocationId);
        }
    }
}
