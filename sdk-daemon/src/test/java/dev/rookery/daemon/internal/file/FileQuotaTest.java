package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.file.FileRename;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server's files may take of the disk, through the verbs that write and remove them. */
class FileQuotaTest {

    private static final int LIMIT = 1000;

    @TempDir
    Path folder;

    private final AtomicLong limit = new AtomicLong(LIMIT);
    private final DiskSpace space = new DiskSpace(limit::get);
    private Path root;
    private ServerFiles files;

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectory(folder.resolve("volume"));
        files = files(Denylist.of(List.of()));
    }

    @Test
    void refusesAFileOfKnownLengthBeforeItIsRead() {
        var unread = new ByteArrayInputStream(new byte[LIMIT + 1]);
        assertThatThrownBy(() -> files.write("big", Content.of(unread, OptionalLong.of(LIMIT + 1))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("disk space");
        assertThat(unread.available()).isEqualTo(LIMIT + 1);
        assertNothingLeft();
    }

    @Test
    void refusesAFileOfUnknownLengthWhenItGrowsTooLarge() {
        var endless = new ByteArrayInputStream(new byte[LIMIT + 1]);
        assertThatThrownBy(() -> files.write("big", Content.of(endless, OptionalLong.empty())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("disk space");
        assertNothingLeft();
    }

    @Test
    void accountsForWhatIsReplacedCopiedMovedAndDeleted() throws IOException {
        files.write("a", bytes(400));
        files.write("a", bytes(300));
        assertThat(space.usedBytes()).isEqualTo(300);
        files.copy("a");
        assertThat(space.usedBytes()).isEqualTo(600);
        assertThatThrownBy(() -> files.write("b", bytes(401))).hasMessageContaining("disk space");
        files.rename("/", List.of(new FileRename("a", "folder/b")));
        assertThat(space.usedBytes()).isEqualTo(600);
        files.delete("/", List.of("folder"));
        assertThat(space.usedBytes()).isEqualTo(300);
        assertTruth();
    }

    @Test
    void aFileMayBeReplacedWhenOnlyTheDifferenceIsLeft() throws IOException {
        files.write("a", bytes(900));
        files.write("a", bytes(1000));
        assertThatThrownBy(() -> files.write("a", bytes(1001))).hasMessageContaining("disk space");
        limit.set(10);
        files.write("a", bytes(999));
        assertTruth();
    }

    @Test
    void aFileWithTwoNamesIsFreedWithTheLast() throws IOException {
        files.write("a", bytes(600));
        Files.createLink(root.resolve("same"), root.resolve("a"));
        files.delete("/", List.of("a"));
        assertThat(space.usedBytes()).isEqualTo(600);
        assertThatThrownBy(() -> files.write("same2", bytes(401))).hasMessageContaining("disk space");
        files.delete("/", List.of("same"));
        assertThat(space.usedBytes()).isZero();
    }

    @Test
    void whatTheDenylistKeepsStaysCounted() throws IOException {
        files.write("world/kept/level", bytes(100));
        files.write("world/gone", bytes(200));
        files(Denylist.of(List.of("/world/kept/"))).delete("/", List.of("world"));
        assertThat(root.resolve("world/kept/level")).exists();
        assertThat(root.resolve("world/gone")).doesNotExist();
        assertThat(space.usedBytes()).isEqualTo(100);
    }

    @Test
    void theNodesOwnEditsCountButNeverFail() throws IOException {
        files.write("a", bytes(LIMIT));
        var own = new OwnFiles(volume(Denylist.of(List.of())));
        own.write("server.properties", new byte[50]);
        assertThat(space.usedBytes()).isEqualTo(LIMIT + 50);
        own.write("server.properties", new byte[20]);
        assertTruth();
    }

    @Test
    void writersBesideEachOtherNeverOvershootAndEndWithTheTruth() throws Exception {
        limit.set(200_000);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            int seed = i;
            threads.add(new Thread(() -> change(new Random(seed))));
        }
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }
        assertTruth();
        assertThat(truth()).isLessThanOrEqualTo(200_000);
        assertNothingUnfinished();
    }

    /** Few names, so that the writers meet. */
    private void change(Random random) {
        for (int i = 0; i < 60; i++) {
            try {
                var name = "f" + random.nextInt(4);
                int size = random.nextInt(90_000);
                switch (random.nextInt(6)) {
                    case 0 -> files.delete("/", List.of(name));
                    case 1 -> files.copy(name).ifPresent(copy -> files.delete("/", List.of(copy.name())));
                    case 2 ->
                        files.write(name, Content.of(new ByteArrayInputStream(new byte[size]), OptionalLong.empty()));
                    default -> files.write(name, bytes(size));
                }
            } catch (RookeryException ignored) {
                // Too large, or gone.
            }
        }
    }

    private ServerFiles files(Denylist denylist) {
        return new ServerFiles(Caller.panel(), Clock.systemUTC(), CancelSignal.create(), () -> volume(denylist));
    }

    private Volume volume(Denylist denylist) {
        try {
            return new Volume(root, denylist, Ownership.of(root), space);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Content bytes(int count) {
        return Content.of(new byte[count]);
    }

    private void assertTruth() throws IOException {
        assertThat(space.usedBytes()).isEqualTo(truth());
    }

    private long truth() throws IOException {
        var counted = new DiskSpace(() -> 0);
        new DiskScan(new Pace(100, () -> true), CancelSignal.create()).run(root, counted);
        return counted.usedBytes();
    }

    private void assertNothingLeft() {
        assertThat(root).isEmptyDirectory();
        assertThat(space.usedBytes()).isZero();
        assertThat(space.freeBytes()).isEqualTo(LIMIT);
        assertNothingUnfinished();
    }

    private void assertNothingUnfinished() {
        assertThat(Unfinished.folder(folder).resolve("volume")).isEmptyDirectory();
    }
}
