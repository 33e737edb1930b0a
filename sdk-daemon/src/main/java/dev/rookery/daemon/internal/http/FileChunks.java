package dev.rookery.daemon.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A part of a file in pieces. A file that becomes shorter meanwhile ends it with a failure: Netty's own input gives empty pieces without an end
 * then. Whoever has the file closes it.
 */
final class FileChunks implements ChunkedInput<ByteBuf> {

    private static final int CHUNK_BYTES = 64 << 10;

    private final FileChannel file;
    private final long from;
    private final long end;
    private long at;

    FileChunks(FileChannel file, long from, long count) {
        this.file = file;
        this.from = from;
        this.end = from + count;
        this.at = from;
    }

    @Override
    public boolean isEndOfInput() {
        return at >= end;
    }

    @Override
    public void close() {
        // Not ours.
    }

    @Deprecated
    @Override
    public ByteBuf readChunk(ChannelHandlerContext context) throws IOException {
        return next(context.alloc());
    }

    @Override
    public ByteBuf readChunk(ByteBufAllocator allocator) throws IOException {
        return next(allocator);
    }

    private ByteBuf next(ByteBufAllocator allocator) throws IOException {
        int count = (int) Math.min(CHUNK_BYTES, end - at);
        var chunk = allocator.buffer(count);
        boolean read = false;
        try {
            int got = chunk.writeBytes(file, at, count);
            if (got <= 0) {
                throw new EOFException("the file ends " + (end - at) + " bytes too early");
            }
            at += got;
            read = true;
            return chunk;
        } finally {
            if (!read) {
                chunk.release();
            }
        }
    }

    @Override
    public long length() {
        return end - from;
    }

    @Override
    public long progress() {
        return at - from;
    }
}
