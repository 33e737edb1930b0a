package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that becomes full while files are packed and unpacked: it is said, nothing of it is left, and what was there stays. */
@Tag("docker")
@Tag("root")
@Tag("faults")
@Timeout(120)
class ArchiveDiskFullFunctionalTest {

    private static final int MEBIBYTES = 24;
    private static final int FILES = 40;
    private static final int BYTES = 100 << 10;

    @TempDir
    Path folder;

    private SmallDisk disk;
    private TestNode node;
    private ServerId id;
    private Path files;

    @BeforeEach
    void start() throws Exception {
        disk = SmallDisk.mount(folder, MEBIBYTES);
        node = new TestNode(disk.directory().resolve("node"));
        id = node.install(TestNode.GAME, "true");
        files = node.volume(id);
        var random = new Random(1);
        Files.createDirectories(files.resolve("tree"));
        for (int i = 0; i < FILES; i++) {
            var bytes = new byte[BYTES];
            random.nextBytes(bytes);
            Files.write(files.resolve("tree/" + i), bytes);
        }
    }

    @AfterEach
    void stop() throws IOException {
        disk.free();
        try {
            node.close();
        } finally {
            disk.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "tar.zst", "tar", "zip", "tar.xz", "tar.bz2"})
    void leavesNothingOfWhatDoesNotFit(String format) throws IOException {
        pack("whole", format);
        disk.fill();
        make(BYTES * 5);

        assertThatThrownBy(() -> pack("second", format))
                .isInstanceOf(RookeryException.class)
                .hasMessageContaining("not enough disk space");

        requireOnly("whole." + format);
        for (int i = 0; i < FILES; i++) {
            Files.write(files.resolve("tree/" + i), new byte[] {1});
        }
        disk.fill();
        make(BYTES * 5);
        assertThatThrownBy(() -> node.server(id).files().decompress("/", "whole." + format))
                .isInstanceOf(RookeryException.class)
                .hasMessageContaining("not enough disk space");

        requireOnly("whole." + format);
        for (int i = 0; i < FILES; i++) {
            assertThat(files.resolve("tree/" + i)).hasSize(1);
        }
        disk.free();
        node.server(id).files().decompress("/", "whole." + format);
        for (int i = 0; i < FILES; i++) {
            assertThat(files.resolve("tree/" + i)).hasSize(BYTES);
        }
    }

    private void pack(String name, String format) {
        node.server(id)
                .files()
                .compress(new CompressRequest("/", List.of("tree"), Optional.of(name), new ArchiveFormat(format)));
    }

    /** Leaves so much room, which is enough to begin and too little for the end. */
    private void make(int bytes) throws IOException {
        try (var filler = FileChannel.open(disk.directory().resolve("filler"), StandardOpenOption.WRITE)) {
            filler.truncate(filler.size() - bytes);
        }
    }

    private void requireOnly(String archive) throws IOException {
        try (var left = Files.list(files)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("tree", archive);
        }
    }
}
