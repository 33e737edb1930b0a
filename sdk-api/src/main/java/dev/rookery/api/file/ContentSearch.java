package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;

/**
 * A search for text in files. Ours.
 *
 * @param directory where to begin; everything below it is searched
 * @param text what to find, as it is: no character of it means anything else; within one line
 * @param matchCase whether case matters; if not, that of the letters A to Z does not
 */
public record ContentSearch(
        @JsonProperty("directory") String directory,
        @JsonProperty("text") String text,
        @JsonProperty("match_case") boolean matchCase) {

    private static final int TEXT_MAX = 1000;

    /** Checks its arguments. */
    public ContentSearch {
        directory = directory == null ? "" : directory;
        requireNonNull(text, "text");
        if (text.isEmpty() || text.length() > TEXT_MAX || text.indexOf('\n') >= 0) {
            throw new InvalidInputException("text of " + text.length() + " characters (expected: one line of 1 to "
                    + TEXT_MAX + " characters)");
        }
    }
}
