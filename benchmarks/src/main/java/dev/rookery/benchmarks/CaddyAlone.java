package dev.rookery.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Caddy in a folder of its own, and what it takes by itself, without anybody's help. */
final class CaddyAlone implements AutoCloseable {

    private final String program;
    private final Path folder;
    private final Path boot;
    private final Process process;

    CaddyAlone(String program, Path folder, String admin) throws IOException {
        this.program = program;
        this.folder = Files.createDirectories(folder);
        this.boot = Files.writeString(
                folder.resolve("boot.json"),
                "{\"admin\":{\"listen\":\"" + admin + "\",\"enforce_origin\":true,\"origins\":[\"" + admin
                        + "\"],\"config\":{\"persist\":false}}}");
        this.process = start("run", "--config", boot.toString());
    }

    Path boot() {
        return boot;
    }

    long pid() {
        return process.pid();
    }

    /** Checks a configuration and loads it, as the program itself does. */
    Object checkedAndLoaded(byte[] config, String admin) throws IOException, InterruptedException {
        var file = Files.write(folder.resolve("alone.json"), config);
        var check = start("validate", "--config", file.toString());
        if (check.waitFor() != 0) {
            throw new IllegalStateException("caddy validate ended with " + check.exitValue());
        }
        var request = HttpRequest.newBuilder(URI.create("http://" + admin + "/load"))
                .header("Content-Type", "application/json")
                .header("Origin", "http://" + admin)
                .header("Cache-Control", "must-revalidate")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer;
    }

    /** Runs the program; what it says is not read. */
    Process start(String... words) throws IOException {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return builder.start();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
