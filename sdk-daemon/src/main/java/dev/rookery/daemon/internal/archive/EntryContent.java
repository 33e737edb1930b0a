package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content of one entry. Its last bytes are given only when the archive has nothing more of it: whoever counts to the length that was said
 * stops there, and would never come to the checksum behind.
 */
final class EntryContent extends InputStream {

    private final InputStream in;
    private final Entry entry;
    private final Guard guard;
    private long count;
    private boolean ended;

    EntryContent(InputStream in, Entry entry, Guard guard) {
        this.in = in;
        this.entry = entry;
        this.guard = guard;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (ended) {
            return -1;
        }
        int read = in.read(buffer, offset, length);
        if (read < 0) {
            ended = true;
            requireLength();
            return -1;
        }
        count += read;
        guard.bytes(entry.name(), read);
        if (entry.sizeBytes() >= 0 && count >= entry.sizeBytes()) {
            requireEnd();
        }
        return read;
    }

    private void requireEnd() throws IOException {
        ended = true;
        if (in.read() >= 0) {
            count++;
        }
        requireLength();
    }

    private void requireLength() throws ArchiveRefusedException {
        if (entry.sizeBytes() >= 0 && count != entry.sizeBytes()) {
            throw new ArchiveRefusedException(Guard.about(entry.name()) + (count > entry.sizeBytes() ? "more" : "less")
                    + " than the " + entry.sizeBytes() + " bytes that it is said to have");
        }
    }
}
