package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a connector of a tunnel as a process. Its token comes to it by a file that only its user may read, never by arguments. Thread-safe; {@link #start} does
 * not wait until it is ready, {@link #stop} waits until it has ended.
 */
public final class CloudflaredProcess implements Connector {

    /** The name of its log. */
    static final String LOG = "cloudflared.log";

    /** The name of the file by which the token comes to it. */
    static final String TOKEN_FILE = "connector-token";

    private final CloudflaredOptions options;
    private final ConnectorMetrics metrics;
    private volatile @Nullable Process process;

    /** Creates it; nothing runs yet. */
    public CloudflaredProcess(CloudflaredOptions options) {
        this.options = requireNonNull(options, "options");
        this.metrics = new ConnectorMetrics(options.metrics());
    }

    /**
     * Starts the connector, unless it runs.
     *
     * @param connectorToken of {@link Tunnels#connectorToken}
     */
    public synchronized void start(String connectorToken) {
        if (connectorToken.isBlank()) {
            throw new InvalidInputException("connector token: empty (expected: that of the tunnel)");
        }
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            DurableFiles.createDirectories(options.folder());
            DurableFiles.write(
                    token(), connectorToken.getBytes(java.nio.charset.StandardCharsets.UTF_8), DurableFiles.PRIVATE);
            var builder = new ProcessBuilder(command())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeIf(name -> name.startsWith("TUNNEL_"));
            builder.environment().put("TUNNEL_TOKEN_FILE", token().toString());
            process = builder.start();
        } catch (IOException e) {
            throw new UnavailableException("the connector does not start: " + e.getMessage(), e);
        }
    }

    @Override
    public ConnectorStatus status() {
        // Nobody who asks waits for one that stops.
        var now = process;
        if (now == null) {
            return ConnectorStatus.OFF;
        }
        if (!now.isAlive()) {
            return ConnectorStatus.ended(now.exitValue());
        }
        return metrics.ask();
    }

    /** Stops the connector: asks it to end, and ends it if it takes too long. Its token is gone with it. */
    public synchronized void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(options.stopLimit().toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process = null;
        try {
            DurableFiles.delete(token());
        } catch (IOException e) {
            throw new UnavailableException("the connector's token cannot be removed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Path token() {
        return options.folder().resolve(TOKEN_FILE);
    }

    private List<String> command() {
        var command = new ArrayList<>(List.of(
                options.program().toString(),
                "--no-autoupdate",
                "tunnel",
                "--metrics",
                options.metrics(),
                "--logfile",
                options.folder().resolve(LOG).toString()));
        command.addAll(options.arguments());
        command.add("run");
        return command;
    }
}
