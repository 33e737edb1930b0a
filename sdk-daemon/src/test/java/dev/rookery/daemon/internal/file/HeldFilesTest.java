package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.RookeryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes are given back once, and not before they are free. */
class HeldFilesTest {

    private static final int LIMIT = 1_000_000;
    private static final FileOpening WRITE = new FileOpening(true, true, false, true, false, false, 0666);
    private static final FileOpening TRUNCATE = new FileOpening(true, true, false, true, true, false, 0666);

    @TempDir
    Path folder;

    private final DiskSpace space = new DiskSpace(() -> LIMIT);
    private Path root;
    private FileTree tree;
    private ServerFiles files;

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectory(folder.resolve("volume"));
        var volume = new Volume(root, Denylist.of(List.of()), Ownership.of(root), space);
        tree = new FileTree(new Everything(volume), CancelSignal.create());
        files = new ServerFiles(Caller.panel(), Clock.systemUTC(), CancelSignal.create(), () -> volume);
    }

    @Test
    void aFileThatIsOpenKeepsItsSpaceAfterItsLastNameIsGone() throws IOException {
        try (var open = tree.open("log", WRITE)) {
            open.write(ByteBuffer.allocate(1000), 0);
            tree.remove("log");
            assertThat(space.freeBytes()).isEqualTo(LIMIT - 1000);
            // No count finds it, but it is there.
            count();
            assertThat(space.freeBytes()).isEqualTo(LIMIT - 1000);
            open.write(ByteBuffer.allocate(500), 1000);
            assertThat(space.usedBytes()).isEqualTo(1500);
            open.change(FileChange.size(200));
            assertThat(space.usedBytes()).isEqualTo(200);
            assertThatThrownBy(() -> open.write(ByteBuffer.allocate(1), LIMIT))
                    .isInstanceOf(NoDiskSpaceException.class);
        }
        assertThat(space.freeBytes()).isEqualTo(LIMIT);
    }

    @Test
    void theLastOfThoseWhoHaveItOpenGivesItsSpaceBack() throws IOException {
        try (var last = tree.open("log", WRITE)) {
            try (var first = tree.open("log", WRITE)) {
                first.write(ByteBuffer.allocate(1000), 0);
                files.delete("/", List.of("log"));
            }
            assertThat(space.usedBytes()).isEqualTo(1000);
            assertThat(last.size()).isEqualTo(1000);
        }
        assertThat(space.usedBytes()).isZero();
    }

    @Test
    void aFileThatIsReplacedWhileItIsOpenKeepsItsSpace() throws IOException {
        try (var open = tree.open("log", WRITE)) {
            open.write(ByteBuffer.allocate(1000), 0);
            files.write("log", Content.of(new byte[10]));
            assertThat(space.usedBytes()).isEqualTo(1010);
            open.write(ByteBuffer.allocate(10), 1000);
            assertThat(space.usedBytes()).isEqualTo(1020);
        }
        assertThat(space.usedBytes()).isEqualTo(10);
        try (var open = tree.open("log", WRITE);
                var other = tree.open("other", WRITE)) {
            other.write(ByteBuffer.allocate(30), 0);
            tree.rename("other", "log", true);
            assertThat(space.usedBytes()).isEqualTo(40);
            assertThat(open.size()).isEqualTo(10);
        }
        assertThat(space.usedBytes()).isEqualTo(30);
    }

    @Test
    void whatTheServerRemovesIsGivenBackByTheCountAlone() throws IOException {
        try (var open = tree.open("log", WRITE)) {
            open.write(ByteBuffer.allocate(1000), 0);
            Files.delete(root.resolve("log"));
            count();
            open.change(FileChange.size(0));
            assertThat(space.usedBytes()).isZero();
            open.write(ByteBuffer.allocate(700), 0);
            assertThat(space.usedBytes()).isEqualTo(700);
        }
        assertThat(space.usedBytes()).isZero();
    }

    @Test
    void aHardLinkKeepsTheSpace() throws IOException {
        try (var open = tree.open("log", WRITE)) {
            open.write(ByteBuffer.allocate(1000), 0);
        }
        tree.hardLink("same", "log");
        tree.rename("same", "log", true);
        assertThat(space.usedBytes()).isEqualTo(1000);
        tree.remove("same");
        assertThat(space.usedBytes()).isEqualTo(1000);
        tree.remove("log");
        assertThat(space.usedBytes()).isZero();
    }

    @Test
    void aTreeThatTwoRemoveAtTheSameTimeIsFreedOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 300; i++) {
                Files.write(
                        Files.createDirectories(root.resolve("world/" + i % 3)).resolve("f" + i), new byte[100]);
            }
            Files.write(root.resolve("stays"), new byte[5000]);
            count();
            together(4, random -> files.delete("/", List.of("world")));
            assertThat(space.usedBytes()).isEqualTo(5000);
        }
    }

    @Test
    void whoeverShortensRemovesAndReplacesAtTheSameTimeTheFigureIsNeverTooSmall() throws Exception {
        for (int round = 0; round < 10; round++) {
            together(4, this::change);
            assertThat(space.usedBytes()).isGreaterThanOrEqualTo(truth());
            count();
            assertThat(space.usedBytes()).isEqualTo(truth());
        }
    }

    private void change(Random random) throws IOException {
        for (int i = 0; i < 100; i++) {
            var name = "f" + random.nextInt(2);
            switch (random.nextInt(6)) {
                case 0 -> files.delete("/", List.of(name));
                case 1 -> tree.remove(name);
                case 2 -> tree.open(name, TRUNCATE).close();
                case 3 -> tree.rename(name, "f" + random.nextInt(2), true);
                case 4 -> files.write(name, Content.of(new byte[random.nextInt(9000)]));
                default -> {
                    try (var open = tree.open(name, WRITE)) {
                        open.write(ByteBuffer.allocate(random.nextInt(9000)), random.nextInt(9000));
                        open.change(FileChange.size(random.nextInt(9000)));
                    }
                }
            }
        }
    }

    @FunctionalInterface
    private interface Work {
        void run(Random random) throws IOException;
    }

    private static void together(int count, Work work) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < count; i++) {
            var random = new Random(i);
            threads.add(new Thread(() -> again(work, random)));
        }
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }
    }

    /** Somebody else may have been faster. */
    private static void again(Work work, Random random) {
        for (int tries = 0; tries < 50; tries++) {
            try {
                work.run(random);
                return;
            } catch (NoSuchFileException | RookeryException ignored) {
                // Looked at again.
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void count() throws IOException {
        new DiskScan(new Pace(100, () -> true), CancelSignal.create()).run(root, space);
    }

    private long truth() throws IOException {
        var counted = new DiskSpace(() -> 0);
        new DiskScan(new Pace(100, () -> true), CancelSignal.create()).run(root, counted);
        return counted.usedBytes();
    }
}
