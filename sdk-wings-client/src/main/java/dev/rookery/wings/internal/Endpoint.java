package dev.rookery.wings.internal;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.NodeRoute;
import dev.rookery.api.node.Capability;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * One operation of a peer.
 *
 * @param method the HTTP method
 * @param template the path below the base URL; segments in braces are filled in, and {@code {path}} with as many as it takes
 * @param capability what a peer lacks that does not know the operation; empty if every peer has to have it
 */
record Endpoint(String method, String template, Optional<Capability> capability) {

    private static final String PATH = "{path}";

    static Endpoint get(String template) {
        return new Endpoint("GET", template, Optional.empty());
    }

    static Endpoint post(String template) {
        return new Endpoint("POST", template, Optional.empty());
    }

    static Endpoint delete(String template) {
        return new Endpoint("DELETE", template, Optional.empty());
    }

    static Endpoint of(NodeCall call, NodeRoute route) {
        return new Endpoint(route.method(), route.template(), call.capability());
    }

    /** Whether asking twice is the same as asking once. */
    boolean harmlessToRepeat() {
        return method.equals("GET");
    }

    /**
     * Returns the URL.
     *
     * @param base scheme, host and an optional path
     * @param arguments for the segments in braces, in order
     */
    HttpUrl.Builder url(HttpUrl base, String... arguments) {
        var url = base.newBuilder();
        // A base URL that ends with a slash has an empty last segment, which the first one of ours replaces.
        int next = 0;
        for (var segment : template.substring(1).split("/", -1)) {
            if (segment.equals(PATH)) {
                addPath(url, arguments[next++]);
            } else {
                url.addPathSegment(segment.startsWith("{") ? plain(arguments[next++]) : segment);
            }
        }
        return url;
    }

    private static void addPath(HttpUrl.Builder url, String path) {
        for (var segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                url.addPathSegment(plain(segment));
            }
        }
    }

    /** What stands for "here" and "up" would change which operation is asked for. */
    private static String plain(String segment) {
        if (segment.isEmpty() || segment.matches("(?i)(\\.|%2e){1,2}")) {
            throw new InvalidInputException("path segment: '" + segment + "' (expected: a name)");
        }
        return segment;
    }

    /** Returns method and template, as exceptions name the endpoint. */
    @Override
    public String toString() {
        return method + " " + template;
    }
}
