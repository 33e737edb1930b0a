package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What came out of an egg file.
 *
 * @param egg the egg
 * @param warnings what was odd about the file, in the order it was found
 */
public record EggReading(Egg egg, List<EggWarning> warnings) {

    /** Copies the list. */
    public EggReading {
        requireNonNull(egg, "egg");
        warnings = List.copyOf(warnings);
    }
}
