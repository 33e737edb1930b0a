package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalInt;

/**
 * Refuses the request.
 *
 * @param status of the answer; without one the connection is closed without an answer
 */
public record Reject(@JsonProperty("status") OptionalInt status) implements Action {

    /** Puts in what is left out. */
    public Reject {
        status = Values.optional(status);
    }
}
