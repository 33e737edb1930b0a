package dev.rookery.daemon.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelGzipTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 262_143, 262_144, 262_145, 524_288, 3_000_000})
    void isOneStreamThatAnybodyReads(int size) throws IOException {
        for (int kind = 0; kind < 3; kind++) {
            var content = content(size, kind);
            var packed = packed(content);

            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                    .isEqualTo(content);
        }
    }

    @Test
    void goesOnWithTheDictionaryOfTheBlockBefore() throws IOException {
        var content = new byte[1 << 20];
        var random = new Random(5);
        var words = new byte[16 << 10];
        random.nextBytes(words);
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (words[i % words.length] & 0x3f);
        }

        // Each block but the first repeats what came before it.
        assertThat(packed(content).length).isLessThan(content.length / 20);
    }

    @Test
    void combinesChecksums() {
        var random = new Random(1);
        for (int i = 0; i < 200; i++) {
            var all = new byte[random.nextInt(2000)];
            random.nextBytes(all);
            int cut = all.length == 0 ? 0 : random.nextInt(all.length);

            assertThat(Checksums.combined(
                            crc(Arrays.copyOf(all, cut)),
                            crc(Arrays.copyOfRange(all, cut, all.length)),
                            all.length - cut))
                    .isEqualTo(crc(all));
        }
    }

    private byte[] packed(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new ParallelGzip(bytes, threads, 2)) {
            for (int i = 0; i < content.length; i += 100_000) {
                gzip.write(content, i, Math.min(100_000, content.length - i));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] content(int size, int kind) {
        var random = new Random(size);
        var content = new byte[size];
        for (int i = 0; i < size; i++) {
            boolean noise = kind == 0 || (kind == 1 && (i >> 18) % 2 == 0);
            content[i] = (byte) (noise ? random.nextInt() : i / 7);
        }
        return content;
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
