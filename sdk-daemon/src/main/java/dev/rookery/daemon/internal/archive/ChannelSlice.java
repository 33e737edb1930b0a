package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/** A part of a file, read from its beginning. The channel's own position is not moved, and the channel is not closed. */
final class ChannelSlice extends InputStream {

    private final FileChannel channel;
    private final long end;
    private final LongConsumer progress;
    private long at;

    /**
     * Creates it.
     *
     * @param progress hears of what was read
     */
    ChannelSlice(FileChannel channel, long begin, long end, LongConsumer progress) {
        this.channel = channel;
        this.at = begin;
        this.end = end;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int most = (int) Math.min(length, end - at);
        if (most <= 0) {
            return length == 0 ? 0 : -1;
        }
        int count = read(ByteBuffer.wrap(buffer, offset, most));
        if (count > 0) {
            at += count;
            progress.accept(count);
        }
        return count;
    }

    private int read(ByteBuffer bytes) throws IOException {
        try {
            return channel.read(bytes, at);
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, end - at));
    }
}
