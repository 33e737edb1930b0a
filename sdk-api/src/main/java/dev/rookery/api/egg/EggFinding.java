package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import java.util.Optional;

/**
 * Something about an egg that its author should know.
 *
 * @param rule what kind of thing it is; it has the severity and the advice
 * @param path where in the document, such as {@code variables[2].rules}; empty for the document as a whole
 * @param place where in the file; for what stands inside of a text that holds JSON, that text. Empty if the egg came from no file
 * @param message what was found; never a secret
 */
@Incubating
public record EggFinding(EggRule rule, String path, Optional<EggPlace> place, String message) {

    /** Checks its arguments. */
    public EggFinding {
        requireNonNull(rule, "rule");
        requireNonNull(path, "path");
        requireNonNull(place, "place");
        requireNonNull(message, "message");
    }

    /** Returns how bad it is. */
    public EggRule.Severity severity() {
        return rule.severity();
    }
}
