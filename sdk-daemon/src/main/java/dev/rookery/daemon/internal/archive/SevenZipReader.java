package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.function.LongConsumer;
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

    /** What the decoder may take for the header by its own estimate, which is about half of what it does take. */
    private static final int HEADER_KIBIBYTES = 24 << 10;

    private final SevenZFile file;
    private final Guard guard;
    private final WorkMemory.Claim claim;
    private @Nullable SevenZArchiveEntry present;
    private @Nullable Metered content;
    private boolean touched;
    /** What is decoded before the next file that is read: files are compressed together. */
    private long passedBytes;

    /**
     * Opens it.
     *
     * @param channel is closed with this
     * @param claim is closed with this
     */
    SevenZipReader(FileChannel channel, Guard guard, WorkMemory.Claim claim, LongConsumer progress) throws IOException {
        this.guard = guard;
        this.claim = claim;
        var bytes = new SevenZipChannel(channel, progress);
        // How many files there are is looked at with a smaller limit than decoders get.
        open(bytes, HEADER_KIBIBYTES);
        this.file = open(bytes, guard.limits().memoryBytes() >> 10);
    }

    private static SevenZFile open(SevenZipChannel bytes, int kibibytes) throws IOException {
        bytes.position(0);
        try {
            return SevenZFile.builder()
                    .setSeekableByteChannel(bytes)
                    .setMaxMemoryLimitKiB(kibibytes)
                    .get();
        } catch (MemoryLimitException e) {
            throw WorkMemory.tooMuch(e);
        } catch (RuntimeException e) {
            throw new ArchiveRefusedException("archive: damaged, or not 7z", e);
        }
    }

    @Override
    public @Nullable Entry next() throws IOException {
        try {
            var before = content;
            content = null;
            if (before != null && touched) {
                // The files after it are compressed together with it.
                before.skip(Long.MAX_VALUE);
            } else if (before != null && present != null) {
                passedBytes += present.getSize();
            }
            touched = false;
            present = file.getNextEntry();
            if (present == null) {
                return null;
            }
            content = present.hasStream() ? new Metered(new Decoded(), guard) : null;
            return of(present);
        } catch (MemoryLimitException e) {
            throw WorkMemory.tooMuch(e);
        } catch (PasswordRequiredException e) {
            throw new ArchiveRefusedException("archive: encrypted (expected: without a password)", e);
        } catch (RuntimeException e) {
            throw new ArchiveRefusedException("archive: damaged", e);
        }
    }

    @Override
    public InputStream content() {
        return content == null ? InputStream.nullInputStream() : content;
    }

    @Override
    public void close() throws IOException {
        try (claim) {
            file.close();
        }
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
            return Entry.link(name, modified, new String(content().readNBytes(TARGET_MAX + 1), StandardCharsets.UTF_8));
        }
        boolean known = !entry.isAntiItem() && (type == 0 || type == REGULAR || type == DIRECTORY);
        return known
                ? Entry.file(name, mode, modified, entry.getSize())
                : new Entry(name, Entry.Kind.OTHER, mode, modified, 0, "");
    }

    /** The content of the present entry. */
    private final class Decoded extends InputStream {

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            touched = true;
            guard.passed(passedBytes);
            passedBytes = 0;
            try {
                return file.read(buffer, offset, length);
            } catch (MemoryLimitException e) {
                throw WorkMemory.tooMuch(e);
            } catch (PasswordRequiredException e) {
                throw new ArchiveRefusedException("archive: encrypted (expected: without a password)", e);
            } catch (RuntimeException e) {
                throw new ArchiveRefusedException("archive: damaged", e);
            }
        }
    }
}
