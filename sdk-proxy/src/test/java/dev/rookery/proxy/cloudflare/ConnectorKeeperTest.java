package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector that ends, and one that is replaced: connectors of memory, a script in the place of cloudflared, and the real one. */
class ConnectorKeeperTest {

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final ConnectorKeeper keeper = new ConnectorKeeper(clock);
    private final List<MemoryConnector> started = new ArrayList<>();
    private final ConnectorLauncher launcher = this::start;
    private boolean refuses;

    /** A connector of which the test says how it is. */
    private static final class MemoryConnector implements Connector {
        private final String token;
        private boolean running = true;
        private boolean ready;
        private boolean closed;

        MemoryConnector(String token) {
            this.token = token;
        }

        @Override
        public ConnectorStatus status() {
            return new ConnectorStatus(
                    running,
                    ready,
                    ready ? 4 : 0,
                    OptionalLong.empty(),
                    running ? OptionalInt.empty() : OptionalInt.of(1));
        }

        @Override
        public void close() {
            running = false;
            closed = true;
        }
    }

    private Connector start(String token) {
        if (refuses) {
            throw new UnavailableException("there is no program", null);
        }
        started.add(new MemoryConnector(token));
        return started.get(started.size() - 1);
    }

    @AfterEach
    void stop() {
        keeper.close();
    }

    @Test
    void runsNothingThatNobodyWants() {
        keeper.look();
        assertThat(keeper.status().running()).isFalse();

        keeper.want(launcher, "one");
        keeper.look();
        keeper.look();
        assertThat(started).hasSize(1);
        keeper.close();
        assertThat(started.get(0).closed).isTrue();
        keeper.look();
        assertThat(started).hasSize(1);
    }

    @Test
    void stopsTheOldOneOnlyWhenItsReplacementIsReady() {
        keeper.want(launcher, "one");
        keeper.look();
        started.get(0).ready = true;
        keeper.want(launcher, "two");
        keeper.look();
        keeper.look();

        assertThat(started).extracting(one -> one.token).containsExactly("one", "two");
        assertThat(started.get(0).closed).isFalse();
        assertThat(keeper.status().ready()).isTrue();
        started.get(1).ready = true;
        keeper.look();
        assertThat(started.get(0).closed).isTrue();
        assertThat(started.get(1).closed).isFalse();
        assertThat(keeper.status().ready()).isTrue();
    }

    @Test
    void keepsTheOldOneIfItsReplacementDoesNotGetReadyAndTriesAgain() {
        keeper.want(launcher, "one");
        keeper.look();
        started.get(0).ready = true;
        keeper.want(launcher, "two");
        keeper.look();
        clock.advance(ConnectorKeeper.READY_LIMIT);
        keeper.look();

        assertThat(started.get(1).closed).isTrue();
        assertThat(started.get(0).closed).isFalse();
        assertThat(keeper.said()).hasValueSatisfying(said -> assertThat(said).contains("did not get ready"));
        clock.advance(Duration.ofSeconds(3));
        keeper.look();
        assertThat(started).hasSize(3);
        started.get(2).running = false;
        keeper.look();
        assertThat(keeper.said()).hasValueSatisfying(said -> assertThat(said).contains("ended with 1"));
        assertThat(started.get(0).closed).isFalse();
    }

    @Test
    void takesTheReplacementIfTheOldOneEndsMeanwhile() {
        keeper.want(launcher, "one");
        keeper.look();
        keeper.want(launcher, "two");
        keeper.look();
        started.get(0).running = false;
        keeper.look();

        assertThat(started).hasSize(2);
        assertThat(keeper.status().running()).isTrue();
        assertThat(started.get(1).closed).isFalse();
    }

    @Test
    void forgetsAReplacementThatIsNotWantedAnyMore() {
        keeper.want(launcher, "one");
        keeper.look();
        keeper.want(launcher, "two");
        keeper.look();
        keeper.want(launcher, "one");
        keeper.look();

        assertThat(started.get(1).closed).isTrue();
        assertThat(started.get(0).closed).isFalse();
        assertThat(started).hasSize(2);
    }

    @Test
    void startsAgainWhatEndsAfterPausesThatGrow() {
        keeper.want(launcher, "one");
        keeper.look();
        for (int i = 1; i <= 5; i++) {
            started.get(i - 1).running = false;
            keeper.look();
            assertThat(started).as("not at once").hasSize(i);
            clock.advance(Duration.ofSeconds((long) (1.2 * (1L << i)) + 1));
            keeper.look();
            assertThat(started).hasSize(i + 1);
        }
        started.get(5).running = false;
        keeper.look();
        clock.advance(Duration.ofSeconds(30));
        keeper.look();
        assertThat(started).as("it pauses longer by now").hasSize(6);
    }

    @Test
    void pausesAreShortAgainOnceItWasReady() {
        refuses = true;
        keeper.want(launcher, "one");
        for (int i = 0; i < 6; i++) {
            keeper.look();
            clock.advance(Duration.ofMinutes(3));
        }
        assertThat(keeper.said()).contains("there is no program");
        refuses = false;
        keeper.look();
        started.get(0).ready = true;
        keeper.look();
        assertThat(keeper.said()).isEmpty();
        started.get(0).running = false;
        keeper.look();
        clock.advance(Duration.ofSeconds(3));
        keeper.look();
        assertThat(started).hasSize(2);
    }

    @Test
    void takesOverWhatWasLeftRunningAndStartsNoOther() {
        var left = new MemoryConnector("one");
        keeper.want(leaving(left, true), "one");
        keeper.look();

        assertThat(started).isEmpty();
        assertThat(keeper.status().running()).isTrue();
        left.running = false;
        keeper.look();
        clock.advance(Duration.ofSeconds(3));
        keeper.look();
        assertThat(started).as("it ended like any other").hasSize(1);
    }

    @Test
    void replacesWhatWasLeftRunningOtherwiseWhenTheNewOneIsReady() {
        var left = new MemoryConnector("zero");
        left.ready = true;
        keeper.want(leaving(left, false), "one");
        keeper.look();

        assertThat(started).hasSize(1);
        assertThat(keeper.status().ready()).isTrue();
        assertThat(left.closed).isFalse();
        started.get(0).ready = true;
        keeper.look();
        assertThat(left.closed).isTrue();
        assertThat(started.get(0).closed).isFalse();
    }

    @Test
    void leavesWhatRunsToALaterProgramButNoReplacementThatIsNotReady() {
        keeper.want(launcher, "one");
        keeper.look();
        started.get(0).ready = true;
        keeper.want(launcher, "two");
        keeper.look();
        keeper.leave();

        assertThat(started).extracting(one -> one.closed).containsExactly(false, true);
        keeper.look();
        assertThat(started).hasSize(2);
        assertThat(keeper.status().running()).isFalse();
    }

    private ConnectorLauncher leaving(MemoryConnector left, boolean current) {
        var there = new ArrayList<>(List.of(new LeftConnector(left, current)));
        return new ConnectorLauncher() {
            @Override
            public Connector start(String token) {
                return ConnectorKeeperTest.this.start(token);
            }

            @Override
            public Optional<LeftConnector> adopt(String token) {
                return there.isEmpty() ? Optional.empty() : Optional.of(there.remove(0));
            }
        };
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
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .map(Long::parseLong)
                    .sorted()
                    .toList();
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
        var program = System.getenv("ROOKERY_CLOUDFLARED");
        var token = Base64.getEncoder()
                .encodeToString(("{\"a\":\"" + FakeCloudflare.ACCOUNT
                                + "\",\"t\":\"6ff42ae2-765d-4adf-8112-31c55c1551ef\",\"s\":\""
                                + Base64.getEncoder().encodeToString(new byte[32]) + "\"}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        ConnectorLauncher real = given -> {
            try {
                var own = Files.createTempDirectory(folder, "connector-");
                var process = new CloudflaredProcess(new CloudflaredOptions(
                        Path.of(program),
                        own,
                        "127.0.0.1:" + freePort(),
                        List.of("--edge", "127.0.0.1:1"),
                        Duration.ofSeconds(35)));
                process.start(given);
                return process;
            } catch (IOException e) {
                throw new UnavailableException("no folder", e);
            }
        };
        keeper.want(real, token);
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

    private static ProcessHandle child() {
        return ProcessHandle.current()
                .children()
                .filter(one -> one.info().command().orElse("").endsWith("cloudflared"))
                .findFirst()
                .orElseThrow();
    }

    private static int freePort() throws IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private List<String> tokens() throws IOException {
        var tokens = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (file.getFileName().toString().matches("\\d+")) {
                    tokens.add(Files.readString(file));
                }
            }
        }
        return tokens;
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition);
    }
}
