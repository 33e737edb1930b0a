package dev.rookery.daemon.internal.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Reads tar: old, ustar, GNU and pax, sparse files too. */
final class TarReader implements ArchiveReader {

    /** New, old, contiguous and sparse. */
    private static final String FILES = "0\0007S";

    private final HeaderLimit bytes;
    private final TarArchiveInputStream tar;
    private boolean begun;

    TarReader(InputStream in, ArchiveLimits limits) {
        this.bytes = new HeaderLimit(in, limits.headerBytes());
        this.tar = new TarArchiveInputStream(bytes, StandardCharsets.UTF_8.name());
    }

    @Override
    public @Nullable Entry next() throws IOException {
        // What is left of the entry before is no header.
        while (begun && tar.skip(Long.MAX_VALUE) > 0) {
            bytes.free();
        }
        begun = true;
        bytes.header();
        TarArchiveEntry entry;
        try {
            entry = tar.getNextEntry();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ArchiveRefusedException("archive: a header that makes no sense", e);
        }
        if (entry == null) {
            return null;
        }
        bytes.free();
        return of(entry);
    }

    @Override
    public InputStream content() {
        return tar;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private static Entry of(TarArchiveEntry entry) {
        var name = entry.getName();
        var modified = entry.getLastModifiedTime();
        if (entry.isDirectory()) {
            return Entry.directory(name, entry.getMode(), modified);
        }
        if (entry.isSymbolicLink()) {
            return Entry.link(name, modified, entry.getLinkName());
        }
        if (entry.isLink()) {
            return Entry.hardLink(name, entry.getMode(), modified, entry.getLinkName());
        }
        if (FILES.indexOf(entry.getLinkFlag()) >= 0) {
            return Entry.file(
                    name, entry.getMode(), modified, entry.isSparse() ? entry.getRealSize() : entry.getSize());
        }
        return new Entry(name, Entry.Kind.OTHER, entry.getMode(), modified, 0, "");
    }

    /** Bounds what is read as a header: lengths in headers are not trusted. */
    private static final class HeaderLimit extends FilterInputStream {

        private final int max;
        private long left = Long.MAX_VALUE;

        HeaderLimit(InputStream in, int max) {
            super(in);
            this.max = max;
        }

        void header() {
            left = max;
        }

        void free() {
            left = Long.MAX_VALUE;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            take(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            take(Math.max(0, count));
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            take(skipped);
            return skipped;
        }

        private void take(long count) throws ArchiveRefusedException {
            left -= count;
            if (left < 0) {
                throw new ArchiveRefusedException(
                        "archive: a header of more than " + max + " bytes (expected: at most that)");
            }
        }
    }
}
