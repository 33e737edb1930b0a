package dev.rookery.daemon.internal.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs make of a zip with more, or with longer, than its first form could say. */
class ZipWriterTest {

    private static final FileTime TIME = FileTime.fromMillis(1_700_000_000_000L);

    @TempDir
    Path root;

    @Test
    void writesMoreFilesThanSixteenBitsCanCount() throws IOException {
        var file = root.resolve("many.zip");
        int count = 70_000;
        try (var channel = create(file);
                var zip = new ZipWriter(channel)) {
            for (int i = 0; i < count; i++) {
                zip.file(entry("d/" + i, 3), new SparseMap(), new ByteArrayInputStream("abc".getBytes(UTF_8)));
            }
        }

        try (var read = new ZipFile(file.toFile())) {
            assertThat(read.size()).isEqualTo(count);
            assertThat(content(read, "d/0")).isEqualTo("abc");
            assertThat(content(read, "d/" + (count - 1))).isEqualTo("abc");
        }
    }

    @Test
    void writesFilesAndPlacesBeyondFourGibibytes() throws IOException {
        var file = root.resolve("far.zip");
        long large = 5L << 30;
        try (var channel = create(file)) {
            var name = "large".getBytes(UTF_8);
            var header = ZipHeader.bytes(name, TIME, ZipHeader.STORED, large);
            long begin = header.remaining();
            var front = new RewrittenOutput(channel);
            front.write(header);
            ZipHeader.complete(front, 0, name.length, 0, large, large);
            front.flush();
            // Stored zeros that take no place.
            channel.position(begin + large);
            var crc = new CRC32();
            crc.update("abc".getBytes(UTF_8));
            var out = new RewrittenOutput(channel);
            long at = out.position();
            var second = "second".getBytes(UTF_8);
            out.write(ZipHeader.bytes(second, TIME, ZipHeader.STORED, 3));
            out.write("abc".getBytes(UTF_8));
            ZipHeader.complete(out, at, second.length, (int) crc.getValue(), 3, 3);
            ZipEnding.write(out, new byte[] {(byte) 0x81, (byte) 0xa4, (byte) 0x81, (byte) 0xa4});
        }

        try (var read = new ZipFile(file.toFile())) {
            assertThat(read.getEntry("large").getSize()).isEqualTo(large);
            assertThat(content(read, "second")).isEqualTo("abc");
            assertThat(read.getEntry("second").getLastModifiedTime()).isEqualTo(TIME);
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
    }

    private static Entry entry(String name, long size) {
        return Entry.file(name, 0644, TIME, size);
    }

    private static String content(ZipFile zip, String name) throws IOException {
        try (var in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
