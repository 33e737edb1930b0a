package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.UnavailableException;
import dev.rookery.proxy.engine.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector that is a process, kept and replaced: a script in the place of cloudflared, and the real one. */
class ConnectorProcessTest {

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final ConnectorKeeper keeper = new ConnectorKeeper(clock);

    @AfterEach
    void stop() {
        keeper.close();
    }

    @Test
    void takesOverTheProcessOfAKilledProgramAndReplacesItForAnotherToken() throws Exception {
        var program = script("while true; do sleep 0.2; done");
        var processes = ConnectorLauncher.processes(program, folder.resolve("own"));
        keeper.want(processes, "one-canary");
        keeper.look();
        until(() -> tokens().contains("one-canary"));
        // A shell that waits keeps its arguments, by which it is known.
        var first = pids().get(0);
        keeper.leave();

        keeper.want(processes, "one-canary");
        keeper.look();
        assertThat(pids()).as("no other was started").containsExactly(first);
        assertThat(keeper.status().running()).isTrue();
        keeper.leave();

        keeper.want(processes, "two-canary");
        keeper.look();
        until(() -> tokens().contains("two-canary"));
        assertThat(ProcessHandle.of(first)).as("until the other is ready").isPresent();
        keeper.close();
        until(() -> pids().stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
        try (var left = Files.walk(folder.resolve("own"))) {
            assertThat(left.filter(file -> file.endsWith("connector-token"))).isEmpty();
        }
    }

    @Test
    void replacesAProcessByAnotherWithItsOwnFolderAndPort() throws Exception {
        var program = script("exec sleep 600");
        var processes = ConnectorLauncher.processes(program, folder.resolve("own"));
        keeper.want(processes, "one-canary");
        keeper.look();
        keeper.want(ConnectorLauncher.processes(program, folder.resolve("own")), "two-canary");
        keeper.look();
        until(() -> tokens().containsAll(List.of("one-canary", "two-canary")));
        keeper.close();

        try (var left = Files.walk(folder.resolve("own"))) {
            assertThat(left.filter(Files::isRegularFile)).as("no token is left").isEmpty();
        }
        keeper.want(processes, "three-canary");
        keeper.look();
        try (var left = Files.list(folder.resolve("own"))) {
            assertThat(left).as("folders of those that ended are gone").hasSize(1);
        }
    }

    @Test
    @Tag("cloudflared")
    void runsARealConnectorAndStartsItAgain() throws Exception {
        ConnectorLauncher real = given -> {
            try {
                var own = Files.createTempDirectory(folder, "connector-");
                var process = new CloudflaredProcess(RealCloudflared.options(own, FreePorts.of(1)[0]));
                process.start(given);
                return process;
            } catch (IOException e) {
                throw new UnavailableException("no folder", e);
            }
        };
        keeper.want(real, RealCloudflared.TOKEN);
        keeper.look();
        until(() -> keeper.status().running());
        assertThat(keeper.status().ready()).as("it reaches nobody").isFalse();
        var first = child();
        first.destroyForcibly();
        until(() -> !keeper.status().running());
        keeper.look();
        clock.advance(Duration.ofSeconds(3));
        keeper.look();

        until(() -> keeper.status().running());
        assertThat(child().pid()).isNotEqualTo(first.pid());
    }

    private Path script(String last) throws IOException {
        var program = folder.resolve("cloudflared");
        Files.writeString(program, """
                #!/bin/sh
                cat "$TUNNEL_TOKEN_FILE" > "$(dirname "$0")/$$"
                """ + last + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    private List<Long> pids() throws IOException {
        return started().stream()
                .map(file -> Long.parseLong(file.getFileName().toString()))
                .sorted()
                .toList();
    }

    private List<String> tokens() throws IOException {
        var tokens = new ArrayList<String>();
        for (var file : started()) {
            tokens.add(Files.readString(file));
        }
        return tokens;
    }

    /** Returns what each script has written: under the number of its process, its token. */
    private List<Path> started() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+"))
                    .toList();
        }
    }

    private static ProcessHandle child() {
        return ProcessHandle.current()
                .children()
                .filter(one -> one.info().command().orElse("").endsWith("cloudflared"))
                .findFirst()
                .orElseThrow();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition);
    }
}
