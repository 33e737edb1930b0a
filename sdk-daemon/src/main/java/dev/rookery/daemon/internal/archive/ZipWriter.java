package dev.rookery.daemon.internal.archive;

import dev.rookery.daemon.internal.file.NameBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes zip, with what Unix knows of files. It has no hard links: each name gets a file of its own. Of a file that is written two bytes are kept
 * in memory, however many there are; libraries keep all that the central directory says.
 */
final class ZipWriter implements ArchiveWriter {

    private static final int LINK = 0120000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int BUFFER = 64 << 10;

    private final RewrittenOutput out;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final byte[] plain = new byte[BUFFER];
    private final byte[] packed = new byte[BUFFER];
    /** Of each entry in the order in which they are written: 16 bits, the higher ones first. */
    private final ByteArrayOutputStream modes = new ByteArrayOutputStream();

    private boolean within;

    /**
     * Creates it.
     *
     * @param channel writes all that it is given; is not closed by this
     */
    ZipWriter(SeekableByteChannel channel) throws IOException {
        this.out = new RewrittenOutput(channel);
    }

    @Override
    public boolean hardLinks() {
        return false;
    }

    @Override
    public boolean anyName() {
        return false;
    }

    @Override
    public void entry(Entry entry) throws IOException {
        boolean directory = entry.kind() == Entry.Kind.DIRECTORY;
        var named = NameBytes.of(entry.target());
        var target = Arrays.copyOf(named, named.length - 1);
        var name = name(directory ? entry.name() + "/" : entry.name());
        long at = begin(entry, name, directory ? DIRECTORY : LINK, ZipHeader.STORED, target.length);
        var crc = new CRC32();
        crc.update(target);
        out.write(target, 0, target.length);
        end(at, name, crc, target.length, target.length);
    }

    @Override
    public void file(Entry entry, SparseMap map, InputStream content) throws IOException {
        boolean empty = entry.sizeBytes() == 0;
        var name = name(entry.name());
        long at = begin(entry, name, REGULAR, empty ? ZipHeader.STORED : ZipHeader.DEFLATED, entry.sizeBytes());
        var crc = new CRC32();
        long begun = out.position();
        if (!empty) {
            deflate(content, crc);
        }
        end(at, name, crc, out.position() - begun, entry.sizeBytes());
    }

    /** Writes the end, unless something has failed before: there is none for half a file. */
    @Override
    public void close() throws IOException {
        deflater.end();
        if (!within) {
            ZipEnding.write(out, modes.toByteArray());
        }
    }

    private static byte[] name(String name) throws IOException {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > ZipHeader.NAME_MAX) {
            throw new ArchiveRefusedException(Guard.about(name) + "a path of " + bytes.length
                    + " bytes (expected: at most " + ZipHeader.NAME_MAX + ")");
        }
        return bytes;
    }

    private long begin(Entry entry, byte[] name, int type, int method, long size) throws IOException {
        long at = out.position();
        within = true;
        int mode = type | (entry.mode() & 07777);
        modes.write(mode >> 8);
        modes.write(mode);
        out.write(ZipHeader.bytes(name, entry.modified(), method, size));
        return at;
    }

    private void end(long at, byte[] name, CRC32 crc, long packedBytes, long size) throws IOException {
        ZipHeader.complete(out, at, name.length, (int) crc.getValue(), packedBytes, size);
        within = false;
    }

    private void deflate(InputStream content, CRC32 crc) throws IOException {
        deflater.reset();
        for (int count = content.read(plain); count >= 0; count = content.read(plain)) {
            crc.update(plain, 0, count);
            deflater.setInput(plain, 0, count);
            drain();
        }
        deflater.finish();
        drain();
    }

    private void drain() throws IOException {
        for (int count = deflater.deflate(packed); count > 0; count = deflater.deflate(packed)) {
            out.write(packed, 0, count);
        }
    }
}
