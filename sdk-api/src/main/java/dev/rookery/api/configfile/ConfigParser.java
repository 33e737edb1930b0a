package dev.rookery.api.configfile;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import java.util.Arrays;
import java.util.Optional;

/** The ways to read and edit a configuration file, as eggs name them. The name decides, never the file's ending. */
@Incubating
public enum ConfigParser {
    /** Lines that begin with a text are replaced. */
    FILE("file"),
    /** Java's properties. */
    PROPERTIES("properties"),
    /** Sections with keys, also those of Unreal's engine. */
    INI("ini"),
    /** JSON; comments and commas at the end are borne. */
    JSON("json"),
    /** YAML; eggs write {@code yml}, too. */
    YAML("yaml"),
    /** TOML 1.0. */
    TOML("toml"),
    /** XML. */
    XML("xml");

    private final String wireName;

    ConfigParser(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the parser of a name, empty if nobody knows it. */
    public static Optional<ConfigParser> find(String name) {
        var wanted = name.equals("yml") ? YAML.wireName : name;
        return Arrays.stream(values()).filter(p -> p.wireName.equals(wanted)).findFirst();
    }

    /**
     * Returns the parser of a name.
     *
     * @throws InvalidInputException if nobody knows it
     */
    public static ConfigParser get(String name) {
        return find(name)
                .orElseThrow(() -> new InvalidInputException(
                        "parser: '" + name + "' (expected: file, properties, ini, json, yaml, toml or xml)"));
    }

    /** Returns the name that eggs give it. */
    public String wireName() {
        return wireName;
    }
}
