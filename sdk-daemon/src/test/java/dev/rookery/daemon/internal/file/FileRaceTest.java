package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.RookeryException;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.ContentSearch;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import dev.rookery.daemon.internal.archive.ArchiveLimits;
import dev.rookery.daemon.internal.archive.Archives;
import dev.rookery.daemon.internal.job.JobProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
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
    private Volume volume;
    private ServerFiles files;
    private final AtomicBoolean escapes = new AtomicBoolean();
    private Object owner;

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectory(folder.resolve("volume"));
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), SECRET);
        Files.setPosixFilePermissions(outside.resolve("file"), PosixFilePermissions.fromString("rw-------"));
        owner = Files.getAttribute(outside.resolve("file"), "unix:uid");
        makePipe();
        volume = new Volume(root, Denylist.of(List.of("/never")), Ownership.of(root), DiskSpace.unlimited());
        files = new ServerFiles(Caller.panel(), Clock.systemUTC(), CancelSignal.create(), () -> volume);
    }

    @Test
    void noVerbLeavesTheRootInThreeSeconds() throws Exception {
        race(3, verbs());
    }

    @Test
    void noVerbOfSftpLeavesTheRootInThreeSeconds() throws Exception {
        race(3, verbsOfSftp());
    }

    @Test
    void noArchiveLeavesTheRootInThreeSeconds() throws Exception {
        var threads = Executors.newCachedThreadPool();
        try {
            race(3, verbsOfArchives(threads));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Tag("soak")
    void noVerbLeavesTheRootInAMinute() throws Exception {
        var threads = Executors.newCachedThreadPool();
        try {
            long calls = race(60, verbs()) + race(60, verbsOfSftp()) + race(60, verbsOfArchives(threads));
            System.out.println(
                    "RESULT: a minute each of exchanged directories and links beside the verbs of HTTP, SFTP and"
                            + " archives: " + calls + " calls, none left the root");
        } finally {
            threads.shutdownNow();
        }
    }

    private long race(int seconds, List<Verb> verbs) throws Exception {
        var over = new AtomicBoolean();
        var calls = new AtomicLong();
        var threads = new ArrayList<Thread>();
        threads.add(new Thread(() -> exchange(over)));
        for (Verb verb : verbs) {
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

    private List<Verb> verbs() {
        return List.of(
                () -> {
                    try (var content = files.read("way/file")) {
                        var text = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
                        escaped(text.equals(SECRET));
                    }
                },
                () -> files.write("way/file", Content.of("overwritten".getBytes(StandardCharsets.UTF_8))),
                () -> files.write("way/new/file", Content.of("planted".getBytes(StandardCharsets.UTF_8))),
                () -> escaped(files.list("way").stream().anyMatch(entry -> entry.sizeBytes() == SECRET.length())),
                () -> files.chmod("way", List.of(new FileModeChange("file", new FileMode(0777)))),
                () -> files.rename("/", List.of(new FileRename("way/file", "stolen"))),
                () -> files.rename("/", List.of(new FileRename("stolen", "way/planted"))),
                () -> files.copy("way/file").ifPresent(copy -> escaped(copy.sizeBytes() == SECRET.length())),
                () -> files.delete("way", List.of("file")),
                () -> files.delete("/", List.of("way")),
                () -> files.createDirectory("way/deep/er"),
                () -> files.search(new FileSearch("way", "file")),
                () -> escaped(files.search(new ContentSearch("/", SECRET, true)).matches().stream()
                        .anyMatch(match -> match.text().contains(SECRET))),
                () -> strangers().setAll(root, CancelSignal.create()),
                () -> new DiskScan(new Pace(100, () -> true), CancelSignal.create()).run(root, DiskSpace.unlimited()));
    }

    private List<Verb> verbsOfSftp() {
        var tree = new FileTree(new Everything(volume), CancelSignal.create());
        var write = new FileOpening(true, true, false, true, true, false, 0666);
        return List.of(
                () -> {
                    try (var file = tree.open("way/file", FileOpening.toRead())) {
                        var bytes = ByteBuffer.allocate(100);
                        file.read(bytes, 0);
                        escaped(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).equals(SECRET));
                    }
                },
                () -> {
                    try (var file = tree.open("way/file", write)) {
                        file.write(StandardCharsets.UTF_8.encode("overwritten"), 0);
                        file.change(new FileChange(OptionalInt.of(0777), OptionalLong.of(3), Optional.empty()));
                    }
                },
                () -> escaped(tree.status("way/file", true).sizeBytes() == SECRET.length()),
                () -> tree.change(
                        "way/file",
                        new FileChange(
                                OptionalInt.of(0777), OptionalLong.of(1), Optional.of(new FileChange.Times(1, 1)))),
                () -> {
                    try (var listing = tree.list("way")) {
                        for (var entry = listing.next(); entry.isPresent(); entry = listing.next()) {
                            escaped(entry.get().status().sizeBytes() == SECRET.length());
                        }
                    }
                },
                () -> tree.rename("way/file", "stolen", true),
                () -> tree.rename("stolen", "way/planted", true),
                () -> tree.hardLink("taken", "way/file"),
                () -> {
                    try (var file = tree.open("taken", FileOpening.toRead())) {
                        escaped(file.size() == SECRET.length());
                    }
                },
                () -> tree.remove("taken"),
                () -> tree.link("way/link", "file"),
                () -> tree.readLink("way/file"),
                () -> tree.remove("way/file"),
                () -> tree.removeDirectory("way"),
                () -> tree.createDirectory("way/deep", 0755));
    }

    private List<Verb> verbsOfArchives(Executor threads) throws IOException {
        var archives = new Archives(ArchiveLimits.USUAL, threads, 2, Clock.systemUTC());
        Files.createDirectories(root.resolve("packed/way"));
        Files.writeString(root.resolve("packed/way/file"), "planted");
        Files.writeString(root.resolve("packed/way/further"), "planted");
        archives.compress(
                volume,
                new CompressRequest("/packed", List.of("way"), Optional.empty(), ArchiveFormat.TAR),
                "planted.tar",
                new Silent());
        Files.move(root.resolve("packed/planted.tar"), root.resolve("planted.tar"));
        return List.of(
                () -> {
                    var written = archives.compress(
                            volume,
                            new CompressRequest("/", List.of("way"), Optional.empty(), ArchiveFormat.TAR),
                            "taken.tar",
                            new Silent());
                    escaped(Files.readString(root.resolve(written.name()), StandardCharsets.ISO_8859_1)
                            .contains(SECRET));
                    Files.delete(root.resolve(written.name()));
                },
                () -> archives.decompress(volume, "/", "planted.tar", new Silent()),
                () -> archives.decompress(volume, "way", "file", new Silent()),
                () -> files.delete("way", List.of("file")));
    }

    private void escaped(boolean seen) {
        escapes.compareAndSet(false, seen);
    }

    /** Work that nobody looks at. */
    private static final class Silent implements JobProgress {

        private final CancelSignal cancel = CancelSignal.create();

        @Override
        public void total(long bytes) {}

        @Override
        public void add(long bytes) {}

        @Override
        public void path(String path) {}

        @Override
        public void note(String text) {}

        @Override
        public void leftover(String path) {}

        @Override
        public void whole(String path) {}

        @Override
        public CancelSignal cancel() {
            return cancel;
        }
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
