package dev.rookery.proxy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Something about a document that its author should know.
 *
 * @param code what it is, for programs; upper case with underscores
 * @param severity whether the document can be used
 * @param route the id of the route it is about; empty if it is about all
 * @param pointer where in the document, as a JSON pointer
 * @param message what was given and what is expected, for people; no secret is in it
 */
public record Finding(String code, Severity severity, Optional<String> route, String pointer, String message) {

    /** Checks its arguments. */
    public Finding {
        requireNonNull(code, "code");
        requireNonNull(severity, "severity");
        requireNonNull(route, "route");
        requireNonNull(pointer, "pointer");
        requireNonNull(message, "message");
    }

    /** Returns whether a document with this cannot be used. */
    public boolean error() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return severity + " " + code + " at " + pointer + ": " + message;
    }

    /** Whether a document can be used. */
    public enum Severity {
        /** It cannot. */
        ERROR,
        /** It can, but something will surprise. */
        WARNING,
        /** It can; this is how it is understood. */
        NOTE
    }
}
