package dev.rookery.daemon;

import dev.rookery.api.node.Node;
import dev.rookery.api.panel.Panel;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A node: runs servers in containers as its panel says, and answers what a panel asks of it.
 *
 * <p>Several daemons may live in one JVM. Closing one leaves its containers running; the next one with the same directories takes
 * them up again. Thread-safe.
 */
public final class Daemon implements AutoCloseable {

    private final DaemonOptions options;
    private final Panel panel;

    Daemon(DaemonBuilder builder) {
        this.options = builder.options();
        this.panel = builder.panel();
    }

    /**
     * Returns a builder.
     *
     * @param options what can be set
     * @param panel the panel this node belongs to
     */
    public static DaemonBuilder builder(DaemonOptions options, Panel panel) {
        return new DaemonBuilder(options, panel);
    }

    /**
     * Opens the store, takes up the servers that the node had and begins to answer. Returns at once: servers are taken up in the
     * background, and neither the panel nor the engine has to be there. Repeating has no effect.
     */
    public void start() {
        throw new UnsupportedOperationException(options.appName() + panel);
    }

    /** Returns the node, asked by the panel itself, without a wire between. */
    public Node node() {
        throw new UnsupportedOperationException();
    }

    /** Returns where the HTTP edge listens; empty if there is none or it is not started. */
    public Optional<InetSocketAddress> address() {
        return Optional.empty();
    }

    /** Ends the daemon and lets go of the containers without stopping them. Repeating has no effect. */
    @Override
    public void close() {}
}
