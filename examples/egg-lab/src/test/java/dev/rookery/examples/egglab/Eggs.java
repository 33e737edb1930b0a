package dev.rookery.examples.egglab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Eggs for the tests. */
final class Eggs {

    static final String GOOD = """
            meta: {version: PLCN_v3}
            name: Demo
            author: demo@rookery.example
            docker_images: {Java 21: 'registry.example/java:21'}
            startup_commands: {Default: './run -p {{SERVER_PORT}}', Safe: './run --safe'}
            config:
              files: {server.cfg: {parser: file, find: {'port ': 'port {{server.allocations.default.port}}'}}}
              startup: {done: ready}
              stop: quit
            scripts:
              installation: {script: 'echo hi', container: 'registry.example/sh:1', entrypoint: ash}
            variables:
              - {name: Slots, env_variable: SLOTS, default_value: 8, user_viewable: true, rules: [required, integer], sort: 1}
            """;
    static final String ODD = GOOD.replace("quit", "^X").replace("SLOTS", "slots");
    static final String BAD = "{\n  \"meta\": oops\n}";

    private Eggs() {}

    static Path write(Path folder, String name, String egg) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, egg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
