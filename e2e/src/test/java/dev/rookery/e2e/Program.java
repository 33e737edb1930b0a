package dev.rookery.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the examples in a JVM of its own, on the class path of this test. Its output goes to a file. */
final class Program implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program.
     *
     * @param log takes everything it prints
     * @param jvm options of the JVM
     * @param main the class to run
     * @param arguments its arguments
     */
    static Program start(Path log, List<String> jvm, String main, List<String> arguments) {
        var command = command(jvm, main, arguments);
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new Program(process, log);
        } catch (IOException e) {
            throw new AssertionError("cannot start " + main, e);
        }
    }

    /** What a program printed, and how it ended. */
    record Outcome(int exitCode, String output, String errors) {}

    /** Runs a program to its end. */
    static Outcome run(String main, List<String> arguments) {
        try {
            var errors = Files.createTempFile("rookery-e2e", ".err");
            var process = new ProcessBuilder(command(List.of(), main, arguments))
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(main + " " + arguments + " does not end");
            }
            var text = Files.readString(errors);
            Files.delete(errors);
            return new Outcome(process.exitValue(), output, text);
        } catch (IOException e) {
            throw new AssertionError("cannot run " + main, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends it as {@code kill -9} does: it notices nothing. */
    void killDashNine() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it as a service manager does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the program ignores SIGTERM; its log:\n" + log());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private void awaitEnd() {
        try {
            process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(List<String> jvm, String main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return command;
    }
}
