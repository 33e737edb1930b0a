package dev.rookery.api.config;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One key of {@code config.yml}.
 *
 * @param name its parts joined by dots, in the spelling of the file
 * @param type what a value is
 * @param min the least number, length of time or size
 * @param max the greatest one
 * @param choices the only texts that are values, for {@link ValueType#CHOICE}
 * @param knownTo the daemons that know it; empty if it is one of Rookery's own
 * @param defaults the value where a file has none, per daemon; no entry where there is none
 * @param jsonPath its parts as panels write them in JSON, joined by dots
 * @param fromPanel whether a panel may set it
 * @param meaning what it is for
 */
public record ConfigurationKey(
        String name,
        ValueType type,
        long min,
        long max,
        List<String> choices,
        Set<Dialect> knownTo,
        Map<Dialect, Json> defaults,
        String jsonPath,
        boolean fromPanel,
        String meaning) {

    /** Copies the collections. */
    public ConfigurationKey {
        choices = List.copyOf(choices);
        knownTo = Set.copyOf(knownTo);
        defaults = Map.copyOf(defaults);
    }

    /**
     * Returns the value where a file has none; empty if there is none. Rookery and the panels without a daemon of their own take
     * Pelican's.
     */
    public Optional<Json> defaultValue(Dialect dialect) {
        return Optional.ofNullable(defaults.getOrDefault(dialect, defaults.get(Dialect.PELICAN)));
    }

    /** Returns what a value has to be, for messages. */
    public String expectation() {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case INTEGER, SECONDS, MILLISECONDS, MEBIBYTES, MEBIBYTES_PER_SECOND, PERCENT, BYTES ->
                "a whole number, " + min + " to " + max;
            case DECIMAL -> "a number, at least " + (double) min;
            case TEXT -> "a text";
            case PATH -> "an absolute path";
            case URL -> "an http or https URL, such as https://panel.example.com";
            case CHOICE ->
                String.join(", ", choices.subList(0, choices.size() - 1)) + " or " + choices.get(choices.size() - 1);
            case TEXTS -> "a list of texts";
            case TEXT_MAP -> "names with texts";
            case FACTORS -> "memory in MiB with a factor, such as 2048: 1.15";
            case REGISTRIES -> "registries, each with username and password";
        };
    }

    /** What values of a key are. */
    public enum ValueType {
        /** True or false. */
        BOOLEAN(""),
        /** A whole number. */
        INTEGER(""),
        /** Any number. */
        DECIMAL(""),
        /** A text. */
        TEXT(""),
        /** An absolute path on the node. */
        PATH(""),
        /** The URL of an HTTP server. */
        URL(""),
        /** One of a few texts. */
        CHOICE(""),
        /** A length of time in seconds. */
        SECONDS("s"),
        /** A length of time in milliseconds. */
        MILLISECONDS("ms"),
        /** A size in mebibytes. */
        MEBIBYTES("MiB"),
        /** A speed in mebibytes per second. */
        MEBIBYTES_PER_SECOND("MiB/s"),
        /** Percent of one processor. */
        PERCENT("%"),
        /** A size in bytes. */
        BYTES("bytes"),
        /** A list of texts. */
        TEXTS(""),
        /** Texts by name. */
        TEXT_MAP(""),
        /** Factors by sizes of memory. */
        FACTORS(""),
        /** Users and passwords by registry. */
        REGISTRIES("");

        private final String unit;

        ValueType(String unit) {
            this.unit = unit;
        }

        /** Returns the sign of the unit; empty if there is none. */
        public String unit() {
            return unit;
        }

        /** Returns the name in words. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
