package dev.rookery.daemon.internal.file;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FilePage;
import dev.rookery.kit.FileType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** What is said of files. Source: node API §2.4. */
final class FileEntries {

    /** Directories first, then by the bytes of the name. */
    private static final Comparator<FileEntry> ORDER =
            Comparator.comparing(FileEntry::file).thenComparing(FileEntry::name, FileEntries::compareBytes);

    private static final Comparator<Listed> LISTED =
            Comparator.comparing(Listed::directory).reversed().thenComparing(Listed::name, FileEntries::compareBytes);

    /** A server may make names until no memory is left; nobody reads so many. */
    private static final int LISTED_MAX = 100_000;

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int BUFFER_BYTES = 32 << 10;
    private static final int LINK = 0120000;
    private static final int PERMISSIONS = 0777;

    private FileEntries() {}

    /**
     * Returns what is in a directory; what vanishes meanwhile is not.
     *
     * @throws InvalidInputException if that is too much for one list
     */
    static List<FileEntry> in(OpenDirectory directory) throws IOException {
        return in(directory, LISTED_MAX);
    }

    static List<FileEntry> in(OpenDirectory directory, int max) throws IOException {
        var entries = new ArrayList<FileEntry>();
        each(directory.descriptor(), (reader, open, status) -> {
            if (entries.size() == max) {
                throw new InvalidInputException(
                        "a directory of more than " + max + " entries (expected: its first pages only, or a search)");
            }
            var name = reader.name();
            of(open, name, name).ifPresent(entries::add);
        });
        entries.sort(ORDER);
        return entries;
    }

    /**
     * Returns a part of what is in a directory: only that part is looked at, and no more names are kept than there are up to its end.
     *
     * @throws InvalidInputException if the part is too far from the beginning
     */
    static FilePage page(OpenDirectory directory, int page, int perPage) throws IOException {
        return page(directory, page, perPage, LISTED_MAX);
    }

    static FilePage page(OpenDirectory directory, int page, int perPage, int max) throws IOException {
        long end = (long) page * perPage;
        var total = new int[1];
        // The last of those that are kept is on top.
        var first = new PriorityQueue<>(LISTED.reversed());
        each(directory.descriptor(), (reader, open, status) -> {
            total[0]++;
            if (end <= max || total[0] <= max) {
                first.add(new Listed(directory(reader, open, status), reader.name()));
            }
            if (first.size() > end) {
                first.remove();
            }
        });
        if (total[0] > max && end > max) {
            throw new InvalidInputException("page: " + page + " of " + perPage + " entries in a directory of "
                    + total[0] + " (expected: within the first " + max + ", or a search)");
        }
        var sorted = new ArrayList<>(first);
        sorted.sort(LISTED);
        var entries = new ArrayList<FileEntry>();
        for (long at = end - perPage; at < sorted.size(); at++) {
            var name = sorted.get((int) at).name();
            of(directory.descriptor(), name, name).ifPresent(entries::add);
        }
        return new FilePage(total[0], entries);
    }

    /** Something to do with an entry that was just read. */
    @FunctionalInterface
    private interface Entry {
        void look(DirectoryReader reader, int open, FileStatus status) throws IOException;
    }

    private static void each(int directory, Entry entry) throws IOException {
        int open = NativeDirectories.open(directory, ".");
        try {
            var reader = new DirectoryReader(BUFFER_BYTES);
            var status = new FileStatus();
            while (reader.next(open)) {
                entry.look(reader, open, status);
            }
        } finally {
            NativeFiles.close(open);
        }
    }

    private static boolean directory(DirectoryReader reader, int open, FileStatus status) throws IOException {
        return reader.type() == DirectoryReader.Type.UNKNOWN
                ? NativeDirectories.status(open, reader.nameAddress(), status) && status.directory()
                : reader.type() == DirectoryReader.Type.DIRECTORY;
    }

    private record Listed(boolean directory, String name) {}

    /**
     * Returns the entry of a file.
     *
     * @param shown what it is called in the entry
     * @return empty if it is not there
     */
    static Optional<FileEntry> of(int directory, String name, String shown) throws IOException {
        var found = new FileStatus();
        return NativeDirectories.status(directory, name, found)
                ? Optional.of(of(directory, name, shown, found))
                : Optional.empty();
    }

    private static FileEntry of(int directory, String name, String shown, FileStatus found) {
        int mode = found.mode();
        var entry = FileEntry.builder()
                .name(NameBytes.shown(shown))
                .created(found.changed())
                .modified(found.modified())
                .mode(text(mode))
                .modeBits(new FileMode(mode & PERMISSIONS))
                .sizeBytes(found.sizeBytes())
                .directory(found.directory())
                .symlink(found.link());
        return entry.mime(mime(directory, name, found)).build();
    }

    private static String mime(int directory, String name, FileStatus found) {
        if (found.directory()) {
            return "inode/directory";
        }
        if (!found.regular()) {
            return FileType.BINARY;
        }
        try {
            int descriptor = NativeFiles.openToRead(directory, name);
            try {
                // Somebody may have put a pipe there meanwhile, which is not ours to read from.
                NativeDirectories.status(descriptor, found);
                return found.regular()
                        ? FileType.of(NativeFiles.read(descriptor, FileType.SAMPLE_BYTES))
                        : FileType.BINARY;
            } finally {
                NativeFiles.close(descriptor);
            }
        } catch (IOException e) {
            // It vanished, or is something else by now.
            return FileType.BINARY;
        }
    }

    /** Writes type and permissions as the daemons do, which is as Go does: a link is an {@code L}. */
    private static String text(int mode) {
        var text = new StringBuilder();
        text.append(
                switch (mode & TYPE) {
                    case DIRECTORY -> "d";
                    case LINK -> "L";
                    case 0010000 -> "p";
                    case 0140000 -> "S";
                    case 0060000 -> "D";
                    case 0020000 -> "Dc";
                    default -> "";
                });
        text.append((mode & 04000) == 0 ? "" : "u");
        text.append((mode & 02000) == 0 ? "" : "g");
        text.append((mode & 01000) == 0 ? "" : "t");
        if (text.length() == 0) {
            text.append('-');
        }
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return text.toString();
    }

    /** UTF-16 orders characters beyond the first 65,536 differently. */
    private static int compareBytes(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean different = Character.isSurrogate(a) != Character.isSurrogate(b);
                return different ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
