package dev.rookery.proxy.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a document leaves out is empty: the JSON reader hands in null for it, whatever the types say. */
final class Values {

    private Values() {}

    static <T> List<T> list(List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    /** Keeps the order. */
    static <V> Map<String, V> map(Map<String, V> given) {
        return given == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    static <T> Optional<T> optional(Optional<T> given) {
        return given == null ? Optional.empty() : given;
    }

    static OptionalInt optional(OptionalInt given) {
        return given == null ? OptionalInt.empty() : given;
    }

    static OptionalLong optional(OptionalLong given) {
        return given == null ? OptionalLong.empty() : given;
    }
}
