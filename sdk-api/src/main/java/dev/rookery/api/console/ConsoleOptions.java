package dev.rookery.api.console;

import dev.rookery.api.InvalidInputException;
import java.util.OptionalLong;

/**
 * Where a console begins.
 *
 * @param after deliver every stored line with a greater number before the live ones, where the node numbers its lines; lines that are
 *     no longer stored are announced by a {@link ConsoleEvent.Gap}. Empty means: begin with the live lines
 */
public record ConsoleOptions(OptionalLong after) {

    /** Checks the number. */
    public ConsoleOptions {
        if (after.isPresent() && after.getAsLong() < 0) {
            throw new InvalidInputException("after: " + after.getAsLong() + " (expected: >= 0)");
        }
    }

    /** Begins with the lines that come from now on. */
    public static ConsoleOptions live() {
        return new ConsoleOptions(OptionalLong.empty());
    }

    /** Begins after the line with the given number; 0 means from the first line ever. */
    public static ConsoleOptions after(long number) {
        return new ConsoleOptions(OptionalLong.of(number));
    }
}
