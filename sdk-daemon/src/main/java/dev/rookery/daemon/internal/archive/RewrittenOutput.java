package dev.rookery.daemon.internal.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Output of which a piece can be written again, once it is known. What is small enough is that in memory. Used by one thread. */
final class RewrittenOutput extends OutputStream {

    private static final int BUFFER = 256 << 10;

    private final SeekableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long flushed;

    /**
     * Creates it.
     *
     * @param channel writes all that it is given; is not closed by this
     */
    RewrittenOutput(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.flushed = channel.position();
    }

    /** Returns where the next byte goes to. */
    long position() {
        return flushed + buffer.position();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(bytes, offset, length));
    }

    /** Writes what is left in a buffer. */
    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), buffer.remaining());
            buffer.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
    }

    /** Writes a piece again, as long as it was. */
    void rewrite(long at, ByteBuffer bytes) throws IOException {
        if (at >= flushed) {
            buffer.put((int) (at - flushed), bytes, bytes.position(), bytes.remaining());
            return;
        }
        flush();
        channel.position(at);
        channel.write(bytes);
    }

    /** Reads what was flushed, until there is no room or nothing more. */
    void read(long at, ByteBuffer into) throws IOException {
        channel.position(at);
        while (into.hasRemaining() && channel.read(into) >= 0) {
            // some more
        }
        if (into.position() == 0) {
            throw new EOFException("what was written has become shorter");
        }
    }

    @Override
    public void flush() throws IOException {
        channel.position(flushed);
        flushed += buffer.position();
        channel.write(buffer.flip());
        buffer.clear();
    }

    /** Flushes it. */
    @Override
    public void close() throws IOException {
        flush();
    }
}
