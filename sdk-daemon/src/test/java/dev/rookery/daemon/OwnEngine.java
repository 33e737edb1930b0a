package dev.rookery.daemon;

import static org.awaitility.Awaitility.await;

import dev.rookery.daemon.internal.file.Trees;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An engine beside the usual one, with folders, a socket and a containerd of its own, that can be stopped and started. */
final class OwnEngine {

    private final Path folder;
    private final List<String> options;
    private Process process;

    /** Starts it, with the test image in it. */
    OwnEngine(String... options) throws IOException {
        // Below a short path: those of its sockets are bounded.
        this.folder = Files.createTempDirectory(Path.of("/tmp"), "rk-engine");
        this.options = List.of(options);
        start();
        var image = folder.resolve("image.tar");
        TestNode.docker("save", "-o", image.toString(), TestNode.IMAGE.substring(1));
        docker("load", "-i", image.toString());
        Files.delete(image);
    }

    /** Whether this machine can run one. */
    static boolean possible() {
        return Files.isExecutable(Path.of("/usr/sbin/dockerd"))
                && System.getProperty("user.name").equals("root");
    }

    Path socket() {
        return folder.resolve("sock");
    }

    void start() throws IOException {
        var command = new ArrayList<>(List.of(
                "/usr/sbin/dockerd",
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "--host=unix://" + socket(),
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false",
                "--ip-forward=false"));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "log")))
                .start();
        await("engine").atMost(Duration.ofSeconds(60)).until(() -> {
            if (!process.isAlive()) {
                throw new IOException("the engine ended: " + Files.readString(folder.resolve("log")));
            }
            return docker("version", "-f", "{{.Server.Version}}").matches("[0-9.]+.*");
        });
    }

    /** Ends it in order, as a service would be. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the engine does not end");
        }
    }

    /** Kills it and the containerd that it has started. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        endContainerd();
    }

    String docker(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of("-H", "unix://" + socket()));
        all.addAll(List.of(arguments));
        return TestNode.docker(all.toArray(String[]::new));
    }

    /** Ends it, with everything that it has. */
    void remove() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            start();
        }
        for (var container : docker("ps", "-aq").lines().toList()) {
            docker("rm", "-f", container);
        }
        for (var network :
                docker("network", "ls", "-q", "--filter", "type=custom").lines().toList()) {
            docker("network", "rm", network);
        }
        stop();
        endContainerd();
        // An engine mounts its folder onto itself, and leaves it like that if it lets containers live; one that is
        // killed
        // may leave a container's files.
        for (var mount : mounts()) {
            new ProcessBuilder("umount", mount)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        Trees.delete(folder);
    }

    /** Returns what is mounted in its folder, the deepest first. */
    private List<String> mounts() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/mounts"))) {
            return lines.map(line -> line.split(" ", -1)[1])
                    .filter(mount -> Path.of(mount).startsWith(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private void endContainerd() throws IOException {
        var file = folder.resolve("exec").resolve("containerd").resolve("containerd.pid");
        if (!Files.exists(file)) {
            return;
        }
        var containerd = ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                .filter(handle -> handle.info().command().orElse("").endsWith("containerd"));
        containerd.ifPresent(ProcessHandle::destroyForcibly);
        await().until(() -> containerd.filter(ProcessHandle::isAlive).isEmpty());
        Files.deleteIfExists(file);
    }
}
