package dev.rookery.daemon.internal.job;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Passes on so many bytes and drops the rest, saying so once: a script that never stops talking must not fill the disk. */
final class CappedOutput extends FilterOutputStream {

    private final long max;
    private long written;
    private boolean told;

    CappedOutput(OutputStream out, long max) {
        super(out);
        this.max = max;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (written + length <= max) {
            out.write(bytes, offset, length);
            written += length;
        } else if (!told) {
            told = true;
            written = max;
            out.write(("\n(the rest is left out: more than " + max + " bytes)\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
