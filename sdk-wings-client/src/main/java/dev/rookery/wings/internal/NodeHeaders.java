package dev.rookery.wings.internal;

import dev.rookery.api.token.NodeCredentials;
import dev.rookery.kit.Redactor;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.Headers;

/** The headers that a node presents itself to its panel with, of the newest credentials. Thread-safe. */
final class NodeHeaders implements Supplier<Headers> {

    private final Supplier<NodeCredentials> credentials;
    private final PanelConnection.Manner manner;
    private final Redactor secrets;
    private volatile Made last;

    /**
     * Creates the headers.
     *
     * @param secrets learns every token that is presented
     */
    NodeHeaders(Supplier<NodeCredentials> credentials, PanelConnection.Manner manner, Redactor secrets) {
        this.credentials = credentials;
        this.manner = manner;
        this.secrets = secrets;
        this.last = make(credentials.get());
    }

    @Override
    public Headers get() {
        var newest = credentials.get();
        var made = last;
        if (!made.of.equals(newest)) {
            made = make(newest);
            last = made;
        }
        return made.headers;
    }

    /** Ours come last: nobody's replace them. */
    private Made make(NodeCredentials newest) {
        secrets.add(newest.token());
        var headers = new Headers.Builder();
        for (Map.Entry<String, String> header : manner.headers().entrySet()) {
            headers.set(header.getKey(), header.getValue());
        }
        return new Made(
                newest,
                headers.set("Authorization", newest.nodeToPanel())
                        .set("Accept", manner.dialect().accept())
                        .set("Content-Type", "application/json")
                        .set("User-Agent", manner.userAgent().apply(newest))
                        .build());
    }

    private record Made(NodeCredentials of, Headers headers) {}
}
