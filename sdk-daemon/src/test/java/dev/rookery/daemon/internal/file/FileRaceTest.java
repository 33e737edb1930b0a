package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.RookeryException;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server exchanges directories and links as fast as it can, while every verb goes through them (CVE-2024-27102): whatever they answer, nothing
 * outside is read, changed, created or removed.
 */
class FileRaceTest {

    private static final String SECRET = "only the host may know";

    @TempDir
    Path folder;

    private Path root;
    private Path outside;
    private ServerFiles files;
    private Object owner;

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectory(folder.resolve("volume"));
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), SECRET);
        Files.setPosixFilePermissions(outside.resolve("file"), PosixFilePermissions.fromString("rw-------"));
        owner = Files.getAttribute(outside.resolve("file"), "unix:uid");
        makePipe();
        var volume = new Volume(root, Denylist.of(List.of("/never")), Ownership.of(root), DiskSpace.unlimited());
        files = new ServerFiles(Caller.panel(), Clock.systemUTC(), CancelSignal.create(), () -> volume);
    }

    @Test
    void noVerbLeavesTheRootInThreeSeconds() throws Exception {
        race(3);
    }

    @Test
    @Tag("soak")
    void noVerbLeavesTheRootInAMinute() throws Exception {
        System.out.println("RESULT: a minute of exchanged directories and links: " + race(60)
                + " calls of every verb, none left the root");
    }

    private long race(int seconds) throws Exception {
        var over = new AtomicBoolean();
        var calls = new AtomicLong();
        var escapes = new AtomicBoolean();
        var threads = new ArrayList<Thread>();
        threads.add(new Thread(() -> exchange(over)));
        for (Verb verb : verbs(escapes)) {
            threads.add(new Thread(() -> {
                while (!over.get()) {
                    attempt(verb);
                    calls.incrementAndGet();
                }
            }));
        }
        threads.forEach(Thread::start);
        TimeUnit.SECONDS.sleep(seconds);
        over.set(true);
        for (var thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(thread.isAlive()).as("it hangs").isFalse();
        }
        assertThat(escapes).as("something outside was read").isFalse();
        assertThat(outside.resolve("file")).hasContent(SECRET);
        assertThat(outside).isDirectoryNotContaining(path -> !path.endsWith("file"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(outside.resolve("file"))))
                .isEqualTo("rw-------");
        assertThat(Files.getAttribute(outside.resolve("file"), "unix:uid")).isEqualTo(owner);
        assertThat(calls.get()).isPositive();
        return calls.get();
    }

    private void makePipe() throws IOException {
        try {
            new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code way} is a directory, a link to the outside, and back; {@code way/file} a file and a link. */
    private void exchange(AtomicBoolean over) {
        while (!over.get()) {
            try {
                var directory = Files.createDirectories(root.resolve("spare"));
                Files.writeString(directory.resolve("file"), "inside");
                Files.move(directory, root.resolve("way"), StandardCopyOption.ATOMIC_MOVE);
                var link = Files.createSymbolicLink(root.resolve("link"), outside.resolve("file"));
                Files.move(
                        link,
                        root.resolve("way/file"),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                Files.move(root.resolve("way"), root.resolve("gone"), StandardCopyOption.ATOMIC_MOVE);
                Files.createSymbolicLink(root.resolve("way"), outside);
                Files.delete(root.resolve("way"));
                Files.move(root.resolve("pipe"), root.resolve("way"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(root.resolve("way"), root.resolve("pipe"), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException ignored) {
                // The verbs change the same files.
            }
            for (var left : List.of("way", "gone", "spare", "link")) {
                try {
                    if (!Files.exists(root.resolve("pipe"))) {
                        makePipe();
                    }
                    Trees.delete(root.resolve(left));
                } catch (IOException ignored) {
                    // The next round removes it.
                }
            }
        }
    }

    private List<Verb> verbs(AtomicBoolean escapes) {
        return List.of(
                () -> {
                    try (var content = files.read("way/file")) {
                        var text = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
                        escapes.compareAndSet(false, text.equals(SECRET));
                    }
                },
                () -> files.write("way/file", Content.of("overwritten".getBytes(StandardCharsets.UTF_8))),
                () -> files.write("way/new/file", Content.of("planted".getBytes(StandardCharsets.UTF_8))),
                () -> escapes.compareAndSet(
                        false, files.list("way").stream().anyMatch(entry -> entry.sizeBytes() == SECRET.length())),
                () -> files.chmod("way", List.of(new FileModeChange("file", new FileMode(0777)))),
                () -> files.rename("/", List.of(new FileRename("way/file", "stolen"))),
                () -> files.rename("/", List.of(new FileRename("stolen", "way/planted"))),
                () -> files.copy("way/file")
                        .ifPresent(copy -> escapes.compareAndSet(false, copy.sizeBytes() == SECRET.length())),
                () -> files.delete("way", List.of("file")),
                () -> files.delete("/", List.of("way")),
                () -> files.createDirectory("way/deep/er"),
                () -> files.search(new FileSearch("way", "file")),
                () -> strangers().setAll(root, CancelSignal.create()),
                () -> new DiskScan(new Pace(100, () -> true), CancelSignal.create()).run(root, DiskSpace.unlimited()));
    }

    /** As root, somebody else than the owner of the file outside, so that a change of it is seen. */
    private static Ownership strangers() throws IOException {
        return "root".equals(System.getProperty("user.name"))
                ? Ownership.of(988, 988)
                : Ownership.of(Path.of(System.getProperty("user.home")));
    }

    private static void attempt(Verb verb) {
        try {
            verb.run();
        } catch (IOException | RookeryException ignored) {
            // Refused, or gone.
        }
    }

    @FunctionalInterface
    private interface Verb {
        void run() throws IOException;
    }
}
