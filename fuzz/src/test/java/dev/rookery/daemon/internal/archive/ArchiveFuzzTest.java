package dev.rookery.daemon.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** Whatever the bytes are: every reader comes to an end within the limits, and says what is wrong in its own way. */
class ArchiveFuzzTest {

    private static final ArchiveLimits LIMITS =
            new ArchiveLimits(1000, 1 << 20, 100, 1 << 18, 64, 1024, 1 << 16, 8 << 20, Duration.ofSeconds(30));

    /** How the archives of each reader begin; of tar, nothing has to be changed. */
    private static final Map<String, byte[]> BEGINNINGS = Map.of(
            "tar", new byte[0],
            "zip", new byte[] {'P', 'K', 3, 4},
            "7z", new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c},
            "gzip", new byte[] {0x1f, (byte) 0x8b},
            "bzip2", new byte[] {'B', 'Z', 'h'},
            "xz", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0},
            "zstd", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
            "lz4", new byte[] {4, 0x22, 0x4d, 0x18});

    @FuzzTest(maxDuration = "10m")
    void readsTar(byte[] input) throws IOException {
        reads(input, "tar");
    }

    @FuzzTest(maxDuration = "10m")
    void readsZip(byte[] input) throws IOException {
        reads(input, "zip");
    }

    @FuzzTest(maxDuration = "10m")
    void readsSevenZip(byte[] input) throws IOException {
        reads(input, "7z");
    }

    @FuzzTest(maxDuration = "10m")
    void readsGzip(byte[] input) throws IOException {
        reads(input, "gzip");
    }

    @FuzzTest(maxDuration = "10m")
    void readsBzip2(byte[] input) throws IOException {
        reads(input, "bzip2");
    }

    @FuzzTest(maxDuration = "10m")
    void readsXz(byte[] input) throws IOException {
        reads(input, "xz");
    }

    @FuzzTest(maxDuration = "10m")
    void readsZstd(byte[] input) throws IOException {
        reads(input, "zstd");
    }

    @FuzzTest(maxDuration = "10m")
    void readsLz4(byte[] input) throws IOException {
        reads(input, "lz4");
    }

    private static void reads(byte[] input, String kind) throws IOException {
        var bytes = input.clone();
        var beginning = BEGINNINGS.getOrDefault(kind, new byte[0]);
        System.arraycopy(beginning, 0, bytes, 0, Math.min(beginning.length, bytes.length));
        var file = Files.createTempFile("archive", ".fuzz");
        try {
            Files.write(file, bytes);
            read(file, bytes.length);
        } finally {
            Files.delete(file);
        }
    }

    private static void read(Path file, int size) throws IOException {
        var guard = new Guard(LIMITS, CancelSignal.create(), () -> size);
        var buffer = new byte[8192];
        try (var archive = ArchiveReaders.open(
                FileChannel.open(file, StandardOpenOption.READ),
                "input.gz",
                new ArchiveReaders.Means(
                        guard,
                        new WorkMemory(LIMITS.memoryBytes()),
                        command -> new Thread(command, "archive-fuzz").start(),
                        count -> {}))) {
            for (var entry = archive.next(); entry != null; entry = archive.next()) {
                guard.entry(entry);
                assertThat(guard.names(entry.name())).doesNotContain("..", ".", "");
                if (entry.kind() == Entry.Kind.FILE) {
                    var content = archive.content();
                    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                        guard.bytes(entry.name(), count);
                    }
                }
            }
        } catch (IOException ignored) {
            // That is how a reader says it.
        }
    }
}
