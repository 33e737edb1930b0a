package dev.rookery.daemon.internal.http;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose caller may make it.
 *
 * @param match what is asked for
 * @param query the parameters
 * @param headers the headers
 * @param body the body; the handler of a streamed route closes it
 * @param requestId our id for the request
 * @param client the address that it came from
 * @param options carries the correlation id
 */
record Request(
        Routes.Match match,
        Map<String, List<String>> query,
        HttpHeaders headers,
        Body body,
        String requestId,
        String client,
        CallOptions options) {

    /** Returns what stands in the path beside the server: a backup, a download. */
    String argument() {
        return match.argument();
    }

    /**
     * Returns the body as it arrives.
     *
     * @throws IllegalStateException if it is held in memory
     */
    Content streamed() {
        if (body instanceof Streamed arriving) {
            return arriving.content();
        }
        throw new IllegalStateException("the body of " + match + " has to be streamed");
    }

    /** Returns the token of who asks, empty if there is none. */
    String bearer() {
        return Gatekeeper.bearer(headers.get(HttpHeaderNames.AUTHORIZATION)).orElse("");
    }

    /** Returns the first value of a query parameter, empty if there is none. */
    String query(String name) {
        var values = query.get(name);
        return values == null || values.isEmpty() ? "" : values.get(0);
    }

    /**
     * Returns a query parameter that is a number.
     *
     * @param usual what it is if it is not given
     * @throws InvalidInputException if it is none
     */
    int number(String name, int usual) {
        var text = query(name);
        try {
            return text.isEmpty() ? usual : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(name + ": '" + text + "' (expected: a number)", e);
        }
    }

    /**
     * Returns the server in the path.
     *
     * @throws NotFoundException if that is not the exact, lower-case spelling of a UUID
     */
    ServerId serverId() {
        return parsedServer()
                .orElseThrow(() -> new NotFoundException("server: '" + match.server() + "' is not a server uuid"));
    }

    private Optional<ServerId> parsedServer() {
        try {
            return Optional.of(ServerId.parse(match.server()))
                    .filter(id -> id.toString().equals(match.server()));
        } catch (InvalidInputException ignored) {
            // Any text may stand in a path; what is no uuid names no server.
            return Optional.empty();
        }
    }

    /** The body of a request. */
    sealed interface Body {}

    /**
     * A body that is held in memory.
     *
     * @param bytes its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and copied by nobody
    record Held(byte[] bytes) implements Body {}

    /**
     * A body that arrives while it is read.
     *
     * @param content its bytes
     */
    record Streamed(Content content) implements Body {}
}
