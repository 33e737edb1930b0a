package dev.rookery.daemon.internal.archive;

import dev.rookery.daemon.internal.file.NameBytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads zip by its central directory, one record at a time, however many there are. What the directory says of a file and what stands before
 * the file itself have to be the same: programs differ in which of both they believe.
 */
final class ZipReader implements ArchiveReader {

    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int BUFFER = 64 << 10;
    private static final int TYPE = 0170000;
    private static final int TARGET_MAX = 4096;

    private final FileChannel channel;
    private final Guard guard;
    private final Decoders decoders;
    private final LongConsumer progress;
    private final ZipDirectory directory;
    private final InputStream records;
    private final Inflater inflater = new Inflater(true);
    private long consumed;
    private long told;
    private long packedBytes;
    private @Nullable ZipRecord present;
    private @Nullable InputStream content;

    ZipReader(FileChannel channel, Guard guard, Decoders decoders, LongConsumer progress) throws IOException {
        this.channel = channel;
        this.guard = guard;
        this.decoders = decoders;
        this.progress = progress;
        this.directory = ZipDirectory.find(channel);
        long most = guard.limits().entries();
        if (directory.entries() > most) {
            throw new ArchiveRefusedException(
                    "archive: " + directory.entries() + " entries (expected: at most " + most + ")");
        }
        long end = directory.offset() + directory.sizeBytes();
        this.records = new BufferedInputStream(new ChannelSlice(channel, directory.offset(), end, count -> {}), BUFFER);
    }

    @Override
    public @Nullable Entry next() throws IOException {
        closeContent();
        if (consumed >= directory.sizeBytes()) {
            tell(channel.size() - told);
            return null;
        }
        var record = record();
        present = record;
        // Files that lie on one another are how a small zip becomes petabytes.
        packedBytes += record.packedBytes() + LOCAL_BYTES;
        if (record.packedBytes() < 0 || packedBytes > channel.size()) {
            throw new ArchiveRefusedException(
                    Guard.about(record.text()) + "lies where other entries are (expected: each has its own place)");
        }
        return entry(record);
    }

    @Override
    public InputStream content() throws IOException {
        var known = content;
        if (known == null) {
            known = open(present());
            content = known;
        }
        return known;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            closeContent();
        } finally {
            inflater.end();
        }
    }

    /** Gives back what a decoder took. */
    private void closeContent() throws IOException {
        var before = content;
        content = null;
        if (before != null) {
            before.close();
        }
    }

    private void tell(long count) {
        told += count;
        progress.accept(count);
    }

    private ZipRecord record() throws IOException {
        var fixed = ByteBuffer.wrap(read(ZipRecord.FIXED_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        if (fixed.getInt(0) != ZipRecord.SIGNATURE) {
            throw new ArchiveRefusedException("archive: its central directory makes no sense");
        }
        int variable = (fixed.getShort(28) & 0xffff) + (fixed.getShort(30) & 0xffff);
        var record = ZipRecord.of(fixed, read(variable));
        read(fixed.getShort(32) & 0xffff);
        return record;
    }

    private byte[] read(int length) throws IOException {
        var bytes = records.readNBytes(length);
        if (bytes.length < length) {
            throw new ArchiveRefusedException("archive: its central directory ends too early");
        }
        consumed += length;
        return bytes;
    }

    private Entry entry(ZipRecord record) throws IOException {
        int type = record.unixMode() & TYPE;
        if (record.text().endsWith("/")) {
            int mode = record.unixMode() == 0 ? Entry.DIRECTORY_MODE : record.unixMode();
            return Entry.directory(record.text(), mode, record.modified());
        }
        if (type == 0120000) {
            var target = NameBytes.text(content().readNBytes(TARGET_MAX + 1));
            return Entry.link(record.text(), record.modified(), target);
        }
        int mode = record.unixMode() == 0 ? Entry.FILE_MODE : record.unixMode();
        if (type != 0 && type != 0100000) {
            return new Entry(record.text(), Entry.Kind.OTHER, mode, record.modified(), 0, "");
        }
        return Entry.file(record.text(), mode, record.modified(), record.sizeBytes());
    }

    private InputStream open(ZipRecord record) throws IOException {
        if (record.encrypted()) {
            throw new ArchiveRefusedException(Guard.about(record.text()) + "encrypted (expected: without a password)");
        }
        var local = ZipDirectory.read(channel, record.offset(), LOCAL_BYTES);
        int nameLength = local.getShort(26) & 0xffff;
        var name = new byte[nameLength];
        ZipDirectory.read(channel, record.offset() + LOCAL_BYTES, nameLength).get(name);
        if (local.getInt(0) != LOCAL || !Arrays.equals(name, record.name())) {
            throw new ArchiveRefusedException(
                    Guard.about(record.text()) + "is called otherwise in its own place (expected: one name)");
        }
        long begin = record.offset() + LOCAL_BYTES + nameLength + (local.getShort(28) & 0xffff);
        var packed = new ChannelSlice(channel, begin, begin + record.packedBytes(), this::tell);
        return new CheckedContent(new Metered(decoded(record, packed), guard), record);
    }

    private InputStream decoded(ZipRecord record, InputStream packed) throws IOException {
        inflater.reset();
        return switch (record.method()) {
            case 0 -> packed;
            case 8 -> new InflaterInputStream(packed, inflater, BUFFER);
            case 9 -> new Deflate64CompressorInputStream(new BufferedInputStream(packed, BUFFER));
            case 12 -> decoders.bzip2(new BufferedInputStream(packed, BUFFER));
            case 93 -> decoders.zstd(packed);
            case 95 -> decoders.xz(packed);
            default ->
                throw new ArchiveRefusedException(Guard.about(record.text()) + "compressed by method " + record.method()
                        + " (expected: stored, deflate, deflate64, bzip2, zstd or xz)");
        };
    }

    private ZipRecord present() {
        var record = present;
        if (record == null) {
            throw new IllegalStateException("no entry yet");
        }
        return record;
    }
}
