package dev.rookery.wings;

import java.io.IOException;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;

/** A long body that exists nowhere as a whole: the byte at each place is the low byte of its number. */
final class PatternBody implements MockResponseBody {

    private final long size;

    PatternBody(long size) {
        this.size = size;
    }

    static byte at(long place) {
        return (byte) place;
    }

    @Override
    public long getContentLength() {
        return size;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        byte[] chunk = new byte[64 * 1024];
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = at(i);
        }
        for (long sent = 0; sent < size; sent += chunk.length) {
            sink.write(chunk, 0, (int) Math.min(chunk.length, size - sent));
        }
    }
}
