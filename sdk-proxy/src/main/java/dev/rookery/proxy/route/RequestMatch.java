package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What a request has to be besides its host and path. All parts have to fit.
 *
 * @param methods one of these; empty is any
 * @param headers header to value; a value of {@code *} is any value that is there
 * @param query parameter to value; a value of {@code *} is any value that is there
 */
public record RequestMatch(
        @JsonProperty("methods") List<String> methods,
        @JsonProperty("headers") Map<String, String> headers,
        @JsonProperty("query") Map<String, String> query) {

    private static final RequestMatch ANY = new RequestMatch(List.of(), Map.of(), Map.of());

    /** Copies its arguments. */
    public RequestMatch {
        methods = Values.list(methods);
        headers = Values.map(headers);
        query = Values.map(query);
    }

    /** Returns the match of every request. */
    public static RequestMatch any() {
        return ANY;
    }

    /** Returns how many conditions there are: more of them are narrower. */
    public int conditions() {
        return (methods.isEmpty() ? 0 : 1) + headers.size() + query.size();
    }
}
