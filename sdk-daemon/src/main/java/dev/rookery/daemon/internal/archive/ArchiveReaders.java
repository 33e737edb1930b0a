package dev.rookery.daemon.internal.archive;

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

/** Finds out what an archive is, by its first bytes and not by its name, and opens it. */
final class ArchiveReaders {

    private static final int BUFFER = 256 << 10;
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
     * What it takes to read an archive.
     *
     * @param guard counts whatever is decoded
     * @param memory what decoders take theirs from
     * @param threads run what decompresses
     * @param progress hears of the bytes of the archive that were read
     */
    record Means(Guard guard, WorkMemory memory, Executor threads, LongConsumer progress) {}

    /**
     * Opens an archive.
     *
     * @param channel is closed with the reader, or if it cannot be opened
     * @param name of the file
     * @throws ArchiveRefusedException if it is none that is known
     */
    static ArchiveReader open(FileChannel channel, String name, Means means) throws IOException {
        try {
            return new CarefulReader(known(channel, name, means));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw CarefulReader.damaged(e);
        }
    }

    /**
     * Opens an archive that can be read from its beginning to its end: tar, or what is compressed whole.
     *
     * @param source is closed with the reader, or if it cannot be opened
     * @param name of the file
     * @throws ArchiveRefusedException if it is none that is known
     */
    static ArchiveReader open(InputStream source, String name, Means means) throws IOException {
        var bytes = new BufferedInputStream(source, BUFFER);
        try {
            bytes.mark(TarHeader.BYTES);
            var start = bytes.readNBytes(TarHeader.BYTES);
            bytes.reset();
            return new CarefulReader(stream(bytes, start, name, means));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw CarefulReader.damaged(e);
        }
    }

    private static ArchiveReader known(FileChannel channel, String name, Means means) throws IOException {
        var head = new byte[TarHeader.BYTES];
        int length = new ChannelSlice(channel, 0, channel.size(), count -> {}).readNBytes(head, 0, head.length);
        var start = Arrays.copyOf(head, length);
        if (begins(start, ZIP) || begins(start, EMPTY_ZIP)) {
            return new ZipReader(channel, means.guard(), new Decoders(means.guard(), means.memory()), means.progress());
        }
        if (begins(start, SEVEN_ZIP)) {
            return sevenZip(channel, means);
        }
        return stream(new BufferedInputStream(new Owned(channel, means.progress()), BUFFER), start, name, means);
    }

    private static ArchiveReader stream(BufferedInputStream bytes, byte[] start, String name, Means means)
            throws IOException {
        return TarHeader.is(start)
                ? tar(new Metered(bytes, means.guard()), means)
                : compressed(bytes, decoded(start, bytes, new Decoders(means.guard(), means.memory())), name, means);
    }

    private static ArchiveReader sevenZip(FileChannel channel, Means means) throws IOException {
        var claim = new Decoders(means.guard(), means.memory()).most();
        try {
            return new SevenZipReader(channel, means.guard(), claim, means.progress());
        } catch (IOException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    private static ArchiveReader compressed(InputStream bytes, InputStream decoded, String name, Means means)
            throws IOException {
        ReadAhead ahead;
        try {
            ahead = new ReadAhead(decoded, bytes, means.guard(), means.threads());
        } catch (RuntimeException e) {
            decoded.close();
            throw e;
        }
        try {
            var content = new BufferedInputStream(new Metered(ahead, means.guard()), BUFFER);
            content.mark(TarHeader.BYTES);
            var head = content.readNBytes(TarHeader.BYTES);
            content.reset();
            return TarHeader.is(head)
                    ? tar(content, means)
                    : new SingleReader(content, inner(name), FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException | RuntimeException e) {
            ahead.close();
            throw e;
        }
    }

    private static TarReader tar(InputStream in, Means means) {
        return new TarReader(in, means.guard().limits().headerBytes());
    }

    private static InputStream decoded(byte[] start, InputStream bytes, Decoders decoders) throws IOException {
        if (begins(start, GZIP)) {
            return new Gunzip(bytes);
        }
        if (begins(start, ZSTD)) {
            return decoders.zstd(bytes);
        }
        if (begins(start, XZ)) {
            return decoders.xz(bytes);
        }
        if (begins(start, BZIP2)) {
            return decoders.bzip2(bytes);
        }
        if (begins(start, LZ4)) {
            return decoders.lz4(bytes);
        }
        throw new ArchiveRefusedException("archive: its format is not known (expected: tar, also compressed by gzip,"
                + " bzip2, xz, zstd or lz4, zip, 7z, or one file compressed by one of these)");
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
