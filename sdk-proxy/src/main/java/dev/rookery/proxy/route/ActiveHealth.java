package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * Asks upstreams whether they work.
 *
 * @param path what is asked for; a query may follow
 * @param port another one than the upstream's
 * @param method of the question
 * @param interval how often
 * @param timeout how long an answer may take
 * @param expectStatus the status that is right; 1 to 5 are whole classes; empty is 2xx
 * @param expectBody an expression that has to be found in the answer
 * @param passes how many right answers in a row bring one back
 * @param fails how many wrong ones in a row take one out
 * @param headers of the question
 */
@Value.Builder
public record ActiveHealth(
        @JsonProperty("path") String path,
        @JsonProperty("port") OptionalInt port,
        @JsonProperty("method") String method,
        @JsonProperty("interval") Duration interval,
        @JsonProperty("timeout") Duration timeout,
        @JsonProperty("expectStatus") OptionalInt expectStatus,
        @JsonProperty("expectBody") Optional<String> expectBody,
        @JsonProperty("passes") int passes,
        @JsonProperty("fails") int fails,
        @JsonProperty("headers") Map<String, String> headers) {

    /** Puts in what is left out. */
    public ActiveHealth {
        path = path == null ? "/" : path;
        port = Values.optional(port);
        method = method == null ? "GET" : method;
        interval = interval == null ? Duration.ofSeconds(30) : interval;
        timeout = timeout == null ? Duration.ofSeconds(5) : timeout;
        expectStatus = Values.optional(expectStatus);
        expectBody = Values.optional(expectBody);
        passes = passes == 0 ? 1 : passes;
        fails = fails == 0 ? 1 : fails;
        headers = Values.map(headers);
    }

    /** Returns a builder of what is usual. */
    public static ActiveHealthBuilder builder(String path) {
        return new ActiveHealthBuilder()
                .path(path)
                .method("GET")
                .interval(Duration.ofSeconds(30))
                .timeout(Duration.ofSeconds(5))
                .passes(1)
                .fails(1);
    }
}
