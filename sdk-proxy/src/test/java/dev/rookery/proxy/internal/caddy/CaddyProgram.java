package dev.rookery.proxy.internal.caddy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.EngineFeatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Caddy of this machine: the one on the PATH, or the one that ROOKERY_CADDY names. All that it keeps is below a folder of the test. */
final class CaddyProgram {

    private static final long SECONDS = 60;

    private final Path folder;

    CaddyProgram(Path folder) {
        this.folder = folder;
    }

    EngineFeatures features() throws IOException, InterruptedException {
        return EngineFeatures.caddy(run("version").strip().split(" ", -1)[0]);
    }

    /** Returns what Caddy says against a configuration; empty if it would take it. */
    Optional<String> validate(byte[] config) throws IOException, InterruptedException {
        var file = folder.resolve("config.json");
        Files.write(file, config);
        var process = start("validate", "--config", file.toString());
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0 ? Optional.empty() : Optional.of(said);
    }

    Process start(String... arguments) throws IOException {
        var command = new java.util.ArrayList<String>();
        command.add(Optional.ofNullable(System.getenv("ROOKERY_CADDY")).orElse("caddy"));
        command.addAll(java.util.List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return builder.start();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
