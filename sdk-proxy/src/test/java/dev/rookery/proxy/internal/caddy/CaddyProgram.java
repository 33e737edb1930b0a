package dev.rookery.proxy.internal.caddy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.EngineFeatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Caddy of this machine. All that it keeps is below a folder of the test. */
final class CaddyProgram {

    private static final long SECONDS = 60;

    private final String program;
    private final Path folder;

    CaddyProgram(String program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Returns those that are here: the one on the PATH or that ROOKERY_CADDY names, and a newer one and one with its plugin for connections if named. */
    static List<String> all() {
        var all = new ArrayList<String>();
        all.add(Optional.ofNullable(System.getenv("ROOKERY_CADDY")).orElse("caddy"));
        for (var further : List.of("ROOKERY_CADDY_NEW", "ROOKERY_CADDY_L4")) {
            Optional.ofNullable(System.getenv(further))
                    .filter(name -> !name.isBlank())
                    .ifPresent(all::add);
        }
        return all;
    }

    EngineFeatures features() {
        return new CaddyBinary(program, folder).features();
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

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(program);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return builder.start();
    }
}
