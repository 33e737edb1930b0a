package dev.rookery.api.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Incubating;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Stored lines of a console. Numbers that are missing between two lines were not stored, or do not have what was searched for.
 *
 * @param lines in the order of their numbers
 * @param next where to go on, see {@link ConsoleHistoryQuery#next}; empty if all was looked through. A search that takes long comes back
 *     early, perhaps without a line, and is to be continued here
 * @param oldest the number of the oldest stored line, empty if none is stored
 */
@Incubating
public record ConsoleHistoryPage(
        @JsonProperty("lines") List<Line> lines,
        @JsonProperty("next") OptionalLong next,
        @JsonProperty("oldest") OptionalLong oldest) {

    /** An empty page of a console without stored lines. */
    public static final ConsoleHistoryPage EMPTY =
            new ConsoleHistoryPage(List.of(), OptionalLong.empty(), OptionalLong.empty());

    /** Copies the list. */
    public ConsoleHistoryPage {
        lines = List.copyOf(lines);
    }

    /**
     * A stored line.
     *
     * @param number its number
     * @param time when the node heard it
     * @param text without line end
     */
    public record Line(
            @JsonProperty("number") long number,
            @JsonProperty("time") Instant time,
            @JsonProperty("text") String text) {}
}
