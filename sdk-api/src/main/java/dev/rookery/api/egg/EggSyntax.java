package dev.rookery.api.egg;

/** How an egg file is written down. */
public enum EggSyntax {
    /** JSON, with the members of {@code config} as texts that hold JSON. */
    JSON,
    /** YAML 1.2, with the members of {@code config} as structures. */
    YAML
}
