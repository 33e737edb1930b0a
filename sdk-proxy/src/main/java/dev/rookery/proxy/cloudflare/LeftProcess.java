package dev.rookery.proxy.cloudflare;

import dev.rookery.api.UnavailableException;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A connector that a killed program left behind: a process that is nobody's child. It is known by the folder that it logs to. Thread-safe. */
final class LeftProcess implements Connector {

    private static final long STOP_SECONDS = 35;

    private final ProcessHandle process;
    private final Path own;
    private final ConnectorMetrics metrics;

    private LeftProcess(ProcessHandle process, Path own, String metrics) {
        this.process = process;
        this.own = own;
        this.metrics = new ConnectorMetrics(metrics);
    }

    /** Returns those that use a folder below this one. */
    static List<LeftProcess> below(Path folder) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> of(process, folder).stream())
                .toList();
    }

    private static Optional<LeftProcess> of(ProcessHandle process, Path folder) {
        var arguments = process.info().arguments().map(List::of).orElse(List.of());
        return after(arguments, "--logfile")
                .map(Path::of)
                .filter(log -> log.endsWith(CloudflaredProcess.LOG))
                .flatMap(log -> Optional.ofNullable(log.getParent()))
                .filter(own -> folder.equals(own.getParent()))
                .flatMap(own -> after(arguments, "--metrics").map(metrics -> new LeftProcess(process, own, metrics)));
    }

    private static Optional<String> after(List<String> arguments, String option) {
        int place = arguments.indexOf(option);
        return place < 0 || place + 1 == arguments.size() ? Optional.empty() : Optional.of(arguments.get(place + 1));
    }

    /** Returns whether this program runs it with this token. */
    boolean runs(Path program, String connectorToken) {
        var info = process.info();
        var words =
                Stream.concat(info.command().stream(), info.arguments().stream().flatMap(Stream::of));
        try {
            return words.anyMatch(program.toString()::equals)
                    && Files.readString(own.resolve(CloudflaredProcess.TOKEN_FILE), StandardCharsets.UTF_8)
                            .equals(connectorToken);
        } catch (IOException ignored) {
            // It has no token that could be compared.
            return false;
        }
    }

    @Override
    public ConnectorStatus status() {
        return process.isAlive() ? metrics.ask() : ConnectorStatus.OFF;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            DurableFiles.delete(own.resolve(CloudflaredProcess.TOKEN_FILE));
        } catch (IOException e) {
            throw new UnavailableException("the connector's token cannot be removed: " + e.getMessage(), e);
        }
    }
}
