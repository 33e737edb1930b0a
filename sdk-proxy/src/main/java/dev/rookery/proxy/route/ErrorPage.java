package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What is answered in place of an error of the proxy's own, such as an upstream that does not work.
 *
 * @param status 400 to 599, or 4 or 5 for the whole class
 * @param contentType of the body
 * @param body a literal text
 */
public record ErrorPage(
        @JsonProperty("status") int status,
        @JsonProperty("contentType") String contentType,
        @JsonProperty("body") String body) {

    /** Puts in what is left out. */
    public ErrorPage {
        contentType = contentType == null ? "text/html; charset=utf-8" : contentType;
        body = body == null ? "" : body;
    }
}
