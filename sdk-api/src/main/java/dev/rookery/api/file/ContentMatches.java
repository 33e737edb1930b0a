package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import java.util.List;

/**
 * What a search for text has found. Ours.
 *
 * @param matches in no order that is promised but that of lines in a file
 * @param complete whether everything was searched: not if there were too many matches, if it took too long, or if a file was too large
 */
public record ContentMatches(
        @JsonProperty("matches") List<Match> matches,
        @JsonProperty("complete") boolean complete) {

    /** Copies its argument. */
    public ContentMatches {
        matches = matches == null ? List.of() : List.copyOf(matches);
    }

    /**
     * A line that holds the text.
     *
     * @param path of the file, from the server's root
     * @param line its number, from 1
     * @param text the line, cut if it is long
     */
    public record Match(
            @JsonProperty("path") String path,
            @JsonProperty("line") long line,
            @JsonProperty("text") String text) {

        /** Checks its arguments. */
        public Match {
            requireNonNull(path, "path");
            requireNonNull(text, "text");
            if (line < 1) {
                throw new InvalidInputException("line: " + line + " (expected: 1 or more)");
            }
        }
    }
}
