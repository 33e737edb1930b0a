package dev.rookery.daemon.internal.archive;

import com.github.luben.zstd.ZstdOutputStream;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.file.ArchiveFormat;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.concurrent.Executor;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Opens what writes archives, with the memory that its compression needs. */
final class Encoders {

    private static final int BUFFER = 256 << 10;
    private static final int ZSTD_LEVEL = 3;
    private static final int XZ_PRESET = 4;
    /** A larger history takes most of the memory that a node has: twelve times as much. */
    private static final int XZ_DICTIONARY = 1 << 20;

    private static final long BZIP2_BYTES = 8 << 20;
    private static final long BLOCK_BYTES = 1 << 20;

    private Encoders() {}

    static ArchiveWriter writer(
            ArchiveFormat format,
            ClaimedChannel channel,
            WorkMemory memory,
            Executor threads,
            int workers,
            CancelSignal cancel)
            throws IOException {
        if (format.equals(ArchiveFormat.ZIP)) {
            return new ZipWriter(channel);
        }
        var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        if (format.equals(ArchiveFormat.TAR)) {
            return new TarWriter(out);
        }
        if (format.equals(ArchiveFormat.TAR_BZ2)) {
            return tar(memory.claim(BZIP2_BYTES, cancel), () -> new BZip2CompressorOutputStream(out));
        }
        if (format.equals(ArchiveFormat.TAR_XZ)) {
            var xz = new LZMA2Options(XZ_PRESET);
            xz.setDictSize(XZ_DICTIONARY);
            long bytes = (long) xz.getEncoderMemoryUsage() << 10;
            return tar(memory.claim(bytes, cancel), () -> new XZOutputStream(out, xz));
        }
        var blocks = memory.claim((2 * workers + 2) * BLOCK_BYTES, cancel);
        if (format.equals(ArchiveFormat.TAR_ZSTD)) {
            return tar(
                    blocks,
                    () -> new ZstdOutputStream(out, ZSTD_LEVEL)
                            .setWorkers(workers)
                            .setChecksum(true));
        }
        return tar(blocks, () -> new ParallelGzip(out, threads, workers));
    }

    private static ArchiveWriter tar(WorkMemory.Claim claim, Opening opening) throws IOException {
        try {
            return new TarWriter(new BufferedOutputStream(new Encoding(opening.open(), claim), BUFFER));
        } catch (IOException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    @FunctionalInterface
    private interface Opening {
        OutputStream open() throws IOException;
    }

    /** An encoder, with its memory. */
    private static final class Encoding extends FilterOutputStream {

        private final WorkMemory.Claim claim;

        Encoding(OutputStream out, WorkMemory.Claim claim) {
            super(out);
            this.claim = claim;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            try (claim) {
                super.close();
            }
        }
    }
}
