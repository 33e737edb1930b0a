package dev.rookery.wings.internal;

import dev.rookery.api.InvalidInputException;
import java.net.URI;
import okhttp3.HttpUrl;

/** Reads the URL that a peer is reached by. */
public final class BaseUrl {

    private BaseUrl() {}

    /**
     * Reads a base URL.
     *
     * @throws InvalidInputException if it is not {@code http(s)://host[:port][/path]}
     */
    public static HttpUrl read(URI uri) {
        var url = HttpUrl.parse(uri.toString());
        if (url == null || !url.username().isEmpty() || url.query() != null || url.fragment() != null) {
            // Not shown as a whole: it may carry a password.
            throw new InvalidInputException("base URL with host " + uri.getHost()
                    + " (expected: http(s)://host[:port][/path], no user, no query)");
        }
        // With an empty last segment, segments that are added replace it: "/base" and "/base/" become the same.
        return url.newBuilder().addPathSegment("").build();
    }

    /** Returns the short form for messages. */
    public static String show(HttpUrl url) {
        return url.toString().replaceAll("/+$", "");
    }
}
