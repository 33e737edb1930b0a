package dev.rookery.daemon.internal.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Has whatever a decoder throws at damaged bytes mean that they are damaged. */
final class CarefulReader implements ArchiveReader {

    private final ArchiveReader reader;

    CarefulReader(ArchiveReader reader) {
        this.reader = reader;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        try {
            return reader.next();
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public InputStream content() throws IOException {
        try {
            return new Content(reader.content());
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static ArchiveRefusedException damaged(RuntimeException e) {
        return new ArchiveRefusedException("archive: damaged", e);
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
            } catch (RuntimeException e) {
                throw damaged(e);
            }
        }
    }
}
