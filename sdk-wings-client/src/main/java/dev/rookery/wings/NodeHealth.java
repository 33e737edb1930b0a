package dev.rookery.wings;

import dev.rookery.api.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * How a node of a {@link Fleet} is doing, as far as the fleet's own calls tell.
 *
 * @param node which one
 * @param circuit whether it is being asked
 * @param latency how long it takes to answer, the newest calls counting most; empty before the first answer
 * @param lastSeen when it last answered
 * @param lastError what its last failure said
 * @param lastErrorAt when that was
 * @param calls how often it was asked
 * @param failures how many of these failed for a reason that lies with the node or the way to it
 * @param failuresInARow how many did since the last answer
 */
@Value.Builder
public record NodeHealth(
        NodeId node,
        Circuit circuit,
        Optional<Duration> latency,
        Optional<Instant> lastSeen,
        Optional<String> lastError,
        Optional<Instant> lastErrorAt,
        long calls,
        long failures,
        int failuresInARow) {

    /** Returns an empty builder. */
    public static NodeHealthBuilder builder() {
        return new NodeHealthBuilder();
    }

    /** Whether a node is being asked. */
    public enum Circuit {
        /** It is. */
        CLOSED,
        /** It failed too often and is left alone for a while. */
        OPEN,
        /** The while is over: one question decides. */
        HALF_OPEN
    }
}
