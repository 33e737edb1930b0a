package dev.rookery.panel;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request, as any web framework can hand it over.
 *
 * @param method in upper case
 * @param path decoded, from the first slash, without the query
 * @param query decoded; of a name that comes twice the first value
 * @param headers letter case of the names does not matter; of a name that comes twice the first value
 * @param body read at most once, up to a limit; whoever made it closes it
 */
public record PanelRequest(
        String method, String path, Map<String, String> query, Map<String, String> headers, InputStream body) {

    /** Copies the maps. */
    public PanelRequest {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        requireNonNull(body, "body");
        query = Map.copyOf(query);
        var folded = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        folded.putAll(headers);
        headers = Collections.unmodifiableMap(folded);
    }

    /** Returns a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Shows neither headers nor query: they hold secrets. */
    @Override
    public String toString() {
        return "PanelRequest[" + method + " " + path + "]";
    }
}
