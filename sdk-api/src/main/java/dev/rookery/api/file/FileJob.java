package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * A piece of work with a server's files that takes longer than a request should. Ours.
 *
 * @param id the node's id for it
 * @param kind what is done
 * @param path what it makes: an archive, a file, or the directory that something is unpacked into
 * @param state how far it is
 * @param doneBytes how much is done
 * @param totalBytes how much there is to do; empty if that is not known
 * @param begun when it was asked for
 * @param ended when it ended; empty until then
 * @param problem why it failed, for people
 */
@Value.Builder
public record FileJob(
        String id,
        Kind kind,
        String path,
        State state,
        long doneBytes,
        OptionalLong totalBytes,
        Instant begun,
        Optional<Instant> ended,
        Optional<String> problem) {

    /** Checks its arguments. */
    public FileJob {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(path, "path");
        requireNonNull(state, "state");
        requireNonNull(totalBytes, "totalBytes");
        requireNonNull(begun, "begun");
        requireNonNull(ended, "ended");
        requireNonNull(problem, "problem");
        if (doneBytes < 0) {
            throw new InvalidInputException("doneBytes: " + doneBytes + " (expected: 0 or more)");
        }
    }

    /** Returns a builder of a job that waits; id, kind, path and begin are to be set. */
    public static FileJobBuilder builder() {
        return new FileJobBuilder().state(State.WAITING).doneBytes(0);
    }

    /** What is done. */
    public enum Kind {
        /** Files are put into an archive. */
        COMPRESS,
        /** An archive is unpacked. */
        DECOMPRESS,
        /** A file is fetched from elsewhere. */
        DOWNLOAD
    }

    /** How far a job is. */
    public enum State {
        /** It will begin when others have ended. */
        WAITING,
        /** It is being done. */
        RUNNING,
        /** It is done. */
        DONE,
        /** It could not be done, or the node ended meanwhile; what it made so far is removed. */
        FAILED,
        /** Somebody ended it; what it made so far is removed. */
        CANCELLED;

        /** Returns whether nothing more comes. */
        public boolean ended() {
            return this != WAITING && this != RUNNING;
        }
    }
}
