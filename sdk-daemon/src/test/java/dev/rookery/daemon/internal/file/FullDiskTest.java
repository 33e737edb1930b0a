package dev.rookery.daemon.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.file.FileRename;
import dev.rookery.daemon.SmallDisk;
import dev.rookery.daemon.UploadOptions;
import dev.rookery.daemon.internal.store.DaemonStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verbs on a disk without a free block: the old content or the new one, nothing in between, and words for it. */
@Tag("root")
@Tag("faults")
@Timeout(120)
class FullDiskTest {

    private static final int LARGE = 1 << 20;

    @TempDir
    Path folder;

    private SmallDisk disk;
    private Path root;
    private DiskSpace space;
    private Volume volume;
    private ServerFiles files;

    @BeforeEach
    void mount() throws IOException {
        disk = SmallDisk.mount(folder, 16);
        root = Files.createDirectory(disk.directory().resolve("volume"));
        space = new DiskSpace(() -> 1L << 40);
        volume = new Volume(root, Denylist.of(List.of()), Ownership.of(root), space);
        files = new ServerFiles(Caller.panel(), Clock.systemUTC(), CancelSignal.create(), () -> volume);
    }

    @AfterEach
    void unmount() throws IOException {
        disk.close();
    }

    @Test
    void aFileOfUnknownLengthLeavesTheOldOne() throws IOException {
        files.write("a", Content.of("old".getBytes(StandardCharsets.UTF_8)));
        disk.fill();
        refused(() -> files.write("a", Content.of(new ByteArrayInputStream(new byte[LARGE]), OptionalLong.empty())));
        refused(() -> files.write("new", Content.of(new byte[LARGE])));
        assertThat(root.resolve("a")).hasContent("old");
        assertOnly("a");
        assertThat(space.usedBytes()).isEqualTo(3);
    }

    @Test
    void aPieceThatDoesNotFitComesAgainOnceThereIsRoom() throws IOException {
        try (var store = DaemonStore.open(folder)) {
            var registry = new Uploads(store.uploads(), UploadOptions.builder().build(), Clock.systemUTC());
            var uploads =
                    new ServerUploads(ServerId.random(), Caller.panel(), Clock.systemUTC(), registry, () -> volume);
            var begun = uploads.begin("a", LARGE);
            uploads.append(begun.id(), 0, Content.of(new byte[1000]));
            disk.fill();
            refused(() -> uploads.append(begun.id(), 1000, Content.of(new byte[LARGE - 1000])));
            int arrived = (int) uploads.get(begun.id()).offsetBytes();
            assertThat(arrived).isBetween(1000, LARGE - 1);
            assertThat(root.resolve("a")).doesNotExist();
            disk.free();
            assertThat(uploads.append(begun.id(), arrived, Content.of(new byte[LARGE - arrived]))
                            .complete())
                    .isTrue();
            assertThat(root.resolve("a")).hasSize(LARGE);
            assertOnly("a");
            assertThat(space.usedBytes()).isEqualTo(LARGE);
        }
    }

    @Test
    void aRenameIntoDirectoriesThatDoNotFitLeavesTheFileWhereItWas() throws IOException {
        files.write("a", Content.of(new byte[5000]));
        disk.fill();
        refused(() -> files.rename("/", List.of(new FileRename("a", ".trash/1/a"))));
        assertThat(root.resolve("a")).hasSize(5000);
        // In a directory that is there it needs no room.
        files.rename("/", List.of(new FileRename("a", "b")));
        assertThat(root.resolve("b")).hasSize(5000);
        refused(() -> files.createDirectory("folder"));
        files.delete("/", List.of("b"));
        assertThat(space.usedBytes()).isZero();
    }

    @Test
    void aFileThatIsWrittenInPlaceCountsForWhatIsThere() throws IOException {
        var tree = new FileTree(new Everything(volume), CancelSignal.create());
        try (var open = tree.open("log", new FileOpening(true, true, false, true, false, false, 0666))) {
            open.write(ByteBuffer.allocate(1000), 0);
            disk.fill();
            assertThatThrownBy(() -> {
                        open.write(ByteBuffer.allocate(LARGE), 1000);
                        open.sync();
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
            assertThat(space.usedBytes()).isEqualTo(open.size());
        }
        tree.remove("log");
        assertThat(space.usedBytes()).isZero();
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining("disk space");
    }

    private void assertOnly(String... names) {
        assertThat(root.toFile().list()).containsExactlyInAnyOrder(names);
        assertThat(Unfinished.folder(disk.directory()).resolve("volume"))
                .satisfiesAnyOf(
                        folder -> assertThat(folder).doesNotExist(),
                        folder -> assertThat(folder).isEmptyDirectory());
    }
}
