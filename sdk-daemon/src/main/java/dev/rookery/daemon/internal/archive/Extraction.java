package dev.rookery.daemon.internal.archive;

import dev.rookery.daemon.internal.file.DiskSpace;
import dev.rookery.daemon.internal.file.StagedTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Unpacks one archive into a {@link StagedTree}, which writes nothing through a link. Used by one thread.
 */
final class Extraction {

    private static final int BUFFER = 128 << 10;
    private static final int HOLE = 4096;
    private static final byte[] ZEROS = new byte[HOLE];
    private static final int PERMISSIONS = 0777;

    private final StagedTree tree;
    private final DiskSpace.Claim claim;
    private final Guard guard;
    private final LeftOut outside = new LeftOut("links that lead outside of the server's files");
    private final byte[] buffer = new byte[BUFFER];
    private long writtenBytes;

    Extraction(StagedTree tree, DiskSpace.Claim claim, Guard guard) {
        this.tree = tree;
        this.claim = claim;
        this.guard = guard;
    }

    /**
     * Unpacks everything and puts it in its place.
     *
     * @param whole hears when nothing but that is left to do
     */
    void run(ArchiveReader archive, Consumer<String> whole) throws IOException {
        for (var entry = archive.next(); entry != null; entry = archive.next()) {
            guard.entry(entry);
            unpack(entry, archive);
        }
        guard.look();
        try {
            claim.written(writtenBytes - tree.finish(whole));
        } catch (IOException | RuntimeException e) {
            // How much is in its place is found out when the files are counted again.
            claim.written(tree.placing() ? writtenBytes : 0);
            throw e;
        }
    }

    /** Says what was left out, if anything was. */
    Optional<String> note() {
        return outside.text();
    }

    private void unpack(Entry entry, ArchiveReader archive) throws IOException {
        var names = guard.names(entry.name());
        boolean directory = entry.kind() == Entry.Kind.DIRECTORY;
        if (names.isEmpty()) {
            if (directory) {
                return;
            }
            throw new ArchiveRefusedException(Guard.about(entry.name()) + "no name");
        }
        if (tree.denied(names, directory)) {
            return;
        }
        int mode = entry.mode() & PERMISSIONS;
        switch (entry.kind()) {
            case DIRECTORY -> attempt(entry, () -> tree.directory(names, mode, entry.modified()));
            case FILE -> {
                var content = archive.content();
                attempt(
                        entry,
                        () -> tree.file(names, mode, entry.modified(), channel -> copy(entry, content, channel)));
            }
            case LINK -> {
                if (guard.leadsOut(entry, tree.depth() + names.size() - 1)) {
                    outside.add(entry.name());
                } else {
                    attempt(entry, () -> tree.link(names, entry.target(), entry.modified()));
                }
            }
            case HARD_LINK -> hardLink(entry, names);
            case OTHER ->
                throw new ArchiveRefusedException(
                        Guard.about(entry.name()) + "a device or a pipe (expected: files, directories and links)");
        }
    }

    private void hardLink(Entry entry, List<String> names) throws IOException {
        var present = guard.names(entry.target());
        if (present.isEmpty() || tree.denied(present, false)) {
            throw notThere(entry);
        }
        try {
            attempt(entry, () -> tree.hardLink(names, present));
        } catch (NoSuchFileException e) {
            throw notThere(entry);
        }
    }

    private static ArchiveRefusedException notThere(Entry entry) {
        return new ArchiveRefusedException(Guard.about(entry.name())
                + "another name of a file that is not before it in the archive (expected: it is)");
    }

    private static void attempt(Entry entry, Step step) throws IOException {
        try {
            step.run();
        } catch (FileAlreadyExistsException | NotDirectoryException e) {
            throw new ArchiveRefusedException(
                    Guard.about(entry.name()) + "is there twice, or below a file (expected: each name once)", e);
        }
    }

    /** Copies the content; blocks of zeros become holes. */
    private void copy(Entry entry, InputStream content, FileChannel channel) throws IOException {
        long at = 0;
        for (int count = content.readNBytes(buffer, 0, BUFFER);
                count > 0;
                count = content.readNBytes(buffer, 0, BUFFER)) {
            guard.bytes(entry.name(), count);
            writtenBytes += count;
            claim.reach(writtenBytes);
            write(channel, at, count);
            claim.arrived(writtenBytes);
            at += count;
        }
        if (entry.sizeBytes() >= 0 && at != entry.sizeBytes()) {
            throw new ArchiveRefusedException(
                    Guard.about(entry.name()) + at + " bytes (expected: " + entry.sizeBytes() + ")");
        }
        if (channel.size() < at) {
            // It ends with a hole.
            channel.write(ByteBuffer.wrap(ZEROS, 0, 1), at - 1);
        }
    }

    private void write(FileChannel channel, long at, int count) throws IOException {
        int from = 0;
        for (int i = 0; i < count; i += HOLE) {
            int length = Math.min(HOLE, count - i);
            if (length == HOLE && Arrays.equals(buffer, i, i + HOLE, ZEROS, 0, HOLE)) {
                writeAll(channel, at, from, i);
                from = i + HOLE;
            }
        }
        writeAll(channel, at, from, count);
    }

    private void writeAll(FileChannel channel, long at, int from, int to) throws IOException {
        var bytes = ByteBuffer.wrap(buffer, from, to - from);
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
