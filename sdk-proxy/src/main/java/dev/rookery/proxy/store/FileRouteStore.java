package dev.rookery.proxy.store;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.store.FileAccess;
import dev.rookery.proxy.internal.store.RevisionFiles;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps revisions in a directory, each in a file of its own that is never changed again: {@code HEAD} names the newest one, and replacing it is the
 * moment at which a revision is saved. Any number of processes of one machine may use a directory. For directories of a local file system.
 *
 * <p>What cannot be read is never overwritten: all calls that need it say so until somebody calls {@link #recover}.
 */
@Incubating
public final class FileRouteStore implements RouteStore {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final RevisionFiles files;
    private final FileStoreOptions options;

    private FileRouteStore(RevisionFiles files, FileStoreOptions options) {
        this.files = files;
        this.options = options;
    }

    /** Opens a directory, and makes it if it is not there. */
    public static FileRouteStore open(Path directory) {
        return open(directory, FileStoreOptions.USUAL);
    }

    /**
     * Opens a directory, and makes it if it is not there.
     *
     * @throws StoreException if it can be neither used nor made
     */
    public static FileRouteStore open(Path directory, FileStoreOptions options) {
        return guarded(() -> new FileRouteStore(RevisionFiles.open(directory, options), options));
    }

    @Override
    public Revision head() {
        return guarded(files::head);
    }

    @Override
    public Optional<Revision> find(long number) {
        return guarded(() -> files.find(number));
    }

    @Override
    public List<RevisionHeader> history(long before, int limit) {
        if (limit < 1) {
            throw new InvalidInputException("limit: " + limit + " (expected: 1 or more)");
        }
        return guarded(() -> files.history(before, limit));
    }

    @Override
    public Revision commit(String etag, ProxyDocument document, ChangeNote note) {
        requireNonNull(etag, "etag");
        requireNonNull(document, "document");
        requireNonNull(note, "note");
        return guarded(() -> files.commit(etag, document, note));
    }

    @Override
    public Optional<StageState> stage(String name) {
        return guarded(() -> files.stage(checked(name)));
    }

    @Override
    public void keep(StageState state) {
        checked(state.name());
        guarded(() -> {
            files.keep(state);
            return state;
        });
    }

    @Override
    public StoreLock lock(String name, Duration limit) {
        return guarded(() -> files.lock(checked(name), limit));
    }

    /**
     * Goes on from the newest revision that can be read: what cannot is moved aside into the directory {@code broken}, and the document is saved anew.
     * Does nothing if all is well.
     *
     * @return the head
     * @throws StoreException {@link StoreException.Problem#NEWER} if a newer version wrote it, which can be read by that
     */
    public Revision recover(ChangeNote note) {
        requireNonNull(note, "note");
        return guarded(() -> files.recover(note));
    }

    /** Returns how much is kept. */
    public FileStoreOptions options() {
        return options;
    }

    /** Nothing stays open between calls. */
    @Override
    public void close() {}

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException("name: '" + name + "' (expected: letters, digits and hyphens)");
        }
        return name;
    }

    private static <T> T guarded(FileAccess<T> access) {
        try {
            return access.run();
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Problem.UNAVAILABLE, "the store cannot be read or written: " + e.getMessage(), e);
        }
    }
}
