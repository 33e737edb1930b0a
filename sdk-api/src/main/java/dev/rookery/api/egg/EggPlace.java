package dev.rookery.api.egg;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;

/**
 * A place in an egg file, as editors count.
 *
 * @param line the line, from 1
 * @param column the character in that line, from 1
 */
@Incubating
public record EggPlace(int line, int column) {

    /** Checks its arguments. */
    public EggPlace {
        if (line < 1 || column < 1) {
            throw new InvalidInputException("place: " + line + ":" + column + " (expected: both from 1)");
        }
    }

    /** Returns the place as people write it: {@code 12:7}. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
