package dev.rookery.api.egg;

import dev.rookery.api.Incubating;

/** How an egg file is written down. */
@Incubating
public enum EggSyntax {
    /** JSON, with the members of {@code config} as texts that hold JSON. */
    JSON,
    /** YAML 1.2, with the members of {@code config} as structures. */
    YAML
}
