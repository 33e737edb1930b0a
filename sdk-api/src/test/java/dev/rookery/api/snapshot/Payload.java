package dev.rookery.api.snapshot;

import dev.rookery.api.dialect.Dialect;
import java.util.Set;

/**
 * A payload of a node and the file that shows it.
 *
 * @param dialect whose
 * @param name the file
 * @param type what it is read as
 * @param value what the file says
 * @param written whether we write it ourselves, and not only read what others wrote
 * @param required members without which it is refused, parts joined by dots
 */
record Payload<T>(Dialect dialect, String name, Class<T> type, T value, boolean written, Set<String> required) {

    @SuppressWarnings("unchecked")
    static <T> Payload<T> written(Dialect dialect, String name, T value, String... required) {
        return new Payload<>(dialect, name, (Class<T>) value.getClass(), value, true, Set.of(required));
    }

    @SuppressWarnings("unchecked")
    static <T> Payload<T> read(Dialect dialect, String name, T value, String... required) {
        return new Payload<>(dialect, name, (Class<T>) value.getClass(), value, false, Set.of(required));
    }

    @Override
    public String toString() {
        return dialect.wireName() + "/" + name;
    }
}
