package dev.rookery.wings.internal;

import dev.rookery.api.ServerId;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;

/**
 * A call that is about to be made.
 *
 * @param endpoint which operation
 * @param url where
 * @param body what to send; empty for GET
 * @param deadline how long it may take unless the caller says otherwise; zero means as long as bytes flow
 * @param headers beside the common ones, which they replace; an empty value takes a common one away
 * @param server which server it is about, if it is about one
 */
record RemoteCall(
        Endpoint endpoint,
        HttpUrl url,
        Optional<RequestBody> body,
        Duration deadline,
        Headers headers,
        Optional<ServerId> server) {

    private static final String AUTHORIZATION = "Authorization";

    static RemoteCall of(Endpoint endpoint, HttpUrl url, Duration deadline) {
        return new RemoteCall(
                endpoint,
                url,
                endpoint.method().equals("GET") ? Optional.empty() : Optional.of(Bodies.empty()),
                deadline,
                Headers.EMPTY,
                Optional.empty());
    }

    RemoteCall json(byte[] json) {
        return body(Bodies.json(json));
    }

    RemoteCall body(RequestBody content) {
        return new RemoteCall(endpoint, url, Optional.of(content), deadline, headers, server);
    }

    RemoteCall query(String name, String value) {
        var other = url.newBuilder().addQueryParameter(name, value).build();
        return new RemoteCall(endpoint, other, body, deadline, headers, server);
    }

    RemoteCall header(String name, String value) {
        var more = headers.newBuilder().set(name, value).build();
        return new RemoteCall(endpoint, url, body, deadline, more, server);
    }

    RemoteCall server(ServerId id) {
        return new RemoteCall(endpoint, url, body, deadline, headers, Optional.of(id));
    }

    RemoteCall to(HttpUrl other) {
        return new RemoteCall(endpoint, other, body, deadline, headers, server);
    }

    /** Returns the call without the node's credentials, for a URL that carries its own. */
    RemoteCall withoutCredentials() {
        return header(AUTHORIZATION, "");
    }

    /** Whether the call is made with the node's credentials. */
    boolean credentialed() {
        return headers.get(AUTHORIZATION) == null;
    }
}
