package dev.rookery.daemon.internal.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A file with its holes, from its data. */
final class SparseContent extends InputStream {

    private final InputStream data;
    private final SparseMap map;
    private final long size;
    private long at;
    private int piece;

    SparseContent(InputStream data, SparseMap map, long size) {
        this.data = data;
        this.map = map;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (at >= size || length == 0) {
            return length == 0 ? 0 : -1;
        }
        while (piece < map.count() && map.end(piece) <= at) {
            piece++;
        }
        int count;
        if (piece < map.count() && map.offset(piece) <= at) {
            count = data.read(buffer, offset, (int) Math.min(length, map.end(piece) - at));
            if (count < 0) {
                throw new EOFException("archive: ends too early");
            }
        } else {
            long hole = piece < map.count() ? map.offset(piece) : size;
            count = (int) Math.min(length, hole - at);
            Arrays.fill(buffer, offset, offset + count, (byte) 0);
        }
        at += count;
        return count;
    }
}
