package dev.rookery.daemon.internal.environment.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.EngineUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds calls to the engine: each runs on a thread of the pool, and the caller goes on at the deadline or when it is cancelled, even if
 * the engine never answers. Turns the client's failures into those of the ports. Thread-safe.
 */
@SuppressWarnings("try") // Registrations are held open, not used.
final class EngineCalls {

    /** What an engine says of itself while it is stopped. */
    private static final List<String> ENDING = List.of(
            "daemon is shutting down",
            "containerd.sock",
            "transport is closing",
            "transport: error while dialing",
            "ttrpc: closed",
            "context canceled");

    private final String socket;
    private final Executor pool;
    private final Duration deadline;

    EngineCalls(String socket, Executor pool, Duration deadline) {
        this.socket = socket;
        this.pool = pool;
        this.deadline = deadline;
    }

    <T> T run(String what, CancelSignal cancel, Callable<T> call) {
        return run(what, cancel, deadline, call, late -> {});
    }

    /**
     * Runs a call.
     *
     * @param late what to do with a result that arrives after the caller has gone on
     */
    <T> T run(String what, CancelSignal cancel, Duration deadline, Callable<T> call, Late<T> late) {
        var result = new CompletableFuture<T>();
        begin(what, () -> {
            try {
                var value = call.call();
                if (!result.complete(value)) {
                    late.take(value);
                }
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try (var ignored = cancel.onCancel(
                () -> result.completeExceptionally(new UnavailableException(what + " was cancelled")))) {
            return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            var timeout = new DeadlineException("container engine at " + socket + ": no answer to '" + what
                    + "' within " + deadline.toSeconds() + " s");
            if (result.completeExceptionally(timeout)) {
                throw timeout;
            }
            return result.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.cancel(false);
            throw new UnavailableException(what + " was interrupted", e);
        } catch (ExecutionException e) {
            throw translate(what, e.getCause());
        } catch (CancellationException e) {
            // The client's own, when it is closed while it waits for a connection.
            throw new UnavailableException(what + " was cancelled", e);
        }
    }

    private void begin(String what, Runnable call) {
        try {
            pool.execute(call);
        } catch (RejectedExecutionException e) {
            throw new UnavailableException(what + " was not begun: the node is stopping", e);
        }
    }

    /** Returns the failure as one of the ports' exceptions. */
    RookeryException translate(String what, @Nullable Throwable failure) {
        if (failure instanceof RookeryException known) {
            return known;
        }
        if (failure instanceof NotFoundException) {
            return new dev.rookery.api.NotFoundException(what + ": " + text(failure), failure);
        }
        if (failure instanceof ConflictException) {
            return new dev.rookery.api.ConflictException(what + ": " + text(failure), failure);
        }
        if (failure instanceof BadRequestException) {
            return new InvalidInputException(what + ": " + text(failure), failure);
        }
        if (failure instanceof DockerException refusal) {
            var message = "container engine: " + what + " failed: " + text(failure);
            return goesAway(refusal.getHttpStatus(), message)
                    ? new EngineUnavailableException(message, failure)
                    : new UnavailableException(message, failure);
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonProcessingException && !(cause instanceof JsonEOFException)) {
                return new UnavailableException(
                        "container engine: the answer to '" + what + "' is not understood", failure);
            }
            if (cause instanceof IOException) {
                return unreachable(cause);
            }
        }
        return new UnavailableException("container engine: " + what + " failed: " + failure, failure);
    }

    /** An engine that is about to end, or whose own daemon for containers has ended before it, still answers, but only that. */
    static boolean goesAway(int status, String message) {
        return status == 502
                || status == 503
                || (status >= 500 && ENDING.stream().anyMatch(message::contains));
    }

    EngineUnavailableException unreachable(Throwable cause) {
        return new EngineUnavailableException(
                "no container engine answers at " + socket + " (" + cause.getMessage()
                        + "). Start it, for example with 'systemctl start docker', see that this user may open the socket,"
                        + " or set docker.socket to where it listens. This node goes on as soon as it answers.",
                cause);
    }

    /** The engine answers {@code {"message":"..."}}; people want the message only. */
    private static String text(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        int begin = message.indexOf("\"message\":\"");
        int end = message.lastIndexOf("\"}");
        return begin >= 0 && end > begin ? message.substring(begin + 11, end) : message;
    }

    /** Takes a result that came too late. */
    @FunctionalInterface
    interface Late<T> {
        void take(T value) throws IOException;
    }
}
