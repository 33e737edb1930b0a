package dev.rookery.daemon;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.node.Node;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.token.RotatingCredentials;
import dev.rookery.daemon.internal.http.HttpEdge;
import dev.rookery.daemon.internal.job.CrashPoints;
import dev.rookery.daemon.internal.node.DaemonNode;
import dev.rookery.daemon.internal.node.EdgeActivity;
import dev.rookery.daemon.internal.node.LentThreads;
import dev.rookery.daemon.internal.node.NodeRuntime;
import dev.rookery.daemon.internal.node.Operation;
import dev.rookery.daemon.internal.sftp.SftpNode;
import dev.rookery.daemon.internal.sftp.SftpServer;
import dev.rookery.kit.NamedThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node: runs servers in containers as its panel says, and answers what a panel asks of it.
 *
 * <p>Several daemons may live in one JVM. Closing one leaves its containers running; the next one with the same directories takes
 * them up again. Thread-safe.
 */
public final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final DaemonOptions options;
    private final Panel panel;
    private final Clock clock;
    private final CrashPoints points;
    private final NodeRuntime.Providers providers;
    private final Optional<Executor> executor;
    private final Optional<RotatingCredentials> credentials;
    private final Operation operation;
    private final Object lock = new Object();
    private volatile @Nullable NodeRuntime runtime;
    private @Nullable HttpEdge edge;
    private @Nullable SftpServer sftp;
    private boolean closed;

    Daemon(DaemonBuilder builder) {
        this.options = builder.options();
        this.panel = builder.panel();
        this.clock = builder.clock();
        this.points = builder.crashPoints();
        this.providers = new NodeRuntime.Providers(builder.environment(), builder.diskQuotas());
        this.executor = builder.executor();
        this.credentials = builder.credentials()
                .or(() -> options.credentials().map(known -> RotatingCredentials.of(known, clock)));
        this.operation = Operation.of(options, builder.configurationFile(), credentials, builder.log());
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
     * @throws dev.rookery.api.ConflictException if another daemon uses the same root directory
     * @throws InvalidInputException if the kernel shall keep the servers' disk limits and cannot; the message says what is missing
     * @throws UncheckedIOException if the HTTP edge or SFTP cannot listen or a directory cannot be created; nothing is left open then
     */
    public void start() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the daemon was closed (expected: build a new one)");
            }
            if (runtime == null) {
                runtime = startRuntime();
                try {
                    edge = startEdge(runtime);
                    sftp = startSftp(runtime);
                } catch (RuntimeException e) {
                    release();
                    throw e;
                }
            }
        }
    }

    /** Returns the node, asked by the panel itself, without a wire between. */
    public Node node() {
        return new DaemonNode(() -> runtime, operation);
    }

    /**
     * Holds a server for whoever moves its files elsewhere by means of their own: it is stopped, and until {@link #endTransfer} nothing of it is
     * started or installed, by anybody and also after a restart of the daemon. It can still be deleted, which is how a move ends on
     * the node that it leaves; the panel sees {@code transferring} in its
     * {@linkplain dev.rookery.api.node.ServerCondition#activity() condition}. Repeating waits again and changes nothing.
     *
     * <p>Returns once nothing of the server runs. A process that does not end is killed after the time that
     * {@linkplain PowerOptions the options} give it. A server is held once, however many have asked for it: the first who ends the transfer lets
     * go of it. Where this fails after the server was told to end, it stays held until {@link #endTransfer} is called.
     *
     * @throws dev.rookery.api.NotFoundException if the node has no such server
     * @throws dev.rookery.api.ConflictException if it is being installed or deleted, or was deleted or let go of before its process had ended
     * @throws dev.rookery.api.DeadlineException if its process has not ended in time; it stays held
     * @throws dev.rookery.api.UnavailableException if the daemon is not running, or does not know yet what runs, or the thread was
     *     interrupted while it waited, in which case it stays held
     */
    public void beginTransfer(ServerId server) {
        new DaemonNode(() -> runtime, operation).beginTransfer(server);
    }

    /**
     * Lets a server run again that was {@linkplain #beginTransfer held}; without effect if it was not. It is not started.
     *
     * @throws dev.rookery.api.NotFoundException if the node has no such server
     * @throws dev.rookery.api.UnavailableException if the daemon is not running
     */
    public void endTransfer(ServerId server) {
        new DaemonNode(() -> runtime, operation).endTransfer(server);
    }

    /** Returns where the HTTP edge listens; empty if there is none or it is not started. */
    public Optional<InetSocketAddress> address() {
        synchronized (lock) {
            var present = edge;
            return present == null
                    ? Optional.empty()
                    : options.api().map(api -> new InetSocketAddress(api.host(), present.port()));
        }
    }

    /** Returns where SFTP listens; empty if there is none or it is not started. */
    public Optional<InetSocketAddress> sftpAddress() {
        synchronized (lock) {
            var present = sftp;
            return present == null
                    ? Optional.empty()
                    : options.sftp().map(asked -> new InetSocketAddress(asked.host(), present.port()));
        }
    }

    /** Ends the daemon and lets go of the containers without stopping them. Repeating has no effect. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            release();
        }
    }

    private NodeRuntime startRuntime() {
        var threads = executor.<ExecutorService>map(LentThreads::new)
                .orElseGet(() -> NamedThreads.perTask(
                        "rookery-" + options.nodeUuid().toString().substring(0, 8)));
        try {
            return NodeRuntime.start(options, panel, clock, providers, threads, points);
        } catch (RuntimeException e) {
            threads.shutdownNow();
            throw e;
        }
    }

    private @Nullable HttpEdge startEdge(NodeRuntime started) {
        var api = options.api();
        if (api.isEmpty()) {
            return null;
        }
        var known = credentials.orElseThrow(() -> new InvalidInputException(
                "token_id, token: missing (expected: what the panel knows this node by, for api.port "
                        + api.get().port() + " to be served)"));
        var building = HttpEdge.builder(
                        node(),
                        known.get(),
                        NodeEndpoint.edgeOptions(
                                api.get(),
                                tls(api.get()),
                                options.panelUrl().map(Object::toString).orElse("")))
                .credentials(known)
                .prompt(Set.of(NodeCall.SERVER_DETAILS))
                .listener(new EdgeActivity(started.services().activity(), clock))
                .clock(clock);
        executor.ifPresent(ignored -> building.executor(started.services().threads()));
        var opened = building.build();
        try {
            opened.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + api.get().host() + ":" + api.get().port() + ": " + e.getMessage(), e);
        }
    }

    private @Nullable SftpServer startSftp(NodeRuntime started) {
        if (options.sftp().isEmpty()) {
            return null;
        }
        var services = started.services();
        try {
            return SftpServer.start(
                    options.sftp().get(),
                    new SftpNode(
                            options.system().dataDirectory(),
                            panel,
                            options.panelTimeout(),
                            clock,
                            services.threads(),
                            started::find,
                            started.sftp(),
                            services.activity()));
        } catch (IOException e) {
            throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Files, or what the node has made for itself. */
    private Optional<ApiOptions.Tls> tls(ApiOptions api) {
        if (api.tls().isPresent() || !api.selfSigned()) {
            return api.tls();
        }
        try {
            var own = NodeCertificate.of(options, clock);
            LOG.info("this node's certificate has the SHA-256 fingerprint {}", own.sha256());
            return Optional.of(new ApiOptions.Tls(own.certificate(), own.key()));
        } catch (IOException e) {
            throw new UncheckedIOException("no certificate: " + e.getMessage(), e);
        }
    }

    private void release() {
        var presentEdge = edge;
        var presentRuntime = runtime;
        var presentSftp = sftp;
        edge = null;
        sftp = null;
        if (presentSftp != null) {
            presentSftp.close();
        }
        if (presentEdge != null) {
            presentEdge.close();
        }
        runtime = null;
        if (presentRuntime != null) {
            presentRuntime.close();
        }
    }
}
