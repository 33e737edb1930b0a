package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.RookeryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when Cloudflare does not do what it is asked for. The message says what to do about it; no token is in it. */
public final class CloudflareException extends RookeryException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient List<Problem> problems;
    private final transient Optional<Duration> retryAfter;

    /**
     * Creates the exception.
     *
     * @param kind what can be done about it
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     * @param answer what was answered, if anything was
     * @param problems what the answer lists
     * @param retryAfter how long Cloudflare wants to be left alone
     */
    public CloudflareException(
            Kind kind,
            String message,
            @Nullable Throwable cause,
            @Nullable RemoteAnswer answer,
            List<Problem> problems,
            Optional<Duration> retryAfter) {
        super(message, cause, answer);
        this.kind = requireNonNull(kind, "kind");
        this.problems = List.copyOf(problems);
        this.retryAfter = requireNonNull(retryAfter, "retryAfter");
    }

    /** Returns what can be done about it. */
    public Kind kind() {
        return kind;
    }

    /** Returns what the answer lists. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    /** Returns how long Cloudflare wants to be left alone; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }

    /** Returns whether the answer lists this code. */
    public boolean has(int code) {
        return problems().stream().anyMatch(problem -> problem.code() == code);
    }

    @Override
    public boolean retryable() {
        return kind == Kind.LIMITED || kind == Kind.UNAVAILABLE;
    }

    /**
     * A line of an answer's list of errors.
     *
     * @param code Cloudflare's number; an open set
     * @param message Cloudflare's words
     */
    public record Problem(int code, String message) {}

    /** What can be done about it. */
    public enum Kind {
        /** The token is none, or not in force: give another one. */
        TOKEN,
        /** The token may not do this: give it the permission that the message names. */
        SCOPE,
        /** There is no such thing (any more). */
        NOT_FOUND,
        /** There is one already. */
        EXISTS,
        /** What was asked for can never be done. */
        INVALID,
        /** Too much was asked for: come back later. */
        LIMITED,
        /** No answer, or none that helps: try again later. Whether it was done is not known. */
        UNAVAILABLE
    }
}
