package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Changes what the upstream is asked for. The parts are applied in their order here.
 *
 * @param stripPrefix taken away from the beginning of the path
 * @param addPrefix put before the path
 * @param path the whole path, whatever was asked for; a query may follow
 * @param method in place of the client's
 */
public record Rewrite(
        @JsonProperty("stripPrefix") Optional<String> stripPrefix,
        @JsonProperty("addPrefix") Optional<String> addPrefix,
        @JsonProperty("path") Optional<String> path,
        @JsonProperty("method") Optional<String> method) {

    /** Changes nothing. */
    public static final Rewrite NONE =
            new Rewrite(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Puts in what is left out. */
    public Rewrite {
        stripPrefix = Values.optional(stripPrefix);
        addPrefix = Values.optional(addPrefix);
        path = Values.optional(path);
        method = Values.optional(method);
    }

    /** Returns what takes this away from the beginning of paths. */
    public static Rewrite stripPrefix(String prefix) {
        return new Rewrite(Optional.of(prefix), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
