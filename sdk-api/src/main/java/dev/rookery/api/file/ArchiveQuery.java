package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.util.Optional;

/**
 * The question for what is in one directory of an archive. Ours.
 *
 * @param archive the path of the archive
 * @param directory the path of the directory in it; empty for its root
 * @param after where to go on: what {@link ArchiveListing#next()} was; empty for the beginning
 * @param limit how many entries are wanted, 1 to {@value #LIMIT_MAX}
 */
public record ArchiveQuery(String archive, String directory, Optional<String> after, int limit) {

    /** How many entries an answer may have. */
    public static final int LIMIT_MAX = 1000;

    /** Checks its arguments. */
    public ArchiveQuery {
        requireNonNull(archive, "archive");
        requireNonNull(directory, "directory");
        requireNonNull(after, "after");
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new InvalidInputException("limit: " + limit + " (expected: 1 to " + LIMIT_MAX + ")");
        }
    }

    /** Returns the question for the beginning of an archive's root, with as many entries as an answer may have. */
    public static ArchiveQuery of(String archive) {
        return new ArchiveQuery(archive, "", Optional.empty(), LIMIT_MAX);
    }

    /** Returns the same question for the beginning of a directory in the archive. */
    public ArchiveQuery in(String path) {
        return new ArchiveQuery(archive, path, Optional.empty(), limit);
    }

    /** Returns the same question for at most so many entries. */
    public ArchiveQuery limit(int entries) {
        return new ArchiveQuery(archive, directory, after, entries);
    }

    /** Returns the same question for what comes after {@code next} of an answer. */
    public ArchiveQuery after(String next) {
        return new ArchiveQuery(archive, directory, Optional.of(next), limit);
    }
}
