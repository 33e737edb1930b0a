package dev.rookery.daemon.internal.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** Finds out what an archive is, by its first bytes and not by its name, and opens it. */
final class ArchiveReaders {

    private static final int BUFFER = 256 << 10;
    private static final int TAR_RECORD = 512;
    private static final int CHECKSUM_BEGIN = 148;
    private static final int CHECKSUM_END = 156;
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};
    private static final byte[] SEVEN_ZIP = {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c};
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] BZIP2 = {'B', 'Z', 'h'};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] LZ4 = {4, 0x22, 0x4d, 0x18};
    private static final List<String> SUFFIXES = List.of(".gz", ".bz2", ".xz", ".zst", ".zstd", ".lz4");

    private ArchiveReaders() {}

    /**
     * Opens an archive.
     *
     * @param channel is closed with the reader, or if it cannot be opened
     * @param name of the file
     * @param threads run what decompresses
     * @param progress hears of the bytes of the archive that were read
     * @throws ArchiveRefusedException if it is none that is known
     */
    static ArchiveReader open(
            FileChannel channel, String name, ArchiveLimits limits, Executor threads, LongConsumer progress)
            throws IOException {
        try {
            var head = new byte[TAR_RECORD];
            int length = new ChannelSlice(channel, 0, channel.size(), count -> {}).readNBytes(head, 0, TAR_RECORD);
            var start = Arrays.copyOf(head, length);
            if (begins(start, ZIP) || begins(start, EMPTY_ZIP)) {
                return new CarefulReader(new ZipReader(channel, limits, progress));
            }
            if (begins(start, SEVEN_ZIP)) {
                return new CarefulReader(new SevenZipReader(channel, limits));
            }
            var bytes = new BufferedInputStream(new Owned(channel, progress), BUFFER);
            return new CarefulReader(
                    tar(start) ? new TarReader(bytes, limits) : compressed(start, bytes, name, limits, threads));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof RuntimeException unexpected
                    ? new ArchiveRefusedException("archive: damaged", unexpected)
                    : (IOException) e;
        }
    }

    private static ArchiveReader compressed(
            byte[] start, InputStream bytes, String name, ArchiveLimits limits, Executor threads) throws IOException {
        var content =
                new BufferedInputStream(new ReadAhead(decompressed(start, bytes, limits), threads), TAR_RECORD * 2);
        content.mark(TAR_RECORD);
        var head = content.readNBytes(TAR_RECORD);
        content.reset();
        return tar(head)
                ? new TarReader(content, limits)
                : new SingleReader(content, inner(name), FileTime.fromMillis(System.currentTimeMillis()));
    }

    private static InputStream decompressed(byte[] start, InputStream bytes, ArchiveLimits limits) throws IOException {
        if (begins(start, GZIP)) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(bytes)
                    .setDecompressConcatenated(true)
                    .get();
        }
        if (begins(start, ZSTD)) {
            return new ZstdInputStream(bytes).setContinuous(false);
        }
        if (begins(start, XZ)) {
            return new XZInputStream(bytes, limits.memoryBytes() >> 10);
        }
        if (begins(start, BZIP2)) {
            return new BZip2CompressorInputStream(bytes, true);
        }
        if (begins(start, LZ4)) {
            return new FramedLZ4CompressorInputStream(bytes, true);
        }
        throw new ArchiveRefusedException("archive: its format is not known (expected: tar, also compressed by gzip,"
                + " bzip2, xz, zstd or lz4, zip, 7z, or one file compressed by one of these)");
    }

    /** A header's checksum is the sum of its bytes, with spaces for itself. */
    private static boolean tar(byte[] header) {
        if (header.length < TAR_RECORD) {
            return false;
        }
        long unsigned = 0;
        boolean empty = true;
        for (int i = 0; i < TAR_RECORD; i++) {
            unsigned += i >= CHECKSUM_BEGIN && i < CHECKSUM_END ? ' ' : header[i] & 0xff;
            empty &= header[i] == 0;
        }
        return !empty && unsigned == octal(header);
    }

    private static long octal(byte[] header) {
        long value = 0;
        boolean digits = false;
        for (int i = CHECKSUM_BEGIN; i < CHECKSUM_END; i++) {
            if (header[i] >= '0' && header[i] <= '7') {
                value = value * 8 + header[i] - '0';
                digits = true;
            } else if (digits) {
                break;
            }
        }
        return digits ? value : -1;
    }

    private static String inner(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        for (var suffix : SUFFIXES) {
            if (lower.endsWith(suffix) && name.length() > suffix.length()) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        return name + ".unpacked";
    }

    private static boolean begins(byte[] bytes, byte[] with) {
        return bytes.length >= with.length && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }

    /** The whole channel as a stream, closed with it. */
    private static final class Owned extends InputStream {

        private final FileChannel channel;
        private final ChannelSlice slice;

        Owned(FileChannel channel, LongConsumer progress) throws IOException {
            this.channel = channel;
            this.slice = new ChannelSlice(channel, 0, channel.size(), progress);
        }

        @Override
        public int read() throws IOException {
            return slice.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return slice.read(buffer, offset, length);
        }

        @Override
        public int available() {
            return slice.available();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
