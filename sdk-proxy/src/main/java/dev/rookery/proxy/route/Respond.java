package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Answers by itself.
 *
 * @param status of the answer
 * @param contentType of the body
 * @param headers further ones
 * @param body at most 256 KiB
 */
public record Respond(
        @JsonProperty("status") int status,
        @JsonProperty("contentType") String contentType,
        @JsonProperty("headers") Map<String, String> headers,
        @JsonProperty("body") String body)
        implements Action {

    /** Puts in what is left out. */
    public Respond {
        status = status == 0 ? 200 : status;
        contentType = contentType == null ? "text/plain; charset=utf-8" : contentType;
        headers = Values.map(headers);
        body = body == null ? "" : body;
    }
}
