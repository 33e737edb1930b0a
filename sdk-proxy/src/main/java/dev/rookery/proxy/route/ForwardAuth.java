package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A service that is asked about each request; whatever it answers but 2xx goes to the client.
 *
 * @param service who is asked
 * @param path what is asked for
 * @param copyHeaders headers of the answer that the upstream gets; those that the client sent under these names never reach it
 */
public record ForwardAuth(
        @JsonProperty("service") Upstream service,
        @JsonProperty("path") String path,
        @JsonProperty("copyHeaders") List<String> copyHeaders)
        implements Auth {

    /** Puts in what is left out. */
    public ForwardAuth {
        requireNonNull(service, "service");
        path = path == null ? "/" : path;
        copyHeaders = Values.list(copyHeaders);
    }
}
