package dev.rookery.examples.load;

import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the node's secret comes from: a file, the standard input, the environment, or, seen by all, the arguments. */
final class NodeSecret {

    static final String VARIABLE = "ROOKERY_NODE_TOKEN";

    private static final String STANDARD_INPUT = "-";
    private static final int LENGTH_MAX = 4096;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds the node's secret; - reads it from the standard input.")
    private @Nullable String file;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "The node's secret itself. Everybody on this machine can see it in the list of processes, and the shell"
                            + " remembers it: rather use --token-file or " + VARIABLE + " in the environment.")
    private @Nullable String token;

    /**
     * Returns the secret.
     *
     * @param warnings where it is said that the chosen way is unsafe
     * @throws InvalidInputException if there is none, or more than one
     */
    String read(PrintWriter warnings, InputStream standardInput) throws IOException {
        if (file != null && token != null) {
            throw new InvalidInputException("--token and --token-file: both given (expected: one)");
        }
        if (token != null) {
            warnings.println(
                    "warning: everybody on this machine can see what stands behind --token (expected: --token-file FILE, "
                            + VARIABLE + " in the environment)");
            warnings.flush();
        }
        var secret = file == null ? token == null ? System.getenv(VARIABLE) : token : fromFile(file, standardInput);
        if (secret == null || secret.isBlank()) {
            throw new InvalidInputException(
                    "no token (expected: --token-file FILE, or " + VARIABLE + " in the environment)");
        }
        return secret.strip();
    }

    private static String fromFile(String name, InputStream standardInput) throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return new String(standardInput.readNBytes(LENGTH_MAX), StandardCharsets.UTF_8);
        }
        try (var content = Files.newInputStream(Path.of(name))) {
            return new String(content.readNBytes(LENGTH_MAX), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("--token-file: there is no file " + name, e);
        }
    }
}
