package dev.rookery.daemon.internal.file;

import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileMode;
import dev.rookery.kit.FileType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is said of files. Source: node API §2.4. */
final class FileEntries {

    /** Directories first, then by the bytes of the name. */
    private static final Comparator<FileEntry> ORDER =
            Comparator.comparing(FileEntry::file).thenComparing(FileEntry::name, FileEntries::compareBytes);

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int BUFFER_BYTES = 32 << 10;
    private static final int LINK = 0120000;
    private static final int PERMISSIONS = 0777;

    private FileEntries() {}

    /** Returns what is in a directory; what vanishes meanwhile is not. */
    static List<FileEntry> in(OpenDirectory directory) throws IOException {
        var entries = new ArrayList<FileEntry>();
        for (var name : names(directory.descriptor())) {
            of(directory.descriptor(), name, name).ifPresent(entries::add);
        }
        entries.sort(ORDER);
        return entries;
    }

    /** Returns the names in a directory. */
    static List<String> names(int directory) throws IOException {
        var names = new ArrayList<String>();
        int open = NativeDirectories.open(directory, ".");
        try {
            var reader = new DirectoryReader(BUFFER_BYTES);
            while (reader.next(open)) {
                names.add(reader.name());
            }
        } finally {
            NativeFiles.close(open);
        }
        return names;
    }

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
