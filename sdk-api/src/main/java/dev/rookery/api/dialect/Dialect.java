package dev.rookery.api.dialect;

import dev.rookery.api.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The families of panels and nodes that speak this protocol, each in its own way. What differs is written down in one class per concern in
 * this package and used nowhere else.
 */
public enum Dialect {
    /** Pelican's panel and Wings; the one we speak where nothing else is said. */
    PELICAN,
    /** Pterodactyl's panel and Wings. */
    PTERODACTYL,
    /** Calagopus' panel and Wings, in JSON. */
    CALAGOPUS,
    /** Flamingo's panel; its nodes are those of Pelican or Pterodactyl. */
    FLAMINGO,
    /** The node API of five endpoints that Nexus describes. */
    NEXUS;

    /**
     * Reads a dialect's name.
     *
     * @throws InvalidInputException if there is none of that name
     */
    public static Dialect parse(String name) {
        for (var dialect : values()) {
            if (dialect.wireName().equals(name.toLowerCase(Locale.ROOT))) {
                return dialect;
            }
        }
        throw new InvalidInputException("dialect: '" + name + "' (expected: one of "
                + Arrays.stream(values()).map(Dialect::wireName).collect(Collectors.joining(", ")) + ")");
    }

    /** Returns the lower-case name. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
