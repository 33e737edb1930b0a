package dev.rookery.wings.internal;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException.RemoteAnswer;
import dev.rookery.api.dialect.WireJson;
import java.util.Optional;
import okhttp3.Headers;

/** A successful answer, read to its end. */
final class Answer {

    private final Endpoint endpoint;
    private final int status;
    private final Headers headers;
    private final byte[] body;

    /**
     * Creates the answer.
     *
     * @param endpoint which operation answered
     * @param status the HTTP status, 200 to 299
     * @param headers its headers
     * @param body its body, bounded
     */
    Answer(Endpoint endpoint, int status, Headers headers, byte[] body) {
        this.endpoint = endpoint;
        this.status = status;
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
        try {
            return WireJson.read(body, type);
        } catch (InvalidInputException e) {
            throw new ProtocolException(
                    endpoint + " answered " + status + " with an unexpected body: " + e.getMessage(), e, remote());
        }
    }

    RemoteAnswer remote() {
        return new RemoteAnswer(endpoint.toString(), status, Optional.ofNullable(headers.get(Failures.REQUEST_ID)));
    }
}
