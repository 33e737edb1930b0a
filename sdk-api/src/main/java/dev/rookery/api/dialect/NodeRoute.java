package dev.rookery.api.dialect;

import static java.util.Objects.requireNonNull;

/**
 * Where a node offers a call.
 *
 * @param method the HTTP method
 * @param template the path; what stands in braces is filled in, in order
 */
public record NodeRoute(String method, String template) {

    /** Checks its arguments. */
    public NodeRoute {
        requireNonNull(method, "method");
        requireNonNull(template, "template");
    }

    /** Returns method and template, joined by a blank. */
    @Override
    public String toString() {
        return method + " " + template;
    }
}
