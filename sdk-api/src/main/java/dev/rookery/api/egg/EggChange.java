package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;

/**
 * What another format has no place for, or another form.
 *
 * @param kind what was done about it
 * @param path where in the egg that was converted, such as {@code startup_commands}; {@code variables[*].sort} stands for all variables
 * @param message what it is and what became of it
 */
@Incubating
public record EggChange(Kind kind, String path, String message) {

    /** Checks its arguments. */
    public EggChange {
        requireNonNull(kind, "kind");
        requireNonNull(path, "path");
        requireNonNull(message, "message");
    }

    /** What is done about something. */
    public enum Kind {
        /** It is not in the converted egg. */
        LEFT_OUT,
        /** It is there in another form, which means the same to the panels of that format. */
        REWRITTEN
    }
}
