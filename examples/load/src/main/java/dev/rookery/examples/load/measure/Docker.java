package dev.rookery.examples.load.measure;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The engine's own command, which is also the yardstick. */
final class Docker {

    private static final int AT_ONCE = 50;

    private Docker() {}

    /** Refuses to begin without what is needed. */
    static void requireImage(String image) {
        try {
            run("image", "inspect", "--format", "{{.Id}}", image);
        } catch (UnavailableException e) {
            throw new InvalidInputException("--image: " + e.getMessage() + " (expected: an engine that has it)", e);
        }
    }

    /** Runs a command; returns what it says. */
    static String run(String... arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new UnavailableException("docker " + arguments[0] + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UnavailableException("docker " + arguments[0] + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
    }

    /** Removes containers, running or not; those that are not there do no harm. */
    static void remove(List<String> names) {
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            var command = new ArrayList<>(List.of("rm", "-f", "-v"));
            command.addAll(names.subList(from, Math.min(names.size(), from + AT_ONCE)));
            attempt(command);
        }
    }

    /** Removes a network, if nobody uses it. */
    static void removeNetwork(String name) {
        attempt(List.of("network", "rm", name));
    }

    private static void attempt(List<String> command) {
        try {
            run(command.toArray(String[]::new));
        } catch (UnavailableException ignored) {
            // Not there, or in use by another node.
        }
    }
}
