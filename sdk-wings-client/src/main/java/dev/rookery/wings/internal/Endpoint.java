package dev.rookery.wings.internal;

import okhttp3.HttpUrl;

/**
 * One operation of a peer.
 *
 * @param method the HTTP method
 * @param template the path below the base URL; segments in braces are filled in
 */
record Endpoint(String method, String template) {

    static Endpoint get(String template) {
        return new Endpoint("GET", template);
    }

    static Endpoint post(String template) {
        return new Endpoint("POST", template);
    }

    static Endpoint delete(String template) {
        return new Endpoint("DELETE", template);
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
            url.addPathSegment(segment.startsWith("{") ? arguments[next++] : segment);
        }
        return url;
    }

    /** Returns method and template, as exceptions name the endpoint. */
    @Override
    public String toString() {
        return method + " " + template;
    }
}
