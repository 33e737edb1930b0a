package dev.rookery.panel;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What to answer to a {@link PanelRequest}.
 *
 * @param status the HTTP status
 * @param headers to be sent as they are
 * @param body the bytes, empty for none; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copying would only cost
public record PanelResponse(int status, Map<String, String> headers, byte[] body) {

    /** Copies the headers. */
    public PanelResponse {
        requireNonNull(body, "body");
        headers = Map.copyOf(headers);
    }
}
