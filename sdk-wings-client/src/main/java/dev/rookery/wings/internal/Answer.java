package dev.rookery.wings.internal;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException.RemoteAnswer;
import dev.rookery.api.dialect.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import okhttp3.Headers;

/** A successful answer, read to its end. */
final class Answer {

    private final RemoteAnswer remote;
    private final Headers headers;
    private final byte[] body;

    /**
     * Creates the answer.
     *
     * @param remote who answered what
     * @param headers its headers
     * @param body its body, bounded
     */
    Answer(RemoteAnswer remote, Headers headers, byte[] body) {
        this.remote = remote;
        this.headers = headers;
        this.body = body;
    }

    Headers headers() {
        return headers;
    }

    /**
     * Reads the body as JSON, whatever its content type says.
     *
     * @throws ProtocolException if it is not what the protocol says
     */
    <T> T json(Class<T> type) {
        return read(bytes -> WireJson.read(bytes, type));
    }

    /**
     * Reads the body.
     *
     * @param reader throws {@link InvalidInputException} if the body is not what it should be
     * @throws ProtocolException in that case
     */
    <T> T read(Function<byte[], T> reader) {
        try {
            return reader.apply(body);
        } catch (InvalidInputException e) {
            throw new ProtocolException(
                    remote.endpoint() + " answered " + remote.status() + " with an unexpected body: " + e.getMessage(),
                    e,
                    remote);
        }
    }

    /** Whether there is nothing to read: no body, or an object without members. */
    boolean blank() {
        return text().isBlank() || text().strip().equals("{}");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    RemoteAnswer remote() {
        return remote;
    }
}
