package dev.rookery.examples.load.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What figures were measured on. */
final class Machine {

    private static final long PATIENCE_SECONDS = 20;

    private Machine() {}

    /** Returns lines that say when, on which machine and with what the program was measured. */
    static List<String> conditions(NodeProgram program) {
        var lines = new ArrayList<String>();
        lines.add(Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", load average before: " + load());
        lines.add(Runtime.getRuntime().availableProcessors() + " processors (" + processor() + "), " + memory()
                + ", Linux " + System.getProperty("os.version"));
        lines.add("node: " + String.join(" ", program.command()) + " on " + java(program) + "; measured from "
                + System.getProperty("java.vm.name") + " " + Runtime.version());
        if (program.runtime().equals("docker")) {
            lines.add("engine: "
                    + said("docker", "version", "--format", "{{.Server.Version}} (API {{.Server.APIVersion}})"));
        } else {
            lines.add("servers run as child processes");
        }
        return lines;
    }

    private static String java(NodeProgram program) {
        var home = program.java() == null
                ? System.getenv("JAVA_HOME")
                : program.java().toString();
        return said(home == null ? "java" : home + "/bin/java", "-version");
    }

    /** Returns the first line that a program says. */
    private static String said(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return text.lines().findFirst().orElse("?").strip();
        } catch (IOException e) {
            return "unknown (" + e.getMessage() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    private static String load() {
        return first("/proc/loadavg", "").replaceAll("^(\\S+ \\S+ \\S+).*", "$1");
    }

    private static String processor() {
        return first("/proc/cpuinfo", "model name").replaceAll(".*: ", "");
    }

    private static String memory() {
        var kilobytes = first("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return kilobytes.isEmpty() ? "memory unknown" : Long.parseLong(kilobytes) / 1024 / 1024 + " GiB";
    }

    private static String first(String file, String start) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(start)).findFirst().orElse("");
        } catch (IOException ignored) {
            // Not on this machine.
            return "";
        }
    }
}
