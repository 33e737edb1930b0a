package dev.rookery.daemon.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** A directory that is being listed, entry by entry, however many there are. To be closed. Used by one thread at a time. */
public final class FileListing implements Closeable {

    private final OpenDirectory directory;
    private final DirectoryStream<Path> stream;
    private final Iterator<Path> entries;
    private final List<String> names;
    private final BiPredicate<List<String>, Boolean> hidden;

    /**
     * Creates it.
     *
     * @param directory closed with this
     * @param names where it is, from the root
     * @param hidden what is left out, by its names and whether it is a directory
     */
    @SuppressWarnings("StreamResourceLeak") // closed with this
    FileListing(OpenDirectory directory, List<String> names, BiPredicate<List<String>, Boolean> hidden)
            throws IOException {
        this.directory = directory;
        this.stream = Files.newDirectoryStream(directory.path());
        this.entries = stream.iterator();
        this.names = names;
        this.hidden = hidden;
    }

    /** Returns the next entry, in no order; empty at the end. What vanishes meanwhile is left out. */
    public Optional<Entry> next() throws IOException {
        try {
            while (entries.hasNext()) {
                var name = entries.next().getFileName().toString();
                var found = entry(name);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Optional<Entry> entry(String name) throws IOException {
        try {
            var status = FileAttributes.of(directory.path().resolve(name), LinkOption.NOFOLLOW_LINKS);
            var path = new ArrayList<>(names);
            path.add(name);
            return hidden.test(path, status.directory()) ? Optional.empty() : Optional.of(new Entry(name, status));
        } catch (NoSuchFileException ignored) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stream.close();
        } finally {
            directory.close();
        }
    }

    /**
     * One entry.
     *
     * @param name what it is called
     * @param status what the file system says of it, of a link the link itself
     */
    public record Entry(String name, FileAttributes status) {}
}
