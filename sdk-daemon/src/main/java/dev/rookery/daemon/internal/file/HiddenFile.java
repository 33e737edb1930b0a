package dev.rookery.daemon.internal.file;

import dev.rookery.api.DeniedException;
import dev.rookery.api.file.FileEntry;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A new file of a server that has no name of its own yet. Used by one thread; to be closed, and gone then unless it was named. */
public final class HiddenFile implements AutoCloseable {

    private static final int MODE = 0644;

    private final Place place;
    private final int file;
    private final FileChannel channel;
    private boolean named;

    private HiddenFile(Place place, int file, FileChannel channel) {
        this.file = file;
        this.place = place;
        this.channel = channel;
    }

    /**
     * Creates one.
     *
     * @param directory where it will be; has to be there
     * @param name what it will be called
     * @param leftover hears its path before it is there
     * @throws NoSuchFileException if there is no such directory
     * @throws DeniedException if the denylist names it
     */
    public static HiddenFile create(Volume volume, String directory, String name, Consumer<String> leftover)
            throws IOException {
        refuseDenied(volume, directory, name);
        var temporary = Leftovers.name();
        var place = volume.sandbox().place(PathNames.in(directory, temporary), false);
        try {
            leftover.accept(PathNames.in(directory, temporary));
            return create(volume, place, NativeWrites.create(place.descriptor(), temporary));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(place.child());
            place.close();
            throw e;
        }
    }

    private static HiddenFile create(Volume volume, Place place, int file) throws IOException {
        try {
            NativeWrites.setMode(file, place.name(), MODE);
            volume.ownership().set(place.descriptor(), place.name());
            var options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new HiddenFile(place, file, FileChannel.open(NativeFiles.path(file), options));
        } catch (IOException | RuntimeException e) {
            NativeFiles.close(file);
            throw e;
        }
    }

    /** Opens the very same file for reading. */
    public FileChannel reopen() throws IOException {
        return FileChannel.open(NativeFiles.path(file), StandardOpenOption.READ);
    }

    /** Returns its content, to be written and read. */
    public FileChannel channel() {
        return channel;
    }

    /**
     * Gives it its name, or the first one like it that is free.
     *
     * @return what it is called now
     */
    public FileEntry name(String wanted, Instant now) throws IOException {
        for (var name : (Iterable<String>) Stream.concat(Stream.of(wanted), copies(wanted, now))::iterator) {
            try {
                Moves.rename(place.descriptor(), place.name(), place.descriptor(), name);
            } catch (FileAlreadyExistsException ignored) {
                continue;
            }
            named = true;
            DurableFiles.syncDirectory(place.directory());
            return FileEntries.of(place.descriptor(), name, name).orElseThrow(() -> new NoSuchFileException(name));
        }
        throw new FileAlreadyExistsException(wanted);
    }

    @Override
    public void close() throws IOException {
        try (place;
                channel) {
            if (!named && Files.exists(place.child(), LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(place.child());
            }
        } finally {
            NativeFiles.close(file);
        }
    }

    private static Stream<String> copies(String wanted, Instant now) {
        return StreamSupport.stream(new CopyNames(wanted, now).spliterator(), false);
    }

    private static void refuseDenied(Volume volume, String directory, String name) throws IOException {
        var path = PathNames.in(directory, name);
        try (var place = volume.sandbox().place(path, false)) {
            if (volume.denylist().denies(volume.sandbox().names(place), false)) {
                throw new DeniedException("file '" + path + "' is on the denylist of the server's egg");
            }
        }
    }
}
