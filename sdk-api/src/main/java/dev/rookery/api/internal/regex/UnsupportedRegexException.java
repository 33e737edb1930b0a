package dev.rookery.api.internal.regex;

/** Thrown for an expression that its dialect refuses, and for one that is not understood here; the message says which part. */
public final class UnsupportedRegexException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsupportedRegexException(String what) {
        super(what);
    }
}
