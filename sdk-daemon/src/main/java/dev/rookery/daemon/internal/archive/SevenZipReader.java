package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.jspecify.annotations.Nullable;

/** Reads 7z. */
final class SevenZipReader implements ArchiveReader {

    private static final int UNIX_EXTENSION = 0x8000;
    private static final int TYPE = 0170000;
    private static final int LINK = 0120000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int TARGET_MAX = 4096;

    private final SevenZFile file;
    private @Nullable SevenZArchiveEntry present;

    SevenZipReader(FileChannel channel, ArchiveLimits limits) throws IOException {
        try {
            this.file = SevenZFile.builder()
                    .setSeekableByteChannel(channel)
                    .setMaxMemoryLimitKiB(limits.memoryBytes() >> 10)
                    .get();
        } catch (RuntimeException e) {
            throw new ArchiveRefusedException("archive: damaged, or not 7z", e);
        }
    }

    @Override
    public @Nullable Entry next() throws IOException {
        try {
            present = file.getNextEntry();
            return present == null ? null : of(present);
        } catch (MemoryLimitException e) {
            throw new ArchiveRefusedException("archive: wants more memory than is allowed", e);
        } catch (PasswordRequiredException e) {
            throw new ArchiveRefusedException("archive: encrypted (expected: without a password)", e);
        } catch (RuntimeException e) {
            throw new ArchiveRefusedException("archive: damaged", e);
        }
    }

    @Override
    public InputStream content() throws IOException {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return file.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    return file.read(buffer, offset, length);
                } catch (PasswordRequiredException e) {
                    throw new ArchiveRefusedException("archive: encrypted (expected: without a password)", e);
                } catch (RuntimeException e) {
                    throw new ArchiveRefusedException("archive: damaged", e);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private Entry of(SevenZArchiveEntry entry) throws IOException {
        var name = String.valueOf(entry.getName());
        var modified = entry.getHasLastModifiedDate() ? entry.getLastModifiedTime() : FileTime.fromMillis(0);
        int attributes = entry.getHasWindowsAttributes() ? entry.getWindowsAttributes() : 0;
        boolean unix = (attributes & UNIX_EXTENSION) != 0;
        int mode = unix ? attributes >>> 16 : entry.isDirectory() ? Entry.DIRECTORY_MODE : Entry.FILE_MODE;
        int type = unix ? mode & TYPE : 0;
        if (entry.isDirectory()) {
            return Entry.directory(name, mode, modified);
        }
        if (type == LINK) {
            return Entry.link(name, modified, new String(content().readNBytes(TARGET_MAX), StandardCharsets.UTF_8));
        }
        boolean known = !entry.isAntiItem() && (type == 0 || type == REGULAR || type == DIRECTORY);
        return known
                ? Entry.file(name, mode, modified, entry.getSize())
                : new Entry(name, Entry.Kind.OTHER, mode, modified, 0, "");
    }
}
