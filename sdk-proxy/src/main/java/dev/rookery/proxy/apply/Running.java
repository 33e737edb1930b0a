package dev.rookery.proxy.apply;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;

/**
 * What an engine runs at a moment.
 *
 * @param guard changes whenever something else runs, such as an ETag or the name of a release; for the engine only
 * @param content in the form of candidates, of whoever it is; without files if nothing runs
 */
@Incubating
public record Running(String guard, Candidate content) {

    /** Checks its arguments. */
    public Running {
        requireNonNull(guard, "guard");
        requireNonNull(content, "content");
    }

    /** Returns whether this is what a candidate is. */
    public boolean is(Candidate candidate) {
        return content.files().equals(candidate.files());
    }
}
