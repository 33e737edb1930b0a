package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * Something that can be set for each server of an egg. Source: eggs §5.
 *
 * @param name its label
 * @param description free text
 * @param envVariable the name of the environment variable, in the letter case of the file
 * @param defaultValue the value of a server that has none of its own
 * @param userViewable whether the owner of a server may see it
 * @param userEditable whether the owner may change it; counts only together with {@code userViewable}
 * @param rules Laravel validation rules, one each; empty ones are kept
 * @param sort where to show it, lowest first
 * @param fieldType a hint that no panel reads, {@code text} wherever it occurs
 * @param extras members that this model has no place for
 */
@Value.Builder
public record EggVariable(
        String name,
        String description,
        String envVariable,
        String defaultValue,
        boolean userViewable,
        boolean userEditable,
        List<String> rules,
        OptionalInt sort,
        Optional<String> fieldType,
        Map<String, Json> extras) {

    /** Copies the collections. */
    public EggVariable {
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        requireNonNull(envVariable, "envVariable");
        requireNonNull(defaultValue, "defaultValue");
        requireNonNull(sort, "sort");
        requireNonNull(fieldType, "fieldType");
        rules = List.copyOf(rules);
        extras = Egg.ordered(extras);
    }

    /** Returns a builder. */
    public static EggVariableBuilder builder() {
        return new EggVariableBuilder();
    }

    /** Returns whether the owner of a server may change this variable: it has to be viewable and editable. */
    public boolean changeableByUser() {
        return userViewable && userEditable;
    }
}
