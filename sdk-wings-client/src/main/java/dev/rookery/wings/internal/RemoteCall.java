package dev.rookery.wings.internal;

import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;

/**
 * A call that is about to be made.
 *
 * @param endpoint which operation
 * @param url where
 * @param body what to send; empty for GET
 * @param deadline how long it may take unless the caller says otherwise; zero means as long as bytes flow
 */
record RemoteCall(Endpoint endpoint, HttpUrl url, Optional<RequestBody> body, Duration deadline) {

    static RemoteCall of(Endpoint endpoint, HttpUrl url, Duration deadline) {
        return new RemoteCall(
                endpoint,
                url,
                endpoint.method().equals("GET") ? Optional.empty() : Optional.of(Bodies.empty()),
                deadline);
    }

    RemoteCall json(byte[] json) {
        return new RemoteCall(endpoint, url, Optional.of(Bodies.json(json)), deadline);
    }

    RemoteCall body(RequestBody content) {
        return new RemoteCall(endpoint, url, Optional.of(content), deadline);
    }
}
