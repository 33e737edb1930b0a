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

/** Makes images available. Thread-safe. */
@SuppressWarnings("try") // Registrations are held open, not used.
final class DockerImages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PullPolicy policy;
    private final Duration timeout;
    private final EngineConnection connection;
    private final EngineStreams streams;
    private final EngineCalls calls;

    DockerImages(DockerOptions options, EngineConnection connection, EngineStreams streams, EngineCalls calls) {
        this.policy = options.pullPolicy();
        this.timeout = options.pullTimeout();
        this.connection = connection;
        this.streams = streams;
        this.calls = calls;
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
        try {
            pull(image, progress, cancel);
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

    private void pull(String image, ImageListener progress, CancelSignal cancel) {
        var stop = CancelSignal.create();
        try {
            calls.run(
                    "pull image '" + image + "'",
                    cancel,
                    timeout,
                    () -> {
                        read(image, progress, stop);
                        return true;
                    },
                    late -> {});
        } finally {
            stop.cancel();
        }
    }

    private void read(String image, ImageListener progress, CancelSignal stop) {
        var reference = Reference.parse(image);
        var path = "/images/create?fromImage=" + encode(reference.name())
                + (reference.tag().isEmpty() ? "" : "&tag=" + encode(reference.tag()));
        var response = streams.open("pull", "POST", path, timeout, stop);
        try (response;
                var ignored = stop.onCancel(response::close);
                var body = response.getBody();
                var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
            while (lines.hasNextValue()) {
                var line = lines.nextValue();
                if (line.hasNonNull("error")) {
                    throw new UnavailableException(line.path("error").asText());
                }
                var text = (line.path("id").asText("") + " "
                                + line.path("status").asText("") + " "
                                + line.path("progress").asText(""))
                        .strip();
                if (!text.isEmpty() && !stop.cancelled()) {
                    progress.line(text);
                }
            }
        } catch (IOException e) {
            throw new EngineUnavailableException("container engine: the pull broke off: " + e.getMessage(), e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * An image's reference in the two parts that the engine wants.
     *
     * @param name registry and repository, with the digest if there is one
     * @param tag the tag, empty with a digest
     */
    record Reference(String name, String tag) {

        static Reference parse(String image) {
            if (image.indexOf('@') >= 0) {
                return new Reference(image, "");
            }
            int colon = image.lastIndexOf(':');
            // A colon before the last slash belongs to the registry's port.
            return colon > image.lastIndexOf('/')
                    ? new Reference(image.substring(0, colon), image.substring(colon + 1))
                    : new Reference(image, "latest");
        }
    }
}
