package dev.rookery.daemon.internal.archive;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Has whatever a decoder throws at damaged bytes mean that they are damaged, unless the disk failed, or the work was ended. */
final class CarefulReader implements ArchiveReader {

    private final ArchiveReader reader;

    CarefulReader(ArchiveReader reader) {
        this.reader = reader;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        try {
            return reader.next();
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public InputStream content() throws IOException {
        try {
            return new Content(reader.content());
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    static IOException damaged(Exception e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableException
                    || cause instanceof EndedException
                    || cause instanceof ArchiveRefusedException
                    || cause instanceof ClosedChannelException
                    || cause instanceof InterruptedIOException) {
                return (IOException) cause;
            }
        }
        var what = e instanceof EOFException ? "ends too early" : "damaged: " + e.getMessage();
        return new ArchiveRefusedException(e instanceof RuntimeException ? "archive: damaged" : "archive: " + what, e);
    }

    /** The content of an entry. */
    private static final class Content extends FilterInputStream {

        Content(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException | RuntimeException e) {
                throw damaged(e);
            }
        }
    }
}
