package dev.rookery.examples.panel.proxy;

import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.kit.Backoff;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.CloudflaredOptions;
import dev.rookery.proxy.cloudflare.CloudflaredProcess;
import dev.rookery.proxy.cloudflare.ConnectorStatus;
import dev.rookery.proxy.cloudflare.Tunnel;
import dev.rookery.proxy.route.CloudflareBinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** One connector: started, and started again when it has ended. One thread starts and ends it; any may ask how it is. */
final class RunningConnector {

    private static final Backoff BACKOFF = Backoff.of(Duration.ofSeconds(2), 2, Duration.ofMinutes(2), 0.2);

    private final Path program;
    private final Path folder;
    private volatile Optional<CloudflaredProcess> process = Optional.empty();
    private volatile Optional<String> said = Optional.empty();
    private int failures;
    private long notBefore = System.nanoTime();

    RunningConnector(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    ConnectorStatus status() {
        return process.map(CloudflaredProcess::status)
                .orElseGet(() -> new ConnectorStatus(false, false, 0, OptionalLong.empty(), OptionalInt.empty()));
    }

    Optional<String> said() {
        return said;
    }

    /** Starts it if it does not run, unless that failed a moment ago. */
    void ensure(CloudflareBinding binding, Function<CloudflareBinding, CloudflareApi> apis) {
        var status = status();
        if (status.running()) {
            failures = status.ready() ? 0 : failures;
            said = Optional.empty();
            return;
        }
        if (System.nanoTime() - notBefore < 0) {
            return;
        }
        failures++;
        notBefore = System.nanoTime() + BACKOFF.pauseAfter(failures).toNanos();
        try {
            endLeftOvers();
            var token = token(binding, apis.apply(binding));
            var next = new CloudflaredProcess(CloudflaredOptions.of(program, folder, metrics()));
            next.start(token);
            process = Optional.of(next);
            said = status.exitCode().isPresent()
                    ? Optional.of("it ended with " + status.exitCode().getAsInt() + " and was started again")
                    : Optional.empty();
        } catch (RookeryException e) {
            said = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    void end() {
        process.ifPresent(CloudflaredProcess::stop);
        process = Optional.empty();
    }

    private static String token(CloudflareBinding binding, CloudflareApi api) {
        var tunnels = api.tunnels(binding.accountId());
        var id = binding.tunnelId()
                .or(() -> tunnels.find(binding.tunnelName()).map(Tunnel::id))
                .orElseThrow(() -> new NotFoundException("tunnel '" + binding.tunnelName()
                        + "' is not there yet (expected: it is made when the first route goes by it)"));
        return tunnels.connectorToken(id);
    }

    /** A panel that was killed leaves its connectors behind. They are known by the file that they log to, which is this one's alone. */
    private void endLeftOvers() {
        var log = folder.resolve("cloudflared.log").toString();
        ProcessHandle.allProcesses()
                .filter(one ->
                        one.info().arguments().map(List::of).orElse(List.of()).contains(log))
                .forEach(ProcessHandle::destroy);
    }

    /** Another program may take the port before the connector does: it ends then, and is started again with another one. */
    private static String metrics() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UnavailableException("there is no free port: " + e.getMessage(), e);
        }
    }
}
