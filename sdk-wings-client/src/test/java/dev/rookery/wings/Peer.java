package dev.rookery.wings;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** The other side of a real socket, scripted. */
final class Peer implements AutoCloseable {

    final MockWebServer server = new MockWebServer();

    Peer() throws IOException {
        server.start();
    }

    URI url() {
        return server.url("/").uri();
    }

    void answers(int status, String body) {
        server.enqueue(answer(status, body).build());
    }

    static MockResponse.Builder answer(int status, String body) {
        // What the daemons say even of JSON. Source: node API §1.5.
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "text/plain; charset=utf-8")
                .setHeader("X-Request-Id", "req-1")
                .body(body);
    }

    RecordedRequest request() throws InterruptedException {
        var request = server.takeRequest(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request came");
        }
        return request;
    }

    static String body(RecordedRequest request) {
        var body = request.getBody();
        return body == null ? "" : body.utf8();
    }

    @Override
    public void close() {
        server.close();
    }
}
