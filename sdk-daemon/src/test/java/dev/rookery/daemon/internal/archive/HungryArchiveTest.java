package dev.rookery.daemon.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import dev.rookery.daemon.internal.archive.MaliciousArchives.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives that cost memory or time, whoever reads them and whatever of them: nothing is decoded without being counted. */
class HungryArchiveTest {

    private static final ArchiveLimits SMALL =
            new ArchiveLimits(5000, 1L << 30, 20, 1 << 20, 128, 4096, 1 << 16, 16 << 20, Duration.ofSeconds(60));
    private static final byte[] SAME = "a".repeat(4 << 20).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path root;

    private ArchiveGround ground;

    @BeforeEach
    void open() throws IOException {
        ground = new ArchiveGround(root, SMALL, 0, "denied");
    }

    @AfterEach
    void close() {
        ground.close();
    }

    @Test
    void countsWhatNobodyWants() throws IOException {
        var denied = List.of(new Item("denied", '0', "", SAME), Item.file("last"));
        refused(MaliciousArchives.gzip(MaliciousArchives.tar(denied)), "times as long");
        // In 7z, the files are compressed together.
        var solid = new ArrayList<Item>();
        for (int i = 0; i < 20; i++) {
            solid.add(new Item("denied" + i, '0', "", SAME));
        }
        solid.add(Item.file("last"));
        try (var strict = new ArchiveGround(root, SMALL, 0, "denied*")) {
            Files.write(root.resolve("archive"), MaliciousArchives.sevenZip(solid));
            assertThatThrownBy(() -> strict.unpack("/", "archive")).hasMessageContaining("times as long");
        }
    }

    @Test
    void countsWhatFollowsTheEndOfATar() throws IOException {
        var tar = new ByteArrayOutputStream();
        tar.writeBytes(MaliciousArchives.tar(List.of(Item.file("a"))));
        tar.writeBytes(SAME);
        refused(MaliciousArchives.gzip(tar.toByteArray()), "times as long");
    }

    @Test
    void countsWhatAReaderPassesOver() throws IOException {
        Files.write(
                root.resolve("archive"),
                MaliciousArchives.gzip(MaliciousArchives.tar(List.of(new Item("a", '0', "", SAME), Item.file("b")))));
        long size = Files.size(root.resolve("archive"));
        var guard = new Guard(SMALL, CancelSignal.create(), () -> size);
        try (var archive = read(guard, new WorkMemory(SMALL.memoryBytes()))) {
            assertThat(archive.next()).isNotNull();
            assertThatThrownBy(archive::next)
                    .isInstanceOf(ArchiveRefusedException.class)
                    .hasMessageContaining("times as long");
        }
    }

    @Test
    void stopsAtHeadersOfGzipThatGoOn() throws IOException {
        var gzip = new ByteArrayOutputStream();
        gzip.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 8 | 16, 0, 0, 0, 0, 0, 3});
        gzip.writeBytes("n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        refused(gzip.toByteArray(), "a header of more than");
    }

    @Test
    void keepsNothingOfGlobalHeadersThatItDoesNotUse() throws IOException {
        var pax = new PaxRecords();
        for (int i = 0; i < 100_000; i++) {
            pax.read("21 comment.%06d=xx\n".formatted(i).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(pax.text("comment.000001")).isEmpty();
        pax.read("14 path=a/b/c\n".getBytes(StandardCharsets.UTF_8));
        assertThat(pax.copy().text(PaxRecords.PATH)).contains("a/b/c");
    }

    @Test
    void refusesPaxHeadersThatFollowOneAnotherWithoutAnEnd() throws IOException {
        var one = MaliciousArchives.tar(
                List.of(new Item("pax", 'x', "", "14 path=a/b/c\n".getBytes(StandardCharsets.UTF_8))));
        var tar = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            tar.write(one, 0, 1024);
        }
        refused(tar.toByteArray(), "a header of more than");
    }

    @Test
    void looksAtTheLengthOfASevenZipHeaderBeforeItIsRead() throws IOException {
        var archive = ByteBuffer.wrap(new byte[32 + (9 << 20)]).order(ByteOrder.LITTLE_ENDIAN);
        archive.put(new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c, 0, 4});
        archive.putLong(12, 0).putLong(20, 9 << 20).putInt(28, 0);
        var crc = new CRC32();
        crc.update(archive.array(), 12, 20);
        archive.putInt(8, (int) crc.getValue());
        refused(archive.array(), "a header of 9437184 bytes");
        archive.putLong(20, Long.MAX_VALUE - 100);
        refused(archive.array(), "makes no sense");
    }

    @Test
    void looksAtWhatASevenZipHeaderIsUnpackedTo() throws IOException {
        // Packed: 1 stream of 16 bytes at 0; one folder of one coder, a copy, which is said to become a gigabyte.
        var header = new byte[] {0x17, 6, 0, 1, 9, 16, 0, 7, 11, 1, 0, 1, 1, 0, 12, (byte) 0xf0, 0, 0, 0, 0x40, 0, 0};
        var archive = ByteBuffer.wrap(new byte[32 + 16 + header.length]).order(ByteOrder.LITTLE_ENDIAN);
        archive.put(new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c, 0, 4});
        archive.putLong(12, 16).putLong(20, header.length).position(48);
        archive.put(header);
        refused(archive.array(), "a header of 1073741824 bytes");
    }

    @Test
    void letsDecodersWaitForMemoryThatOthersHave() throws Exception {
        var memory = new WorkMemory(1000);
        var first = memory.claim(700, CancelSignal.create());
        var second = CompletableFuture.supplyAsync(() -> claimed(memory, 600, CancelSignal.create()), ground.threads);
        var cancel = CancelSignal.create();
        var third = CompletableFuture.supplyAsync(() -> claimed(memory, 400, cancel), ground.threads);
        assertThat(second).isNotDone();
        cancel.cancel();
        assertThatThrownBy(() -> third.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(EndedException.class);
        first.close();
        first.close();
        second.get(10, TimeUnit.SECONDS).close();
        memory.claim(1000, CancelSignal.create()).close();
        assertThatThrownBy(() -> memory.claim(1001, CancelSignal.create()))
                .isInstanceOf(ArchiveRefusedException.class)
                .hasMessageContaining("more memory");
    }

    @Test
    void givesMemoryBackWhenTheReadingEnds() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var xz = new XZOutputStream(bytes, new LZMA2Options(3))) {
            xz.write(MaliciousArchives.tar(List.of(new Item("a", '0', "", SAME), Item.file("b"))));
        }
        Files.write(root.resolve("archive"), bytes.toByteArray());
        var memory = new WorkMemory(SMALL.memoryBytes());
        for (int i = 0; i < 10; i++) {
            try (var archive = read(new Guard(SMALL, CancelSignal.create(), () -> 1L << 40), memory)) {
                assertThat(archive.next()).isNotNull();
            }
        }
        memory.claim(memory.allBytes(), CancelSignal.create()).close();
    }

    @Test
    void refusesDecodersThatWantMoreThanThereIs() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var options = new LZMA2Options(0);
        options.setDictSize(32 << 20);
        try (var xz = new XZOutputStream(bytes, options)) {
            xz.write(1);
        }
        refused(bytes.toByteArray(), "more memory");
        // A frame of zstd with a window of 32 MB.
        var zstd = new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 15 << 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        refused(zstd, "more memory");
    }

    @Test
    void tellsADamagedArchiveFromADiskThatFails() throws IOException {
        var noise = new byte[64 << 10];
        new Random(1).nextBytes(noise);
        var tar = MaliciousArchives.gzip(MaliciousArchives.tar(List.of(new Item("a", '0', "", noise))));
        refused(Arrays.copyOf(tar, tar.length / 2), "ends too early");
        tar[tar.length / 2] ^= 0x55;
        refused(tar, "archive: ");
        // What the disk says of a directory is what it says of a file that it cannot read.
        Files.delete(root.resolve("archive"));
        Files.createDirectory(root.resolve("archive"));
        var memory = new WorkMemory(SMALL.memoryBytes());
        assertThatThrownBy(() -> read(new Guard(SMALL, CancelSignal.create(), () -> 1L << 40), memory))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("cannot be read from the disk");
    }

    private ArchiveReader read(Guard guard, WorkMemory memory) throws IOException {
        return ArchiveReaders.open(
                FileChannel.open(root.resolve("archive"), StandardOpenOption.READ),
                "archive",
                new ArchiveReaders.Means(guard, memory, ground.threads, count -> {}));
    }

    private static WorkMemory.Claim claimed(WorkMemory memory, long bytes, CancelSignal cancel) {
        try {
            return memory.claim(bytes, cancel);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void refused(byte[] archive, String words) throws IOException {
        Files.write(root.resolve("archive"), archive);

        assertThatThrownBy(() -> ground.unpack("/", "archive"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(words);

        ground.requireNothingHidden();
    }
}
