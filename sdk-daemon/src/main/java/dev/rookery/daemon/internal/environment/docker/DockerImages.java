package dev.rookery.daemon.internal.environment.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.EngineUnavailableException;
import dev.rookery.api.spi.ImageListener;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.DockerOptions.PullPolicy;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;

/** Makes images available. Thread-safe. */
@SuppressWarnings("try") // Registrations are held open, not used.
final class DockerImages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PullPolicy policy;
    private final Duration timeout;
    private final EngineConnection connection;
    private final EngineStreams streams;
    private final EngineCalls calls;
    private final RegistryLogins logins;
    private final PullFlights flights;

    DockerImages(
            DockerOptions options,
            EngineConnection connection,
            EngineStreams streams,
            EngineCalls calls,
            Executor threads) {
        this.policy = options.pullPolicy();
        this.timeout = options.pullTimeout();
        this.connection = connection;
        this.streams = streams;
        this.calls = calls;
        this.logins = new RegistryLogins(options.registries());
        this.flights = new PullFlights(threads, options.pullTimeout());
    }

    void provide(String reference, ImageListener progress, CancelSignal cancel) {
        boolean never = policy == PullPolicy.NEVER || reference.startsWith("~");
        var image = reference.startsWith("~") ? reference.substring(1) : reference;
        if (never || (policy == PullPolicy.IF_MISSING && present(image, cancel))) {
            if (!present(image, cancel)) {
                throw new NotFoundException("image '" + image
                        + "' is not on this node, and it may not be pulled (expected: an image in 'docker images')");
            }
            return;
        }
        var wanted = ImageReference.parse(image);
        try {
            pull(wanted, progress, cancel);
        } catch (EngineUnavailableException e) {
            // Neither the image nor its registry is at fault: whoever waits for the engine tries again.
            throw e;
        } catch (RookeryException e) {
            if (cancel.cancelled()) {
                throw e;
            }
            if (!present(image, cancel)) {
                throw new NotFoundException(
                        "image '" + image + "' cannot be pulled and is not on this node: " + e.getMessage(), e);
            }
            progress.line("Cannot pull the image, using the one that is here: " + e.getMessage());
        }
    }

    private boolean present(String image, CancelSignal cancel) {
        var client = connection.client(cancel);
        return calls.run("inspect image", cancel, () -> {
            try {
                client.inspectImageCmd(image).exec();
                return true;
            } catch (com.github.dockerjava.api.exception.NotFoundException e) {
                return false;
            }
        });
    }

    private void pull(ImageReference image, ImageListener progress, CancelSignal cancel) {
        flights.join(image, progress, cancel, (hearers, stop) -> read(image, hearers, stop));
    }

    private void read(ImageReference image, ImageListener listener, CancelSignal stop) {
        var path = "/images/create?fromImage=" + encode(image.name())
                + (image.tag().isEmpty() ? "" : "&tag=" + encode(image.tag()));
        var headers = logins.header(image)
                .map(login -> Map.of("X-Registry-Auth", login))
                .orElse(Map.of());
        var progress = new PullProgress(listener, System::nanoTime);
        var response = streams.open("pull image '" + image + "'", "POST", path, headers, timeout, stop);
        try (response;
                var ignored = stop.onCancel(response::close);
                var body = response.getBody();
                var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
            while (lines.hasNextValue()) {
                var line = lines.nextValue();
                if (line.hasNonNull("error")) {
                    throw new UnavailableException(line.path("error").asText());
                }
                if (!stop.cancelled()) {
                    progress.hear(line);
                }
            }
        } catch (IOException e) {
            throw new EngineUnavailableException("container engine: the pull broke off: " + e.getMessage(), e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
