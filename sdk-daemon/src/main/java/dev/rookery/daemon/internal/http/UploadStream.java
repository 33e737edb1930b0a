package dev.rookery.daemon.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file on its way in, which may not be larger than the limit. Remembers what was wrong with it, since that is the client's fault. */
final class UploadStream extends FilterInputStream {

    private final long limitBytes;
    private long count;
    private boolean tooLarge;
    private boolean broken;

    UploadStream(InputStream in, long limitBytes) {
        super(in);
        this.limitBytes = limitBytes;
    }

    /** Returns whether the limit was passed. */
    boolean tooLarge() {
        return tooLarge;
    }

    /** Returns whether the client's body broke off. */
    boolean broken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n;
        try {
            n = super.read(target, offset, length);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
        count += Math.max(0, n);
        if (count > limitBytes) {
            tooLarge = true;
            throw new IOException("a file of more than " + limitBytes + " bytes");
        }
        return n;
    }

    /** The next file comes behind: nothing is closed. */
    @Override
    public void close() {
        // On purpose.
    }
}
