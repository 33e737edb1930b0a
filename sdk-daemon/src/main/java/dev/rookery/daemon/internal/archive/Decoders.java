package dev.rookery.daemon.internal.archive;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** Opens the decoders that want memory, each with what it will need, out of what there is for all archives together. */
final class Decoders {

    private static final int PEEK = 4096;
    private static final long BZIP2_BYTES = 5 << 20;
    private static final long LZ4_BYTES = 12 << 20;
    private static final int ZSTD_WINDOW_MIN = 23;
    private static final int ZSTD_WINDOW_MAX = 26;

    private final Guard guard;
    private final WorkMemory memory;

    Decoders(Guard guard, WorkMemory memory) {
        this.guard = guard;
        this.memory = memory;
    }

    InputStream bzip2(InputStream in) throws IOException {
        return claimed(BZIP2_BYTES, () -> new BZip2CompressorInputStream(in, true));
    }

    InputStream lz4(InputStream in) throws IOException {
        return claimed(LZ4_BYTES, () -> new FramedLZ4CompressorInputStream(in, true));
    }

    InputStream xz(InputStream in) throws IOException {
        var marked = marked(in);
        int needed = xzKibibytes(marked);
        return claimed((long) needed << 10, () -> new XZInputStream(marked, needed));
    }

    InputStream zstd(InputStream in) throws IOException {
        var marked = marked(in);
        int window = zstdWindow(marked);
        return claimed(
                1L << window,
                () -> new ZstdInputStream(marked).setContinuous(false).setLongMax(window));
    }

    /** Takes as much as a decoder may take at most. */
    WorkMemory.Claim most() throws IOException {
        return memory.claim(Math.min(guard.limits().memoryBytes(), memory.allBytes()), guard.cancel());
    }

    private static BufferedInputStream marked(InputStream in) {
        return in instanceof BufferedInputStream buffered ? buffered : new BufferedInputStream(in, 64 << 10);
    }

    /** Lets the decoder say what it needs, which it does before it takes it. */
    private int xzKibibytes(BufferedInputStream in) throws IOException {
        in.mark(PEEK);
        int needed = 1;
        try (var probe = new XZInputStream(new Kept(in), needed)) {
            if (probe.read() < 0) {
                needed = 1;
            }
        } catch (MemoryLimitException e) {
            needed = e.getMemoryNeeded();
        }
        in.reset();
        if (needed > guard.limits().memoryBytes() >> 10) {
            throw WorkMemory.tooMuch(null);
        }
        return needed;
    }

    /** Returns the binary logarithm of what the first frame says. Source: RFC 8878, §3.1.1.1. */
    private int zstdWindow(BufferedInputStream in) throws IOException {
        in.mark(PEEK);
        var head = in.readNBytes(14);
        in.reset();
        boolean frame = head.length == 14 && (head[3] & 0xff) == 0xfd;
        if (!frame) {
            return ZSTD_WINDOW_MIN;
        }
        int window;
        if ((head[4] & 0x20) == 0) {
            window = 10 + ((head[5] & 0xff) >> 3) + ((head[5] & 7) == 0 ? 0 : 1);
        } else {
            int sizeAt = 5 + new int[] {0, 1, 2, 4}[head[4] & 3];
            int sizeBytes = 1 << ((head[4] & 0xff) >> 6);
            long size = sizeBytes == 2 ? 256 : 0;
            for (int i = 0; i < sizeBytes && sizeAt + i < head.length; i++) {
                size += (head[sizeAt + i] & 0xffL) << (8 * i);
            }
            window = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, size));
        }
        if (window > ZSTD_WINDOW_MAX || 1L << window > guard.limits().memoryBytes()) {
            throw WorkMemory.tooMuch(null);
        }
        return Math.max(Math.min(ZSTD_WINDOW_MIN, log(guard.limits().memoryBytes())), window);
    }

    private static int log(int bytes) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1 << 10, bytes));
    }

    private InputStream claimed(long bytes, Opening opening) throws IOException {
        var claim = memory.claim(bytes, guard.cancel());
        try {
            return new Decoding(opening.open(), claim);
        } catch (IOException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    @FunctionalInterface
    private interface Opening {
        InputStream open() throws IOException;
    }

    /** Is not closed with what reads from it. */
    private static final class Kept extends FilterInputStream {

        Kept(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // Somebody else reads on.
        }
    }

    /** A decoder, with its memory. */
    private static final class Decoding extends FilterInputStream {

        private final WorkMemory.Claim claim;

        Decoding(InputStream in, WorkMemory.Claim claim) {
            super(in);
            this.claim = claim;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (MemoryLimitException e) {
                throw WorkMemory.tooMuch(e);
            } catch (ZstdIOException e) {
                if (e.getMessage() != null && e.getMessage().contains("memory")) {
                    throw WorkMemory.tooMuch(e);
                }
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            try (claim) {
                super.close();
            }
        }
    }
}
