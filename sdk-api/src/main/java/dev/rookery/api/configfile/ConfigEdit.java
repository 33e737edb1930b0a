package dev.rookery.api.configfile;

import dev.rookery.api.Incubating;
import dev.rookery.api.Json;
import dev.rookery.api.panel.ProcessConfiguration.Replacement;
import java.util.Objects;
import java.util.Optional;

/**
 * One value to set in a file.
 *
 * @param match what to set: the beginning of a line, a key, {@code section.key}, or a path such as {@code servers.*.address}
 * @param ifValue set it only where this is the present value, or what matches it behind {@code regex:}; empty means anywhere
 * @param replacement the new value
 * @param insertNew whether to set what the file does not have yet
 * @param updateExisting whether to set what the file has already
 */
@Incubating
public record ConfigEdit(
        String match, Optional<String> ifValue, Json replacement, boolean insertNew, boolean updateExisting) {

    /** Checks the values. */
    public ConfigEdit {
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(ifValue, "ifValue");
        Objects.requireNonNull(replacement, "replacement");
    }

    /** Returns an edit that sets a text, whether something is there or not. */
    public static ConfigEdit of(String match, String replacement) {
        return of(match, new Json.Text(replacement));
    }

    /** Returns an edit that sets a value, whether something is there or not. */
    public static ConfigEdit of(String match, Json replacement) {
        return new ConfigEdit(match, Optional.empty(), replacement, true, true);
    }

    /**
     * Returns an edit that sets a text in place of another.
     *
     * @param match what to set
     * @param ifValue the text, or {@code regex:} and a pattern, whose groups stand behind {@code $} in the replacement
     * @param replacement the new text
     */
    public static ConfigEdit replacing(String match, String ifValue, String replacement) {
        return new ConfigEdit(match, Optional.of(ifValue), new Json.Text(replacement), true, true);
    }

    /**
     * Returns the edit that a panel asks for. {@code value} counts where {@code replace_with} is missing; Calagopus' {@code insert_new} and
     * {@code update_existing} are understood.
     */
    public static ConfigEdit of(Replacement replacement) {
        var value = replacement.replaceWith();
        if (value instanceof Json.Null) {
            value = replacement.further().getOrDefault("value", value);
        }
        return new ConfigEdit(
                replacement.match(),
                replacement.ifValue(),
                value,
                flag(replacement, "insert_new"),
                flag(replacement, "update_existing"));
    }

    private static boolean flag(Replacement replacement, String name) {
        return !(replacement.further().get(name) instanceof Json.Bool flag) || flag.value();
    }
}
