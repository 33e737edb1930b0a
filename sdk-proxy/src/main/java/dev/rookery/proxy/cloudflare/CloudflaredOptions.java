package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a connector is run.
 *
 * @param program the file of cloudflared
 * @param folder for its token and its log; nobody else should be able to read it
 * @param metrics where it tells how it is, such as {@code 127.0.0.1:20241}; only we should be able to reach it
 * @param arguments further ones of {@code cloudflared tunnel}; the token is none of them, for all users of a machine see arguments
 * @param stopLimit how long it may take to stop by itself
 */
public record CloudflaredOptions(
        Path program, Path folder, String metrics, List<String> arguments, Duration stopLimit) {

    /** Checks its arguments. */
    public CloudflaredOptions {
        requireNonNull(program, "program");
        requireNonNull(folder, "folder");
        arguments = List.copyOf(arguments);
        requireNonNull(stopLimit, "stopLimit");
        if (!metrics.matches("[A-Za-z0-9.:\\[\\]-]+:\\d{1,5}")) {
            throw new InvalidInputException("metrics (expected: an address and a port, such as 127.0.0.1:20241)");
        }
        if (arguments.stream().anyMatch(argument -> argument.startsWith("--token"))) {
            throw new InvalidInputException(
                    "arguments with a token (expected: the token at the start of the connector)");
        }
    }

    /** Returns what is usual. */
    public static CloudflaredOptions of(Path program, Path folder, String metrics) {
        return new CloudflaredOptions(program, folder, metrics, List.of(), Duration.ofSeconds(35));
    }
}
