package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskScannerTest {

    @TempDir
    Path folder;

    @Test
    void countsRegularFilesOnceAndAsLargeAsTheySeem() throws IOException {
        Files.write(Files.createDirectories(folder.resolve("a/b")).resolve("file"), new byte[100]);
        Files.createLink(folder.resolve("again"), folder.resolve("a/b/file"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a/b/file"));
        try (var sparse = new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(1 << 20);
        }
        var space = DiskSpace.unlimited();
        assertThat(new DiskScan(new Pace(100, () -> true), CancelSignal.create()).run(folder, space))
                .isTrue();
        assertThat(space.usedBytes()).isEqualTo((1 << 20) + 100);
    }

    /** As {@code fallocate} does for who wants the disk without a file that shows it. */
    @Test
    void countsWhatIsReservedBeyondTheEndOfAFile() throws Exception {
        var file = Files.write(folder.resolve("small"), new byte[100]);
        var reserve = new ProcessBuilder("fallocate", "--keep-size", "--length", "4MiB", file.toString())
                .inheritIO()
                .start();
        assertThat(reserve.waitFor()).isZero();
        assertThat(file).hasSize(100);
        var space = DiskSpace.unlimited();
        new DiskScan(new Pace(100, () -> true), CancelSignal.create()).run(folder, space);
        assertThat(space.usedBytes()).isBetween((4L << 20) - 4096, (4L << 20) + 8192);
    }

    @Test
    void takesAServerWithTooManyLevelsForOneThatIsOverItsLimit() throws IOException {
        var tree = Files.createDirectory(folder.resolve("tree"));
        var deepest = Files.createDirectories(tree.resolve("d/".repeat(50)));
        var space = new DiskSpace(() -> 2000);
        scan(50).run(tree, space);
        assertThat(space.freeBytes()).isEqualTo(2000);

        Files.write(Files.createDirectory(deepest.resolve("deeper")).resolve("hidden"), new byte[3000]);
        scan(50).run(tree, space);
        assertThat(space.certainBytes()).isGreaterThan(2000);
        assertThat(space.freeBytes()).isZero();

        scan(51).run(tree, space);
        assertThat(space.certainBytes()).isEqualTo(3000);
    }

    private static DiskScan scan(int depth) {
        return new DiskScan(new Pace(100, () -> true), CancelSignal.create(), depth);
    }

    @Test
    void aCountThatFailsKeepsWritersOut() throws Exception {
        var real = Files.createDirectory(folder.resolve("real"));
        var link = Files.createSymbolicLink(folder.resolve("link"), real);
        try (var scanner = new DiskScanner(100, Thread::new)) {
            var holder = new DiskSpace[1];
            holder[0] = new DiskSpace(() -> 1000, () -> scanner.request(link, holder[0], true));
            assertThatThrownBy(() -> holder[0].claim(1)).hasMessageContaining("cannot be counted");
        }
    }

    @Test
    void aDirectoryThatMayNotBeReadIsNoEmptyOne() {
        var scan = new DiskScan(new Pace(100, () -> true), CancelSignal.create());
        assertThatThrownBy(() -> scan.missed("secret", TreeWalk.Miss.RIGHTS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("secret");
        assertThatThrownBy(() -> scan.missed("moved", TreeWalk.Miss.MOVED)).isInstanceOf(IOException.class);
    }

    @Test
    void restsAsLongAsItWorksUnlessSomebodyWaits() {
        var now = new AtomicLong();
        var rests = new ArrayList<Long>();
        var pace = new Pace(50, () -> false, now::get, nanos -> {
            rests.add(nanos);
            now.addAndGet(nanos);
        });
        for (int i = 0; i < 64_000; i++) {
            now.addAndGet(TimeUnit.MICROSECONDS.toNanos(10));
            pace.step();
        }
        long rested = rests.stream().mapToLong(Long::longValue).sum();
        assertThat(rested).isBetween(TimeUnit.MILLISECONDS.toNanos(600), TimeUnit.MILLISECONDS.toNanos(640));

        rests.clear();
        var hurried = new Pace(1, () -> true, now::get, rests::add);
        for (int i = 0; i < 64_000; i++) {
            now.addAndGet(TimeUnit.MICROSECONDS.toNanos(10));
            hurried.step();
        }
        assertThat(rests).isEmpty();
    }

    @Test
    void countsOneAfterAnotherAndAgainWhenAskedAgain() throws Exception {
        try (var scanner = new DiskScanner(100, Thread::new)) {
            var asked = new ArrayList<CompletableFuture<Boolean>>();
            var spaces = new ArrayList<DiskSpace>();
            for (int i = 0; i < 20; i++) {
                var server = Files.createDirectory(folder.resolve("server" + i));
                Files.write(server.resolve("file"), new byte[i]);
                spaces.add(DiskSpace.unlimited());
                asked.add(scanner.request(server, spaces.get(i), i == 19));
                asked.add(scanner.request(server, spaces.get(i), false));
            }
            for (var answer : asked) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isTrue();
            }
            for (int i = 0; i < 20; i++) {
                assertThat(spaces.get(i).usedBytes()).isEqualTo(i);
                assertThat(spaces.get(i).known()).isTrue();
            }
            assertThat(scanner.request(folder.resolve("absent"), DiskSpace.unlimited(), true)
                            .get(30, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    /** As a disk that does not answer: the limit of a space is asked for while a lock is held that the count needs. */
    @Test
    void aDiskThatHangsHoldsUpItsOwnServerOnly() throws Exception {
        var hanging = Files.createDirectory(folder.resolve("hanging"));
        var other = Files.createDirectory(folder.resolve("other"));
        Files.write(other.resolve("file"), new byte[7]);
        var stuck = DiskSpace.unlimited();
        var space = DiskSpace.unlimited();
        try (var scanner = new DiskScanner(100, Duration.ZERO, Thread::new)) {
            CompletableFuture<Boolean> first;
            synchronized (stuck) {
                first = scanner.request(hanging, stuck, false);
                var second = scanner.request(other, space, false);
                while (!second.isDone()) {
                    scanner.look();
                    Thread.onSpinWait();
                }
                assertThat(space.usedBytes()).isEqualTo(7);
                assertThat(first).isNotDone();
            }
            assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(scanner.request(hanging, stuck, true).get(30, TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
