package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
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
        @JsonProperty("id") String id,
        @JsonProperty("kind") Kind kind,
        @JsonProperty("path") String path,
        @JsonProperty("state") State state,
        @JsonProperty("done_bytes") long doneBytes,
        @JsonProperty("total_bytes") OptionalLong totalBytes,
        @JsonProperty("begun") Instant begun,
        @JsonProperty("ended") Optional<Instant> ended,
        @JsonProperty("problem") Optional<String> problem) {

    /** Checks its arguments. */
    public FileJob {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(path, "path");
        requireNonNull(state, "state");
        totalBytes = totalBytes == null ? OptionalLong.empty() : totalBytes;
        requireNonNull(begun, "begun");
        ended = ended == null ? Optional.empty() : ended;
        problem = problem == null ? Optional.empty() : problem;
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
        @JsonProperty("compress")
        COMPRESS,
        /** An archive is unpacked. */
        @JsonProperty("decompress")
        DECOMPRESS,
        /** A file is fetched from elsewhere. */
        @JsonProperty("download")
        DOWNLOAD
    }

    /** How far a job is. */
    public enum State {
        /** It will begin when others have ended. */
        @JsonProperty("waiting")
        WAITING,
        /** It is being done. */
        @JsonProperty("running")
        RUNNING,
        /** It is done. */
        @JsonProperty("done")
        DONE,
        /** It could not be done, or the node ended meanwhile; what it made so far is removed. */
        @JsonProperty("failed")
        FAILED,
        /** Somebody ended it; what it made so far is removed. */
        @JsonProperty("cancelled")
        CANCELLED;

        /** Returns whether nothing more comes. */
        public boolean ended() {
            return this != WAITING && this != RUNNING;
        }
    }
}
