package dev.rookery.daemon.internal.environment.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.EngineUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens the engine's streams, which are read on the thread that asked for them, and makes short calls of its own words. Thread-safe. */
final class EngineStreams {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ERROR_TEXT_MAX = 4096;

    private final EngineConnection connection;
    private final EngineCalls calls;
    private final Duration deadline;

    EngineStreams(EngineConnection connection, EngineCalls calls, Duration deadline) {
        this.connection = connection;
        this.calls = calls;
        this.deadline = deadline;
    }

    /** Makes a call whose whole answer has to come within the usual deadline. */
    JsonNode json(String what, String method, String path, CancelSignal cancel) {
        return json(what, method, path, null, cancel);
    }

    /**
     * Makes a call whose whole answer has to come within the usual deadline.
     *
     * @param document what to send; null for nothing
     */
    JsonNode json(String what, String method, String path, @Nullable JsonNode document, CancelSignal cancel) {
        var commands = connection.commands(cancel);
        var request = Request.builder()
                .method(method)
                .path(commands.prefix() + path)
                .putAllHeaders(Map.of("Content-Type", "application/json"));
        if (document != null) {
            request.bodyBytes(document.toString().getBytes(StandardCharsets.UTF_8));
        }
        var built = request.build();
        return calls.run(what, cancel, () -> {
            var response = commands.transport().execute(built);
            if (response.getStatusCode() >= 400) {
                throw failure(what, response);
            }
            try (response;
                    var body = response.getBody()) {
                return JSON.readTree(body);
            }
        });
    }

    /** Opens a stream whose head has to come within the usual deadline. */
    Response open(String what, String method, String path, CancelSignal cancel) {
        return open(what, method, path, Map.of(), null, deadline, cancel);
    }

    /** Opens a stream whose head may take longer. */
    Response open(String what, String method, String path, Duration headDeadline, CancelSignal cancel) {
        return open(what, method, path, Map.of(), null, headDeadline, cancel);
    }

    /** Opens a stream with headers, whose head may take longer. */
    Response open(
            String what,
            String method,
            String path,
            Map<String, String> headers,
            Duration headDeadline,
            CancelSignal cancel) {
        return open(what, method, path, headers, null, headDeadline, cancel);
    }

    /** Opens a hijacked connection that is sent what {@code stdin} gives. */
    Response open(String what, String method, String path, InputStream stdin, CancelSignal cancel) {
        return open(what, method, path, Map.of(), stdin, deadline, cancel);
    }

    /**
     * Opens a stream.
     *
     * @param stdin what to send to a hijacked connection; null for an ordinary request
     * @param headDeadline how long the head of the answer may take
     */
    private Response open(
            String what,
            String method,
            String path,
            Map<String, String> headers,
            @Nullable InputStream stdin,
            Duration headDeadline,
            CancelSignal cancel) {
        var streams = connection.streams(cancel);
        var request =
                Request.builder().method(method).path(streams.prefix() + path).putAllHeaders(headers);
        if (stdin != null) {
            request.hijackedInput(stdin);
        }
        var built = request.build();
        var response =
                calls.run(what, cancel, headDeadline, () -> streams.transport().execute(built), Response::close);
        if (response.getStatusCode() >= 400) {
            throw failure(what, response);
        }
        return response;
    }

    private static RookeryException failure(String what, Response response) {
        int status = response.getStatusCode();
        String text;
        try (response;
                var body = response.getBody()) {
            text = new String(body.readNBytes(ERROR_TEXT_MAX), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            text = "no reason given";
        }
        int begin = text.indexOf("\"message\":\"");
        int end = text.lastIndexOf("\"}");
        var message = what + ": " + (begin >= 0 && end > begin ? text.substring(begin + 11, end) : text);
        return switch (status) {
            case 404 -> new NotFoundException(message);
            case 409 -> new ConflictException(message);
            default -> {
                var words = "container engine: " + message + " (status " + status + ")";
                yield EngineCalls.goesAway(status, words)
                        ? new EngineUnavailableException(words, null)
                        : new UnavailableException(words);
            }
        };
    }
}
