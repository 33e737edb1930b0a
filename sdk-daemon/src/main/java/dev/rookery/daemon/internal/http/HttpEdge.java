package dev.rookery.daemon.internal.http;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.node.Node;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.api.token.RotatingCredentials;
import dev.rookery.kit.NamedThreads;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@link Node} on the wire as a Wings-compatible node: HTTP/1.1 with the console's WebSocket, TLS if configured.
 *
 * <p>Thread-safe; {@link #start()} and {@link #close()} may be repeated. The node is called on worker threads,
 * never on an event loop, but for the calls that were named as {@linkplain Builder#prompt prompt}.
 */
public final class HttpEdge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);

    private final Builder config;
    private final Object lock = new Object();
    private final ChannelGroup channels = new DefaultChannelGroup("edge", GlobalEventExecutor.INSTANCE);

    // Guarded by lock.
    private @Nullable Running running;

    private HttpEdge(Builder config) {
        this.config = config;
    }

    /**
     * Returns a builder.
     *
     * @param node who answers
     * @param credentials what the panel knows us by
     * @param options how to listen
     * @throws IllegalStateException if the Netty on the class path is not a 4.2
     */
    public static Builder builder(Node node, NodeCredentials credentials, HttpEdgeOptions options) {
        NettyVersion.check();
        return new Builder(node, credentials, options);
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address is not free, or certificate and key cannot be used; nothing is left open then
     */
    public void start() throws IOException {
        synchronized (lock) {
            if (running != null) {
                return;
            }
            var own = config.executor == null ? NamedThreads.perTask("edge-worker") : null;
            var workers = config.executor == null ? requireNonNull(own) : config.executor;
            var edge = new Edge(
                    config.node,
                    config.credentials(),
                    config.options,
                    workers,
                    config.clock,
                    channels,
                    config.prompt,
                    config.listener);
            Listener listener = null;
            try {
                listener = Listener.open(edge);
            } finally {
                if (listener == null && own != null) {
                    own.shutdownNow();
                }
            }
            running = new Running(listener.channel(), listener.loops(), own);
            watch(listener, workers);
            LOG.info("listening on {}", listener.channel().localAddress());
        }
    }

    /** Looks at certificate and key from time to time, for as long as the loops run. */
    private void watch(Listener listener, Executor workers) {
        var tls = listener.tls();
        if (tls == null) {
            return;
        }
        long period = config.options.limits().tlsCheck().toMillis();
        listener.loops()
                .next()
                .scheduleWithFixedDelay(
                        () -> {
                            try {
                                workers.execute(tls::look);
                            } catch (RejectedExecutionException e) {
                                LOG.debug("not looked at the certificate while closing", e);
                            }
                        },
                        period,
                        period,
                        TimeUnit.MILLISECONDS);
    }

    /**
     * Returns the port it listens on.
     *
     * @throws IllegalStateException if it is not running
     */
    public int port() {
        synchronized (lock) {
            if (running == null) {
                throw new IllegalStateException("the edge is not running (expected: start() before port())");
            }
            return ((InetSocketAddress) running.channel.localAddress()).getPort();
        }
    }

    /** Stops to listen, lets running requests finish within the configured time, tells consoles to come back, and closes the rest. */
    @Override
    public void close() {
        Running was;
        synchronized (lock) {
            was = running;
            running = null;
        }
        if (was == null) {
            return;
        }
        was.channel.close().syncUninterruptibly();
        for (var channel : channels) {
            channel.eventLoop().execute(() -> closeGracefully(channel));
        }
        long timeout = config.options.limits().closeTimeout().toMillis();
        channels.newCloseFuture().awaitUninterruptibly(timeout);
        channels.close().awaitUninterruptibly(timeout);
        was.loops.shutdownGracefully(0, timeout, TimeUnit.MILLISECONDS).awaitUninterruptibly(timeout);
        if (was.ownWorkers != null) {
            was.ownWorkers.shutdownNow();
        }
    }

    private static void closeGracefully(Channel channel) {
        var http = channel.pipeline().context(HttpConnection.class);
        var console = channel.pipeline().context(ConsoleSocket.class);
        if (http != null) {
            ((HttpConnection) http.handler()).closeGracefully(http);
        } else if (console != null) {
            ConsoleSocket.closeGracefully(console);
        } else {
            channel.close();
        }
    }

    private record Running(
            Channel channel, EventLoopGroup loops, @Nullable ExecutorService ownWorkers) {}

    /** Collects what an edge needs. */
    public static final class Builder {

        private final Node node;
        private final NodeCredentials fixed;
        private final HttpEdgeOptions options;
        private @Nullable RotatingCredentials rotating;
        private @Nullable ExecutorService executor;
        private Clock clock = Clock.systemUTC();
        private Set<NodeCall> prompt = Set.of();
        private EdgeListener listener = (server, caller, directory, file) -> {};

        private Builder(Node node, NodeCredentials credentials, HttpEdgeOptions options) {
            this.node = requireNonNull(node, "node");
            this.fixed = requireNonNull(credentials, "credentials");
            this.options = requireNonNull(options, "options");
        }

        /**
         * Sets what runs everything that may block: a thread per task. The caller closes it, after the edge. By default the edge has
         * threads of its own.
         */
        public Builder executor(ExecutorService executor) {
            this.executor = requireNonNull(executor, "executor");
            return this;
        }

        /** Sets credentials that may be exchanged while the edge runs, instead of the fixed ones. */
        public Builder credentials(RotatingCredentials credentials) {
            this.rotating = requireNonNull(credentials, "credentials");
            return this;
        }

        /** Sets the clock that tokens are judged by, the system's by default. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Names calls that the node answers from memory, and that are therefore answered on the event loops: a hand-over to a worker and
         * back costs more than such an answer. By default there are none.
         */
        public Builder prompt(Set<NodeCall> calls) {
            this.prompt = Set.copyOf(calls);
            return this;
        }

        /** Sets who hears what browsers did; nobody by default. */
        public Builder listener(EdgeListener listener) {
            this.listener = requireNonNull(listener, "listener");
            return this;
        }

        private RotatingCredentials credentials() {
            return rotating == null ? RotatingCredentials.of(fixed, clock) : rotating;
        }

        /** Returns an edge that does not listen yet. */
        public HttpEdge build() {
            return new HttpEdge(this);
        }
    }
}
