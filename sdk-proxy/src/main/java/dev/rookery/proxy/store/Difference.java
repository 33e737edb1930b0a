package dev.rookery.proxy.store;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.Json;
import java.util.Optional;

/**
 * What changed at one place.
 *
 * @param place a JSON pointer in which items that have an id or a name stand under it, such as {@code /routes/lobby/domains/0}
 * @param before what was there; empty if it is new
 * @param after what is there; empty if it is gone
 */
@Incubating
public record Difference(String place, Optional<Json> before, Optional<Json> after) {

    /** What stands in place of hashes of passwords and of secrets. */
    public static final Json HIDDEN = new Json.Text("[hidden]");

    /** Checks its arguments. */
    public Difference {
        requireNonNull(place, "place");
        requireNonNull(before, "before");
        requireNonNull(after, "after");
    }
}
