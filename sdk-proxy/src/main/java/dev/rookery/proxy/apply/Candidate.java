package dev.rookery.proxy.apply;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.Sha256;
import dev.rookery.proxy.internal.apply.ShownFiles;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an engine would run: its own files, whole. They are in the engine's canonical form, so that equal texts mean that nothing has to be done.
 * They name secrets by reference and hold none.
 *
 * @param revision which the files answer to probes; 0 if it is none of ours
 * @param files texts by their names, in order of them; an engine with one document has one
 */
@Incubating
public record Candidate(long revision, Map<String, String> files) {

    /** Checks its arguments. */
    public Candidate {
        if (revision < 0) {
            throw new InvalidInputException("revision: " + revision + " (expected: 0 or more)");
        }
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** Returns a digest of the files. */
    public String digest() {
        return Sha256.of(files);
    }

    /** Returns the files for people: JSON with line breaks, and {@code [hidden]} in place of hashes of passwords and of what looks like a secret. */
    public SortedMap<String, String> shown() {
        return ShownFiles.of(files);
    }

    /** Leaves the texts out: they can be long. */
    @Override
    public String toString() {
        return "Candidate[revision=" + revision + ", files=" + files.keySet() + "]";
    }
}
