package dev.rookery.api.panel;

import dev.rookery.api.Json;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Copies the members of a document that are carried without being understood. */
final class Further {

    private Further() {}

    /** Returns a copy, by name since readers lose the order; none for null, which is what a reader without any gives. */
    static Map<String, Json> copy(@Nullable Map<String, Json> further) {
        if (further == null || further.isEmpty()) {
            return Map.of();
        }
        var copy = new TreeMap<String, Json>();
        further.forEach((name, value) -> copy.put(name, value == null ? Json.Null.INSTANCE : value));
        return Collections.unmodifiableMap(copy);
    }
}
