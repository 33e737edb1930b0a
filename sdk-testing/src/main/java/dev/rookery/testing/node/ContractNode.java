package dev.rookery.testing.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.ServerState;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.panel.FakePanel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node that the contracts are tried on: one of ours, a foreign daemon whose panel is our {@link FakePanel}, or a foreign node of which
 * we know nothing but a server that it has already. What a contract needs and does not find here it passes over.
 *
 * <p>Thread-safe. Closing deletes the server that the groups share, unless it was there before.
 */
public final class ContractNode implements AutoCloseable {

    private static final Duration LATER = Duration.ofSeconds(60);

    private final Node node;
    private final @Nullable FakePanel panel;
    private final @Nullable ServerId existing;
    private final boolean program;
    private final boolean strict;
    private final boolean prunable;

    // Guarded by this.
    private @Nullable ServerId shared;

    private ContractNode(Builder builder) {
        this.node = builder.node;
        this.panel = builder.panel;
        this.existing = builder.existing;
        this.program = builder.program;
        this.strict = builder.strict;
        this.prunable = builder.prunable;
    }

    /** Returns one of our own nodes, that keeps every word of the port's documentation. */
    public static ContractNode ours(Node node, FakePanel panel) {
        return builder(node).panel(panel).build();
    }

    /**
     * Returns a daemon of others that takes its servers from our panel. Where the port's documentation leaves a choice to the Go daemons,
     * it may make it.
     */
    public static ContractNode foreign(Node node, FakePanel panel) {
        return builder(node).panel(panel).lenient().build();
    }

    /** Returns a daemon of others and a server that it has; its power and its other files are left alone. */
    public static ContractNode existing(Node node, ServerId server) {
        return builder(node).existing(server).lenient().build();
    }

    /** Returns a builder of a strict node without a panel of ours and without a server. */
    public static Builder builder(Node node) {
        return new Builder(node);
    }

    /** Returns the node, asked by the panel. */
    public Node node() {
        return node;
    }

    /** Returns the node's panel, empty if that is not ours. */
    public Optional<FakePanel> panel() {
        return Optional.ofNullable(panel);
    }

    /** Returns whether the node has to keep every word of the port's documentation, also where others may differ. */
    public boolean strict() {
        return strict;
    }

    /** Returns whether its servers run the program of {@link ContractServer}, so that they may be started, stopped and talked to. */
    public boolean program() {
        return program;
    }

    /** Returns whether its servers are made for the contract, so that nothing is lost when a wrong node harms one. */
    public boolean expendable() {
        return existing == null;
    }

    /** Returns whether the unused images of its engine may be removed. */
    public boolean prunable() {
        return prunable;
    }

    /** Returns whether there is a server, or one can be made. */
    public boolean hasServer() {
        return existing != null || panel != null;
    }

    /**
     * Returns the server that the tests of several groups share: the existing one, or one that is installed at the first call.
     *
     * @throws IllegalStateException if there is none
     */
    public synchronized NodeServer server() {
        if (existing != null) {
            return node.server(existing);
        }
        if (shared == null) {
            var id = ServerId.random();
            install(id);
            shared = id;
        }
        return node.server(shared);
    }

    /** Installs a contract server and returns when that was reported and the server is offline. */
    NodeServer install(ServerId id) {
        var ours = panel().orElseThrow(() -> new IllegalStateException("the panel is not ours"));
        ours.put(ContractServer.configuration(id, false), ContractServer.install());
        node.createServer(new CreateServer(id, false));
        Eventually.holds("an install report", LATER, () -> !ours.installs(id).isEmpty());
        var server = node.server(id);
        Eventually.holds(
                () -> "offline after the installation, is " + server.details().state(),
                LATER,
                () -> server.details().state().equals(ServerState.OFFLINE));
        return server;
    }

    @Override
    public synchronized void close() {
        if (shared != null) {
            try {
                node.server(shared).delete();
            } catch (NotFoundException ignored) {
                // Deleted by a test.
            }
            shared = null;
        }
    }

    /** Collects what is known of a node. */
    public static final class Builder {

        private final Node node;
        private @Nullable FakePanel panel;
        private @Nullable ServerId existing;
        private boolean program;
        private boolean strict = true;
        private boolean prunable;

        private Builder(Node node) {
            this.node = requireNonNull(node, "node");
        }

        /** Sets the panel that the node takes its servers from; they run the contract's program then. */
        public Builder panel(FakePanel ours) {
            this.panel = requireNonNull(ours, "panel");
            this.program = true;
            return this;
        }

        /** Sets a server that the node has already. */
        public Builder existing(ServerId server) {
            this.existing = requireNonNull(server, "server");
            return this;
        }

        /** Says that the existing server runs the contract's program. */
        public Builder program() {
            this.program = true;
            return this;
        }

        /** Says that the node may choose where the port's documentation leaves a choice to the Go daemons. */
        public Builder lenient() {
            this.strict = false;
            return this;
        }

        /** Says that nobody minds if the unused images of its engine are removed. */
        public Builder prunable() {
            this.prunable = true;
            return this;
        }

        /** Returns the node. */
        public ContractNode build() {
            return new ContractNode(this);
        }
    }
}
