package dev.rookery.panel.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NodeId;
import dev.rookery.api.node.Node;
import dev.rookery.panel.NodeDirectory;
import dev.rookery.panel.spi.NodeRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The way to each node, as long as it leads there. Thread-safe. */
public final class KeptNodes implements NodeDirectory {

    private final Function<NodeRecord, Node> connect;
    private final Map<NodeId, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(NodeRecord record, Node node) {

        boolean reaches(NodeRecord other) {
            return record.url().equals(other.url())
                    && record.credentials().equals(other.credentials())
                    && record.certificate().equals(other.certificate());
        }
    }

    /**
     * Creates a directory that knows no node.
     *
     * @param connect makes the way to a node
     */
    public KeptNodes(Function<NodeRecord, Node> connect) {
        this.connect = requireNonNull(connect, "connect");
    }

    @Override
    public Node node(NodeRecord node) {
        return entries.compute(
                        node.id(),
                        (id, known) ->
                                known != null && known.reaches(node) ? known : new Entry(node, connect.apply(node)))
                .node();
    }
}
