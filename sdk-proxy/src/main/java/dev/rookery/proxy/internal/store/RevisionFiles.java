package dev.rookery.proxy.internal.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.FileStoreOptions;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import dev.rookery.proxy.store.StoreLock;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a store. Source: proxy specification §5.1 and §5.2.
 *
 * <pre>
 * HEAD                 which revision is the newest; replacing it is the commit
 * rev/00000042.jsonl   a revision; never changed
 * stage/NAME.json      how far something behind the store has come
 * lock, NAME.lock      against other processes; never removed
 * broken/              what could not be read, and what was written but never committed
 * </pre>
 */
public final class RevisionFiles {

    private static final Logger LOG = LoggerFactory.getLogger(RevisionFiles.class);

    private static final int FORM = 1;
    /** So often may others commit while a revision is read. */
    private static final int READS_MAX = 20;

    private final Path directory;
    private final FileStoreOptions options;
    private final RevisionFolder revisions;
    private volatile @Nullable Revision known;

    private RevisionFiles(Path directory, FileStoreOptions options) {
        this.directory = directory;
        this.options = options;
        revisions = new RevisionFolder(directory.resolve("rev"), directory.resolve("broken"));
    }

    /** Opens a directory. */
    public static RevisionFiles open(Path directory, FileStoreOptions options) throws IOException {
        DurableFiles.createDirectories(directory);
        var files = new RevisionFiles(directory, options);
        DurableFiles.createDirectories(directory.resolve("rev"));
        DurableFiles.createDirectories(directory.resolve("stage"));
        return files.locked(() -> {
            files.removeLeftOvers();
            // A store that has revisions but no HEAD has lost it: this one never had any.
            if (!Files.exists(files.headFile()) && files.revisions.numbers().isEmpty()) {
                files.point(Revision.NONE);
            }
            return files;
        });
    }

    /** Returns the newest revision. */
    public Revision head() throws IOException {
        for (int i = 0; i < READS_MAX; i++) {
            var head = readHead();
            var present = known;
            if (present != null && present.etag().equals(head.etag())) {
                return present;
            }
            if (head.revision() == 0) {
                return Revision.NONE;
            }
            try {
                var revision = revisions.read(head.revision());
                if (!revision.etag().equals(head.etag())) {
                    throw new StoreException(
                            Problem.BROKEN,
                            revisions.name(head.revision()) + " is not what HEAD says (expected: recover)");
                }
                known = revision;
                return revision;
            } catch (NoSuchFileException e) {
                // So many others came first that it was tidied away already, or it is lost.
                if (readHead().equals(head)) {
                    throw new StoreException(
                            Problem.BROKEN, revisions.name(head.revision()) + " is missing (expected: recover)", e);
                }
            }
        }
        throw new StoreException(Problem.UNAVAILABLE, "HEAD changes faster than it can be read");
    }

    /** Returns a revision. */
    public Optional<Revision> find(long number) throws IOException {
        long newest = readHead().revision();
        if (number == 0) {
            return Optional.of(Revision.NONE);
        }
        if (number < 0 || number > newest) {
            return Optional.empty();
        }
        if (number == newest) {
            var head = head();
            if (head.number() == number) {
                return Optional.of(head);
            }
            // Somebody saved another one since.
        }
        try {
            var revision = revisions.read(number);
            var next = revisions.previousOf(number + 1);
            if (next.isPresent() && !next.get().equals(revision.etag())) {
                throw new StoreException(Problem.BROKEN, revisions.name(number) + " is not what the next one says");
            }
            return Optional.of(revision);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Lists revisions, the newest first. */
    public List<RevisionHeader> history(long before, int limit) throws IOException {
        long newest = readHead().revision();
        return revisions.headers(Math.min(before, newest == Long.MAX_VALUE ? newest : newest + 1), limit);
    }

    /** Saves a document if the head is what it was made from. */
    public Revision commit(String etag, ProxyDocument document, ChangeNote note) throws IOException {
        return locked(() -> {
            var head = head();
            if (!head.etag().equals(etag)) {
                throw new StoreException(
                        Problem.STALE,
                        "revision " + head.number() + " was saved meanwhile by '"
                                + head.note().author() + "' (expected: the change made anew from that)");
            }
            return save(RevisionText.of(head.number() + 1, head.etag(), note, document));
        });
    }

    /** Moves what cannot be read aside and saves anew what can. */
    public Revision recover(ChangeNote note) throws IOException {
        return locked(() -> {
            try {
                return head();
            } catch (StoreException e) {
                if (e.problem() != Problem.BROKEN) {
                    throw e;
                }
            }
            revisions.setAside(headFile());
            var newest = revisions.newestWhole();
            long number = revisions.numbers().stream().reduce(newest.number(), Math::max) + 1;
            return save(RevisionText.of(number, newest.etag(), note, newest.document()));
        });
    }

    /** Returns how far something has come. */
    public Optional<StageState> stage(String name) throws IOException {
        try {
            return Optional.of(ProxyJson.read(Files.readAllBytes(stageFile(name)), StageState.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (InvalidInputException e) {
            throw new StoreException(Problem.BROKEN, "stage/" + name + ".json cannot be read: " + e.getMessage(), e);
        }
    }

    /** Keeps how far something has come. */
    public void keep(StageState state) throws IOException {
        // Locked, since whoever opens the store removes what is only half written.
        locked(() -> {
            DurableFiles.write(stageFile(state.name()), ProxyJson.write(state), DurableFiles.PRIVATE);
            return state;
        });
    }

    /** Takes the lock of something. */
    public StoreLock lock(String name, Duration limit) throws IOException {
        return FileLocks.take(directory.resolve(name + ".lock"), limit);
    }

    private <T> T locked(FileAccess<T> access) throws IOException {
        var lock = FileLocks.take(directory.resolve("lock"), options.commitLimit());
        try {
            return access.run();
        } finally {
            lock.close();
        }
    }

    private Revision save(RevisionText text) throws IOException {
        revisions.write(text);
        point(text.revision());
        known = text.revision();
        tidy(text.revision());
        return text.revision();
    }

    /** What is saved is saved, whatever becomes of revisions that nobody needs any more. */
    private void tidy(Revision head) {
        try {
            revisions.tidy(head, options, needed());
        } catch (IOException | StoreException e) {
            LOG.warn("old revisions could not be removed; the next change tries again", e);
        }
    }

    /** Returns the revisions that something behind the store is at, such as an engine that goes back to what was proven. */
    private Set<Long> needed() throws IOException {
        var numbers = new HashSet<Long>();
        try (var files = Files.newDirectoryStream(directory.resolve("stage"), "*.json")) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                stage(name.substring(0, name.length() - ".json".length()))
                        .ifPresent(state -> numbers.add(state.revision()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return numbers;
    }

    private void point(Revision revision) throws IOException {
        var head = new Head(FORM, revision.number(), revision.etag());
        DurableFiles.write(headFile(), ProxyJson.write(head), DurableFiles.PRIVATE);
    }

    private Head readHead() throws IOException {
        try {
            var head = ProxyJson.read(Files.readAllBytes(headFile()), Head.class);
            if (head.form() > FORM) {
                throw new StoreException(
                        Problem.NEWER, "a newer version keeps this store (expected: form " + FORM + " or older)");
            }
            return head;
        } catch (NoSuchFileException e) {
            throw new StoreException(Problem.BROKEN, "HEAD is missing (expected: recover)", e);
        } catch (InvalidInputException e) {
            throw new StoreException(
                    Problem.BROKEN, "HEAD cannot be read: " + e.getMessage() + " (expected: recover)", e);
        }
    }

    /** What a process left that ended while it wrote. */
    private void removeLeftOvers() throws IOException {
        for (var folder : List.of(directory, directory.resolve("rev"), directory.resolve("stage"))) {
            try (var found = Files.newDirectoryStream(folder, ".*.tmp")) {
                for (var file : found) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Path headFile() {
        return directory.resolve("HEAD");
    }

    private Path stageFile(String name) {
        return directory.resolve("stage").resolve(name + ".json");
    }

    /** What HEAD says. */
    record Head(
            @JsonProperty(value = "form", required = true) int form,

            @JsonProperty(value = "revision", required = true)
            long revision,

            @JsonProperty(value = "etag", required = true) String etag) {}
}
