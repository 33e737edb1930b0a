package dev.rookery.examples.panel.http;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.egg.EggException;
import dev.rookery.api.permission.Permission;
import dev.rookery.panel.spi.PanelException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An answer of the API that is not a success: a status, a code that the UI translates, and a text in English. */
public final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> fields;
    private final transient Optional<Duration> retryAfter;
    private transient Map<String, Object> details = Map.of();

    /**
     * Creates an error.
     *
     * @param status the HTTP status
     * @param code stable, lower-case, words joined by an underscore
     * @param message for people
     */
    public ApiError(int status, String code, String message) {
        this(status, code, message, Map.of(), Optional.empty(), null);
    }

    private ApiError(
            int status,
            String code,
            String message,
            Map<String, String> fields,
            Optional<Duration> retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.fields = Map.copyOf(fields);
        this.retryAfter = retryAfter;
    }

    /** Returns the answer to a wrong name or password; it does not tell which. */
    public static ApiError invalidCredentials() {
        return new ApiError(401, "invalid_credentials", "The user name or the password is wrong.");
    }

    /** Returns the answer to too many attempts to log in. */
    public static ApiError tooManyAttempts(Duration wait) {
        return new ApiError(
                429,
                "too_many_attempts",
                "Too many attempts to log in. Try again in " + Math.max(1, wait.toSeconds()) + " seconds.",
                Map.of(),
                Optional.of(wait),
                null);
    }

    /** Returns the answer to somebody who does something too often. */
    public static ApiError tooOften(Duration wait) {
        return new ApiError(
                429,
                "too_many_attempts",
                "Too often. Try again in " + Math.max(1, wait.toSeconds()) + " seconds.",
                Map.of(),
                Optional.of(wait),
                null);
    }

    /** Returns the answer to a request without a session. */
    public static ApiError notAuthenticated() {
        return new ApiError(401, "not_authenticated", "Log in first.");
    }

    /** Returns the answer to somebody who may not do this. */
    public static ApiError forbidden() {
        return new ApiError(403, "forbidden", "You are not allowed to do this.");
    }

    /** Returns the answer to somebody with access who lacks a permission. */
    public static ApiError lacking(Permission permission) {
        return new ApiError(403, "forbidden", "You are not allowed to do this (needed: " + permission + ").");
    }

    /** Returns the answer to one wrong field. */
    public static ApiError field(String field, String message) {
        return new ApiError(422, "validation", message, Map.of(field, message), Optional.empty(), null);
    }

    /** Returns the answer to several wrong fields, each with what is wrong. */
    public static ApiError fields(Map<String, String> fields) {
        var message = fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining("; "));
        return new ApiError(422, "validation", message, Map.copyOf(fields), Optional.empty(), null);
    }

    /** Has the answer say more, for programs. */
    ApiError with(Map<String, Object> more) {
        details = Map.copyOf(more);
        return this;
    }

    /** Returns what a failure of the SDK means to a browser. */
    public static ApiError of(RookeryException failure) {
        return ProxyErrors.find(failure).orElseGet(() -> known(failure));
    }

    private static ApiError known(RookeryException failure) {
        if (failure instanceof PanelException panel) {
            return new ApiError(
                    panel.problem().status(), panel.code(), text(failure), panel.fields(), Optional.empty(), failure);
        }
        if (failure instanceof EggException egg) {
            var code = "egg_" + egg.reason().name().toLowerCase(Locale.ROOT);
            return new ApiError(422, code, text(failure), Map.of("egg", egg.path()), Optional.empty(), failure);
        }
        if (failure instanceof NotOfferedException) {
            return of(409, "not_offered", failure);
        }
        if (failure instanceof NotFoundException) {
            return of(404, "not_found", failure);
        }
        if (failure instanceof ConflictException) {
            return of(409, "conflict", failure);
        }
        if (failure instanceof DeniedException) {
            return of(403, text(failure).contains("denylist") ? "file_denied" : "forbidden", failure);
        }
        if (failure instanceof DeadlineException) {
            return of(504, "node_timeout", failure);
        }
        if (failure instanceof UnavailableException) {
            return of(503, "node_unavailable", failure);
        }
        if (failure instanceof ProtocolException) {
            return of(502, "node_protocol", failure);
        }
        // What every node says, in words of its own, of files for which there is no room.
        return text(failure).contains("disk space") ? of(507, "disk_full", failure) : of(422, "validation", failure);
    }

    static ApiError of(int status, String code, RookeryException failure) {
        return new ApiError(status, code, text(failure), Map.of(), Optional.empty(), failure);
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the code. */
    public String code() {
        return code;
    }

    /** Returns what is wrong with which field of the request. */
    public Map<String, String> fields() {
        return fields;
    }

    /** Returns what the answer says besides. */
    Map<String, Object> details() {
        return details;
    }

    /** Returns how long to wait before trying again, where that is known. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
