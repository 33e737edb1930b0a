package dev.rookery.daemon.internal.environment.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.api.spi.ImageListener;
import dev.rookery.api.spi.ImageListener.LayerStep;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far a pull is, layer by layer. The engine says so many times a second for each layer; what only repeats itself with another
 * number is passed on at most twice a second. Not thread-safe.
 */
final class PullProgress {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MAX_LAYERS = 1024;

    private final ImageListener listener;
    private final LongSupplier nanos;
    private final Map<String, Told> layers = new HashMap<>();

    private record Told(String status, long atNanos) {}

    PullProgress(ImageListener listener, LongSupplier nanos) {
        this.listener = listener;
        this.nanos = nanos;
    }

    /** Hears a line of the engine's answer. */
    void hear(JsonNode line) {
        var id = line.path("id").asText("");
        var status = line.path("status").asText("");
        var detail = line.path("progressDetail");
        if (repeatsItself(id, status)) {
            return;
        }
        var text = (id + " " + status + " " + line.path("progress").asText("")).strip();
        if (!text.isEmpty()) {
            listener.line(text);
        }
        var step = step(status);
        if (step != null && !id.isEmpty()) {
            listener.layer(
                    id,
                    step,
                    Math.max(0, detail.path("current").asLong()),
                    Math.max(0, detail.path("total").asLong()));
        }
    }

    private boolean repeatsItself(String id, String status) {
        if (id.isEmpty()) {
            return false;
        }
        long now = nanos.getAsLong();
        var told = layers.get(id);
        if (told != null && told.status.equals(status) && now - told.atNanos < PAUSE_NANOS) {
            return true;
        }
        if (told != null || layers.size() < MAX_LAYERS) {
            layers.put(id, new Told(status, now));
        }
        return false;
    }

    private static @Nullable LayerStep step(String status) {
        return switch (status) {
            case "Pulling fs layer", "Waiting", "Downloading", "Verifying Checksum", "Download complete" ->
                LayerStep.PULLING;
            case "Extracting" -> LayerStep.EXTRACTING;
            case "Pull complete", "Already exists" -> LayerStep.COMPLETED;
            default -> null;
        };
    }
}
