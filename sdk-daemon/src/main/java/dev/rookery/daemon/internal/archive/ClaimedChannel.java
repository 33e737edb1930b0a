package dev.rookery.daemon.internal.archive;

import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.internal.file.DiskSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** A file whose space is claimed as it grows. Closing it does not close the file. */
final class ClaimedChannel implements SeekableByteChannel {

    private final FileChannel channel;
    private final DiskSpace.Claim claim;
    private final CancelSignal cancel;
    private @Nullable GrowingFile follower;
    private boolean open = true;

    ClaimedChannel(FileChannel channel, DiskSpace.Claim claim, CancelSignal cancel) {
        this.channel = channel;
        this.claim = claim;
        this.cancel = cancel;
    }

    /** Tells what reads the same file how far it is written. Only for what is written once, from its beginning to its end. */
    void tell(GrowingFile reading) {
        follower = reading;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (cancel.cancelled()) {
            throw new EndedException();
        }
        long end = channel.position() + bytes.remaining();
        claim.reach(end);
        int count = 0;
        while (bytes.hasRemaining()) {
            count += channel.write(bytes);
        }
        claim.arrived(Math.min(claim.bytes(), channel.size()));
        if (follower != null) {
            follower.reach(end);
        }
        return count;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return channel.read(bytes);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        channel.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
