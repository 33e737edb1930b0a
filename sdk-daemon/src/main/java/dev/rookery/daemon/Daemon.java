package dev.rookery.daemon;

import dev.rookery.api.node.Node;
import dev.rookery.api.panel.Panel;
import dev.rookery.daemon.internal.environment.docker.DockerEnvironment;
import dev.rookery.daemon.internal.node.DaemonNode;
import dev.rookery.daemon.internal.node.NodeRuntime;
import dev.rookery.kit.NamedThreads;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node: runs servers in containers as its panel says, and answers what a panel asks of it.
 *
 * <p>Several daemons may live in one JVM. Closing one leaves its containers running; the next one with the same directories takes
 * them up again. Thread-safe.
 */
public final class Daemon implements AutoCloseable {

    private final DaemonOptions options;
    private final Panel panel;
    private final Clock clock;
    private final Object lock = new Object();
    private volatile @Nullable NodeRuntime runtime;
    private boolean closed;

    Daemon(DaemonBuilder builder) {
        this.options = builder.options();
        this.panel = builder.panel();
        this.clock = builder.clock();
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
     *
     * @throws IllegalStateException if the daemon was closed
     */
    public void start() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the daemon was closed (expected: build a new one)");
            }
            if (runtime == null) {
                var threads = NamedThreads.perTask(
                        "rookery-" + options.nodeUuid().toString().substring(0, 8));
                try {
                    var environment = new DockerEnvironment(options.docker(), options.nodeUuid(), threads);
                    runtime = NodeRuntime.start(options, panel, clock, environment, threads);
                } catch (RuntimeException e) {
                    threads.shutdownNow();
                    throw e;
                }
            }
        }
    }

    /** Returns the node, asked by the panel itself, without a wire between. */
    public Node node() {
        return new DaemonNode(() -> runtime);
    }

    /** Returns where the HTTP edge listens; empty if there is none or it is not started. */
    public Optional<InetSocketAddress> address() {
        return Optional.empty();
    }

    /** Ends the daemon and lets go of the containers without stopping them. Repeating has no effect. */
    @Override
    public void close() {
        NodeRuntime present;
        synchronized (lock) {
            closed = true;
            present = runtime;
            runtime = null;
        }
        if (present != null) {
            present.close();
        }
    }
}
