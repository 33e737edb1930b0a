package dev.rookery.daemon;

import java.time.Duration;
import org.immutables.value.Value;

/**
 * Files that come in pieces and may go on after a break.
 *
 * @param lifetime how long one is kept to which nothing is added; default 24 h
 * @param perServer how many a server may have at a time; default 16
 * @param perNode how many there may be in all; default 512
 */
@Value.Builder
public record UploadOptions(Duration lifetime, int perServer, int perNode) {

    /** Checks every value. */
    public UploadOptions {
        Checks.positive(lifetime, "uploads.lifetime");
        Checks.range(1, perServer, 10_000, "uploads.per_server");
        Checks.range(1, perNode, 100_000, "uploads.per_node");
    }

    /** Returns a builder with every default. */
    public static UploadOptionsBuilder builder() {
        return new UploadOptionsBuilder()
                .lifetime(Duration.ofHours(24))
                .perServer(16)
                .perNode(512);
    }
}
