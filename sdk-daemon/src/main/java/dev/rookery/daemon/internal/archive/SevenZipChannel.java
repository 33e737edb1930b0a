package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The bytes of a 7z. Those of its header are read once: whoever changes the file meanwhile does not change what was found to be within limits.
 * Closed with the channel.
 */
final class SevenZipChannel implements SeekableByteChannel {

    private final FileChannel channel;
    private final LongConsumer progress;
    private final List<Part> kept = new ArrayList<>();
    private long at;

    SevenZipChannel(FileChannel channel, LongConsumer progress) throws IOException {
        this.channel = channel;
        this.progress = progress;
        long size = channel.size();
        var place = SevenZipHeader.find(keep(0, SevenZipHeader.START_BYTES), size);
        var header = place.read(keep(place.at(), (int) place.sizeBytes()), size);
        keep(header.packedAt(), (int) header.packedBytes());
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        for (var part : kept) {
            if (at >= part.at() && at < part.at() + part.bytes().length) {
                int from = (int) (at - part.at());
                int count = Math.min(bytes.remaining(), part.bytes().length - from);
                bytes.put(part.bytes(), from, count);
                at += count;
                return count;
            }
        }
        try {
            int count = channel.read(bytes, at);
            at += Math.max(0, count);
            progress.accept(Math.max(0, count));
            return count;
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return at;
    }

    @Override
    public SeekableByteChannel position(long position) {
        at = position;
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private ByteBuffer keep(long from, int length) throws IOException {
        var bytes = ZipDirectory.read(channel, from, length);
        if (length > 0) {
            var copy = new byte[length];
            bytes.duplicate().get(copy);
            kept.add(new Part(from, copy));
        }
        return bytes;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
    private record Part(long at, byte[] bytes) {}
}
