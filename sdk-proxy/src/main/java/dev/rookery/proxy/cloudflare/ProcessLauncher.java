package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.UnavailableException;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts connectors as processes. Equal if they start the same program. */
record ProcessLauncher(Path program, Path folder) implements ConnectorLauncher {

    private static final String PREFIX = "connector-";

    ProcessLauncher {
        requireNonNull(program, "program");
        folder = folder.toAbsolutePath();
    }

    @Override
    public Connector start(String connectorToken) {
        try {
            DurableFiles.createDirectories(folder);
            clean();
            var own = Files.createTempDirectory(folder, PREFIX);
            var process = new CloudflaredProcess(CloudflaredOptions.of(program, own, metrics()));
            process.start(connectorToken);
            return process;
        } catch (IOException e) {
            throw new UnavailableException("the connector does not start: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<LeftConnector> adopt(String connectorToken) {
        var left = LeftProcess.below(folder);
        // The one that requests go by; of those that none go by, the one that would be started.
        var best = left.stream()
                .max(Comparator.comparing((LeftProcess one) -> one.status().ready())
                        .thenComparing(one -> one.runs(program, connectorToken)));
        left.stream().filter(one -> best.get() != one).forEach(LeftProcess::close);
        return best.map(one -> new LeftConnector(one, one.runs(program, connectorToken)));
    }

    /** What ended leaves its log behind, and its token if nobody was there to remove it. */
    private void clean() throws IOException {
        var inUse = ProcessHandle.allProcesses()
                .flatMap(one -> Stream.of(one.info().arguments().orElse(new String[0])))
                .collect(Collectors.toSet());
        try (var left = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (var one : left) {
                if (!inUse.contains(one.resolve(CloudflaredProcess.LOG).toString())) {
                    delete(one);
                }
            }
        }
    }

    private static void delete(Path own) throws IOException {
        try (var files = Files.newDirectoryStream(own)) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(own);
    }

    /** Another program may take the port before the connector does: it ends then, and is started again with another one. */
    private static String metrics() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }
}
