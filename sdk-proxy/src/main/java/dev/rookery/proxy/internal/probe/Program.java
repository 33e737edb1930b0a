package dev.rookery.proxy.internal.probe;

import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs an engine's own program for a moment. Without state. */
public final class Program {

    private static final int SAID_MAX = 1 << 20;

    private Program() {}

    /**
     * Runs it to its end.
     *
     * @param environment what it has beside ours
     * @param timeout after which it is ended
     * @throws EngineException {@link Problem#UNAVAILABLE} if it cannot be run or does not end
     */
    public static Said run(List<String> command, Map<String, String> environment, Duration timeout) {
        try {
            // Into a file: what waits for its end does not read.
            var out = Files.createTempFile("rookery", ".out");
            try {
                return run(command, environment, timeout, out);
            } finally {
                Files.deleteIfExists(out);
            }
        } catch (IOException e) {
            throw new EngineException(Problem.UNAVAILABLE, command.get(0) + " cannot be run", e);
        }
    }

    private static Said run(List<String> command, Map<String, String> environment, Duration timeout, Path out)
            throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EngineException(Problem.UNAVAILABLE, command.get(0) + " did not end in " + timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Problem.UNAVAILABLE, "interrupted while " + command.get(0) + " ran", e);
        } finally {
            process.destroyForcibly();
        }
        try (var in = Files.newInputStream(out)) {
            return new Said(process.exitValue(), new String(in.readNBytes(SAID_MAX), StandardCharsets.UTF_8));
        }
    }

    /**
     * What it said.
     *
     * @param code 0 if it is content
     * @param text all that it said, for people
     */
    public record Said(int code, String text) {}
}
