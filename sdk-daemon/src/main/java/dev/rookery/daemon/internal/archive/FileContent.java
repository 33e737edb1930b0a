package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;

/**
 * A file that may be written to meanwhile, as it was when it was looked at: as many bytes, with zeros for what was cut off since, and with
 * holes where there were some.
 */
final class FileContent extends InputStream {

    private final FileChannel channel;
    private final SparseMap map;
    private final long size;
    private final LongConsumer progress;
    private final CRC32 crc = new CRC32();
    private long at;
    private int piece;

    /**
     * Creates it.
     *
     * @param map where there is data
     * @param progress hears of what was read
     */
    FileContent(FileChannel channel, SparseMap map, long size, LongConsumer progress) {
        this.channel = channel;
        this.map = map;
        this.size = size;
        this.progress = progress;
    }

    /** Returns the checksum of what was read. */
    long crc() {
        return crc.getValue();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0 || at >= size) {
            return length == 0 ? 0 : -1;
        }
        while (piece < map.count() && map.end(piece) <= at) {
            piece++;
        }
        int most = (int) Math.min(length, size - at);
        if (piece < map.count() && map.offset(piece) <= at) {
            most = (int) Math.min(most, map.end(piece) - at);
            int count = channel.read(ByteBuffer.wrap(buffer, offset, most), at);
            if (count < 0) {
                Arrays.fill(buffer, offset, offset + most, (byte) 0);
            } else {
                most = count;
            }
        } else {
            most = piece < map.count() ? (int) Math.min(most, map.offset(piece) - at) : most;
            Arrays.fill(buffer, offset, offset + most, (byte) 0);
        }
        crc.update(buffer, offset, most);
        at += most;
        progress.accept(most);
        return most;
    }
}
