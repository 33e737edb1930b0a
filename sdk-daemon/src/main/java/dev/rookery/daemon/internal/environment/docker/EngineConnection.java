package dev.rookery.daemon.internal.environment.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.DockerOptions;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one engine: pings first, then speaks the smaller of the engine's API version and the newest one tested. Thread-safe.
 */
final class EngineConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineConnection.class);
    /** The newest API version that the tests ran against. */
    private static final Version NEWEST_TESTED = new Version(1, 45);

    private static final int MAX_CONNECTIONS = 100_000;
    /** As many as the poll of statistics uses, and some. */
    private static final int KEPT_CONNECTIONS = 8;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final String socket;
    private final EngineCalls calls;
    private final DefaultDockerClientConfig unversioned;
    private final DockerHttpClient commands;
    private final DockerHttpClient streams;
    private final Object lock = new Object();
    private volatile @Nullable Session session;

    EngineConnection(DockerOptions options, EngineCalls calls) {
        this.socket = options.socket();
        this.calls = calls;
        this.unversioned = config("");
        this.commands = new KeptConnections(transport(unversioned, options.callTimeout()), KEPT_CONNECTIONS);
        this.streams = new KeptConnections(transport(unversioned, Duration.ZERO), 0);
    }

    /** Returns the client for short commands. */
    DockerClient client(CancelSignal cancel) {
        return open(cancel).client();
    }

    /** Returns the transport for streams, and the prefix of their paths. */
    Streams streams(CancelSignal cancel) {
        return new Streams(streams, "/v" + open(cancel).version());
    }

    /** Returns the transport for short commands, and the prefix of their paths. */
    Streams commands(CancelSignal cancel) {
        return new Streams(commands, "/v" + open(cancel).version());
    }

    /** Forgets the version, so that an engine that was exchanged is asked again. */
    void forget() {
        session = null;
    }

    @Override
    public void close() {
        closeQuietly(commands);
        closeQuietly(streams);
    }

    private Session open(CancelSignal cancel) {
        var present = session;
        if (present != null) {
            return present;
        }
        // Outside of the lock: the engine may take its time, and two pings do no harm.
        var version = calls.run("ping", cancel, () -> {
            var client = DockerClientImpl.getInstance(unversioned, commands);
            client.pingCmd().exec();
            return Version.parse(client.versionCmd().exec().getApiVersion()).min(NEWEST_TESTED);
        });
        synchronized (lock) {
            var opened = session;
            if (opened == null) {
                opened = new Session(version, DockerClientImpl.getInstance(config(version.toString()), commands));
                session = opened;
                LOG.info("container engine at {}, API version {}", socket, version);
            }
            return opened;
        }
    }

    private DefaultDockerClientConfig config(String apiVersion) {
        var builder = DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(socket);
        if (!apiVersion.isEmpty()) {
            builder.withApiVersion(apiVersion);
        }
        return builder.build();
    }

    private static DockerHttpClient transport(DefaultDockerClientConfig config, Duration responseTimeout) {
        var builder = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .connectionTimeout(CONNECT_TIMEOUT)
                .maxConnections(MAX_CONNECTIONS);
        if (!responseTimeout.isZero()) {
            builder.responseTimeout(responseTimeout);
        }
        return builder.build();
    }

    private static void closeQuietly(DockerHttpClient client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("closing the connection to the engine", e);
        }
    }

    /** A transport and the prefix of its paths. */
    record Streams(DockerHttpClient transport, String prefix) {}

    private record Session(Version version, DockerClient client) {}

    /** An API version such as 1.41. */
    record Version(int major, int minor) {

        static Version parse(String text) {
            int dot = text.indexOf('.');
            return new Version(Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
        }

        Version min(Version other) {
            boolean less = major < other.major || (major == other.major && minor < other.minor);
            return less ? this : other;
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }
}
